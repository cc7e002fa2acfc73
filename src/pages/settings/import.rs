//! How far an import has come, what it would change, and which way it goes.

use leptos::prelude::*;

use super::import_changes::WayChanges;
use crate::components::{Button, ButtonLook, ConfirmDialog, Confirmation, Notice, Pick, PickList, StopList, Tone};
use crate::format;
use crate::pages::guardrail_stop::{overriding, stop_items};
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
    let stops = Memo::new(move |_| import.stops());
    let is_stopped = Memo::new(move |_| stops.with(|stops| !stops.is_empty()));
    let says = Signal::derive(move || {
        let ImportStage::Ready { name } = stage.get() else { return Confirmation::default() };
        let act = match import.way().get() {
            ImportWay::Merge => "Merge",
            ImportWay::Replace => "Replace this workspace",
        };
        let says = Confirmation {
            title: format!("Import {name}?"),
            text: import.words(),
            act: act.to_owned(),
            word: import.word(),
            ..Confirmation::default()
        };
        if is_stopped.get() { overriding(says) } else { says }
    });
    let stop_list = move || is_stopped.get().then(|| view! { <StopList stops=stop_items(stops.into()) /> });
    let inside = move || {
        open.get().then(|| {
            view! {
                <Ways import=import />
                <WayChanges import=import />
                {stop_list}
                <Button on_click=move |()| settings.export()>"Export this workspace first"</Button>
            }
        })
    };
    view! {
        <ConfirmDialog
            id="import"
            open=open
            says=says
            look=Signal::derive(move || match (import.way().get(), is_stopped.get()) {
                (ImportWay::Merge, false) => ButtonLook::Primary,
                (ImportWay::Merge, true) | (ImportWay::Replace, _) => ButtonLook::Danger,
            })
            locked=Signal::derive(move || open.get() && import.is_empty())
            on_confirm=move |reason: String| import.carry_out(reason)
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
