//! The editor with everything that helps to write a policy.

use leptos::prelude::*;

use super::problems::{Problems, marks};
use crate::components::{EditorAccess, EditorCaret, EditorPlace, EditorSeat, Mended, PolicyEditor, RichEditor};
use crate::state::{CatalogInUse, EditorLink, EditorStart, Findings};

/// What the built-in catalog is called.
const BUILT_IN: &str = "Review Board 8.1";

/// How much room there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::pages) enum Room {
    /// Among the fields of a form.
    #[default]
    Form,
    /// The height of the page.
    Page,
}

/// The text of a policy, its findings below it, and what mends them.
#[component]
pub(in crate::pages) fn PolicyText(
    /// Id of the editor, unique in the page.
    #[prop(into)]
    id: String,
    /// The text.
    #[prop(into)]
    text: Signal<String>,
    /// Runs with the text at every change; the caller sets `text` at once.
    #[prop(into)]
    on_input: Callback<String>,
    /// What is found in the text.
    findings: Signal<Findings>,
    /// Where the caret is, and shall go.
    caret: EditorCaret,
    /// How much room there is.
    #[prop(optional)]
    room: Room,
    /// The catalog that the text is looked at with; without one, the built-in one.
    #[prop(optional)]
    catalog: Option<Memo<CatalogInUse>>,
) -> impl IntoView {
    let link = EditorLink::new(findings, catalog);
    let none = Signal::derive(move || {
        let title = catalog.map(|catalog| catalog.with(|catalog| catalog.title().to_owned()));
        format!("Nothing to say: {} accepts it.", title.as_deref().unwrap_or(BUILT_IN))
    });
    let mend = move |Mended { item, mend }: Mended| {
        let mended = findings.with_untracked(|findings| {
            let found = findings.list.get(item)?;
            let mended = text.with_untracked(|text| found.mends.get(mend)?.apply(text))?;
            Some((mended, EditorPlace { line: found.line, column: found.column }))
        });
        if let Some((text, place)) = mended {
            on_input.run(text);
            // The button is gone with its finding, and the focus would be with it.
            caret.go(place);
        }
    };
    let editor = view! {
        <PolicyEditor
            id=id.clone()
            label="Policy as JSON"
            text=text
            on_input=on_input
            marks=marks(findings)
            caret=caret
            rich=rich(link)
        />
    };
    let problems = view! {
        <Problems editor=id findings=findings none=none on_go=move |place: EditorPlace| caret.go(place) on_mend=mend />
        <Absence link=link />
    };
    match room {
        Room::Form => view! {
            <div class="ed-box">{editor}</div>
            {problems}
        }
        .into_any(),
        Room::Page => view! {
            {editor}
            <div class="ed-problems">{problems}</div>
        }
        .into_any(),
    }
}

/// Says that the plain editor stays, and why.
#[component]
fn Absence(
    /// The way to the richer editor.
    link: EditorLink,
) -> impl IntoView {
    let failure = link.failure();
    let is_absent = Memo::new(move |_| failure.with(|failure| !failure.is_empty()));
    view! {
        <Show when=move || is_absent.get()>
            <p class="meta" role="status">
                {move || format!("This is the plain editor: {}. Reload the page to try again.", failure.get())}
            </p>
        </Show>
    }
}

/// Leads what the editor on the page asks and tells to the state.
fn rich(link: EditorLink) -> RichEditor {
    let seat = move |seat: EditorSeat| {
        let EditorSeat { host, text, selection, is_focused, access, label, described_by, on_text, on_place } = seat;
        let on_place = Callback::new(move |(line, column): (u32, u32)| on_place.run(EditorPlace { line, column }));
        let is_read_only = access == EditorAccess::Read;
        let start = EditorStart { text, selection, is_focused, is_read_only, label, described_by, on_text, on_place };
        link.seat(&host, start)
    };
    RichEditor {
        is_here: link.is_here(),
        seat: Callback::new(seat),
        set_text: Callback::new(move |text: String| link.set_text(&text)),
        go: Callback::new(move |offset: u32| link.go(offset)),
    }
}
