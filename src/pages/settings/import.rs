//! How far an import has come, what it would change, and which way it goes.

use leptos::prelude::*;

use crate::components::{Button, ButtonLook, ChangeList, ConfirmDialog, Confirmation, Notice, Pick, PickList, Tone};
use crate::format;
use crate::pages::words::change_row;
use crate::state::{Import, ImportStage, ImportWay, Settings};

/// What is being read or written, and why a file was refused.
#[component]
pub(super) fn ImportProgress(
    /// The import.
    import: Import,
) -> impl IntoView {
    let (stage, pending) = (import.stage(), import.is_pending());
    let words = move || match stage.get() {
        ImportStage::Reading { name, total: 0, .. } => format!("Reading {name}…"),
        ImportStage::Reading { name, done, total } => {
            format!("Checking {name}: {} of {} records", format::count(done), format::count(total))
        }
        _ if pending.get() => "Writing…".to_owned(),
        _ => String::new(),
    };
    let is_reading = Memo::new(move |_| stage.with(|stage| matches!(stage, ImportStage::Reading { .. })));
    let refusal = move || match stage.get() {
        ImportStage::Refused { name, why } => {
            let heading = format!("Nothing was imported from {name}:");
            Some(view! { <Notice tone=Tone::Bad heading=heading text=why /> })
        }
        _ => None,
    };
    view! {
        <div class="row wrap">
            <span role="status">{words}</span>
            <Show when=move || is_reading.get()>
                <Button on_click=move |()| import.cancel()>"Cancel"</Button>
            </Show>
        </div>
        {refusal}
    }
}

/// Whether a file that was read shall be merged, or take the place of what is here.
#[component]
pub(super) fn ImportQuestion(
    /// The import.
    import: Import,
    /// What exports first.
    settings: Settings,
) -> impl IntoView {
    let stage = import.stage();
    let open = Memo::new(move |_| stage.with(|stage| matches!(stage, ImportStage::Ready { .. })));
    let says = Signal::derive(move || {
        let ImportStage::Ready { name } = stage.get() else { return Confirmation::default() };
        let act = match import.way().get() {
            ImportWay::Merge => "Merge",
            ImportWay::Replace => "Replace this workspace",
        };
        Confirmation {
            title: format!("Import {name}?"),
            text: import.words(),
            act: act.to_owned(),
            word: import.word(),
            ..Confirmation::default()
        }
    });
    let inside = move || {
        open.get().then(|| {
            view! {
                <Ways import=import />
                <WayChanges import=import />
                <Button on_click=move |()| settings.export()>"Export this workspace first"</Button>
            }
        })
    };
    view! {
        <ConfirmDialog
            id="import"
            open=open
            says=says
            look=Signal::derive(move || match import.way().get() {
                ImportWay::Merge => ButtonLook::Primary,
                ImportWay::Replace => ButtonLook::Danger,
            })
            locked=Signal::derive(move || open.get() && import.is_empty())
            on_confirm=move |_: String| import.carry_out()
            on_close=move |()| import.cancel()
        >
            {inside}
        </ConfirmDialog>
    }
}

#[component]
fn Ways(
    /// The import.
    import: Import,
) -> impl IntoView {
    let pick = |way: ImportWay, title: &str, lead: &str| Pick {
        value: way.word().to_owned(),
        title: title.to_owned(),
        lead: lead.to_owned(),
        count: String::new(),
    };
    let picks = vec![
        pick(ImportWay::Merge, "Merge", "Takes over what is not here. Everything that is here stays."),
        pick(ImportWay::Replace, "Replace", "Puts the file’s history in the place of this one, entry for entry."),
    ];
    view! {
        <PickList
            name="import-way"
            picks=Signal::stored(picks)
            value=Signal::derive(move || import.way().get().word().to_owned())
            on_change=move |way: String| import.choose(&way)
        />
    }
}

/// What the chosen way would change: in sentences, and token by token.
#[component]
fn WayChanges(
    /// The import.
    import: Import,
) -> impl IntoView {
    let changes = Memo::new(move |_| import.changes());
    let sentences = move || {
        let sentences = changes.get().map(|changes| changes.sentences).unwrap_or_default();
        sentences.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view()
    };
    let rows = Signal::derive(move || {
        let lines = changes.get().map(|changes| changes.lines).unwrap_or_default();
        lines.into_iter().map(change_row).collect::<Vec<_>>()
    });
    let rest = Signal::derive(move || changes.get().map(|changes| changes.rest).unwrap_or_default());
    let has_rows = Memo::new(move |_| rows.with(|rows| !rows.is_empty()));
    view! {
        <div class="stack" role="status">
            {sentences}
        </div>
        <Show when=move || has_rows.get()>
            <ChangeList caption="What changes" head="Token" rows=rows rest=rest />
        </Show>
    }
}
