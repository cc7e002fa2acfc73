//! The document, and what is found in it.

use leptos::prelude::*;

use crate::components::{Button, ButtonLook, DocumentText, EditorCaret, EditorPlace, Field, FileButton, Mended};
use crate::pages::policy_text::Problems;
use crate::state::catalog::CatalogImport;

#[component]
pub(super) fn DocumentFields(
    /// The import.
    import: CatalogImport,
) -> impl IntoView {
    let (text, findings, is_reading) = (import.text(), import.findings(), import.is_reading());
    let offered = import.offered();
    let caret = EditorCaret::new();
    let is_read = Memo::new(move |_| offered.with(Option::is_some));
    let is_refused = Signal::derive(move || {
        !is_read.get() && findings.with(|findings| !findings.is_pending && !findings.list.is_empty())
    });
    let error = Signal::derive(move || {
        let words = "No catalog can be read from this. What is wrong stands below; the document stays as it is.";
        if is_refused.get() { words.to_owned() } else { String::new() }
    });
    let understood = "Everything in it was understood.";
    let none = Signal::derive(move || if is_read.get() { understood.to_owned() } else { String::new() });
    view! {
        <div class="row wrap">
            <FileButton
                label="Choose a file…"
                accept=".json,application/json"
                on_pick=move |event: leptos::ev::Event| import.pick(&event)
            />
            <span role="status">{move || is_reading.get().then_some("Reading the document…")}</span>
            <Show when=move || is_reading.get()>
                <Button on_click=move |()| import.cancel()>"Cancel"</Button>
            </Show>
            <Show when=move || text.with(|text| !text.is_empty())>
                <Button look=ButtonLook::Quiet on_click=move |()| import.set_text(String::new())>
                    "Clear"
                </Button>
            </Show>
        </div>
        <Field id="document" label="Document" error=error>
            <DocumentText
                id="document"
                value=text
                on_input=move |text: String| import.set_text(text)
                caret=caret
                invalid=is_refused
            />
        </Field>
        <div class="import-finds">
            <Problems
                editor="document"
                findings=findings
                none=none
                on_go=move |place: EditorPlace| caret.go(place)
                on_mend=|_: Mended| ()
            />
        </div>
    }
}
