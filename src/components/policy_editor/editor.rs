//! The editor: a textarea at first, and a richer editor in its place as soon as there is one.
//!
//! Tab moves the focus in both, as everywhere in the page.

use super::caret::{EditorCaret, EditorPlace, utf16_at};
use super::paint::EditorMark;
use super::plain::Plain;
use super::rich::{EditorSeat, RichEditor};
use leptos::html;
use leptos::prelude::*;

/// Whether the text can be changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EditorAccess {
    /// It can.
    #[default]
    Write,
    /// It can only be read.
    Read,
}

/// What a reader of the screen is told about the keys of each editor.
const PLAIN_KEYS: &str = "Tab leaves the editor.";
const RICH_KEYS: &str = "Tab leaves the editor. Control and space offers what can be written, F8 goes to the next \
                         finding, control and period mends what is found at the caret, and F1 says what stands there.";

/// The editor. What its marks say stands in a `DiagnosticsList` with the id `{id}-problems`.
#[component]
pub fn PolicyEditor(
    /// Id of the textarea; `{id}-keys` and `{id}-problems` describe it.
    #[prop(into)]
    id: String,
    /// Its name: "Policy as JSON".
    #[prop(into)]
    label: String,
    /// The text.
    #[prop(into)]
    text: Signal<String>,
    /// Runs with the text at every change; the caller sets `text` at once, and checks it in its own time.
    #[prop(into)]
    on_input: Callback<String>,
    /// What the textarea underlines; a richer editor is told by whoever seats it.
    #[prop(into)]
    marks: Signal<Vec<EditorMark>>,
    /// Whether it can be changed.
    #[prop(optional)]
    access: EditorAccess,
    /// Its caret.
    caret: EditorCaret,
    /// What takes the textarea's place.
    rich: RichEditor,
) -> impl IntoView {
    let (area, host) = (NodeRef::<html::Textarea>::new(), NodeRef::<html::Div>::new());
    let (is_rich, is_composing) = (RwSignal::new(false), RwSignal::new(false));
    let keys_id = format!("{id}-keys");
    let described_by = format!("{id}-problems {keys_id}");
    let plain = Plain {
        id: id.clone(),
        label: label.clone(),
        described_by: described_by.clone(),
        text,
        on_input,
        marks,
        access,
        caret,
        area,
        is_composing,
    };
    // What the richer editor holds, so that it is not told what it said itself.
    let held = StoredValue::new(String::new());
    let has_tried = StoredValue::new(false);
    let on_text = Callback::new(move |text: String| {
        held.set_value(text.clone());
        on_input.run(text);
    });
    let on_place = Callback::new(move |place: EditorPlace| caret.moved(place));
    Effect::new(move |_| {
        // A word that is being composed would be torn apart.
        if is_composing.get() || !rich.is_here.get() || has_tried.get_value() {
            return;
        }
        let (Some(area), Some(host)) = (area.get(), host.get()) else { return };
        has_tried.set_value(true);
        let start = area.selection_start().ok().flatten().unwrap_or_default();
        let end = area.selection_end().ok().flatten().unwrap_or_default();
        let seat = EditorSeat {
            host,
            text: text.get_untracked(),
            selection: (start, end),
            is_focused: document().active_element().is_some_and(|active| active.id() == id),
            access,
            label: label.clone(),
            described_by: described_by.clone(),
            on_text,
            on_place,
        };
        held.set_value(seat.text.clone());
        // Not derived from anything: whether it can be had is known once it was tried.
        is_rich.set(rich.seat.run(seat));
    });
    Effect::new(move |_| {
        let is_news = text.with(|text| held.with_value(|held| held != text));
        if is_rich.get() && is_news {
            let text = text.get_untracked();
            held.set_value(text.clone());
            rich.set_text.run(text);
        }
    });
    Effect::new(move |_| {
        let Some(place) = caret.wanted() else { return };
        let offset = text.with_untracked(|text| utf16_at(text, place));
        if is_rich.get_untracked() {
            rich.go.run(offset);
        } else if let Some(area) = area.get_untracked() {
            drop(area.focus());
            drop(area.set_selection_range(offset, offset));
            caret.moved(place);
        }
    });
    let keys = move || if is_rich.get() { RICH_KEYS } else { PLAIN_KEYS };
    view! {
        <div class=move || if is_rich.get() { "ed rich" } else { "ed" }>
            <Show when=move || !is_rich.get()>{plain.clone().view()}</Show>
            <div class="ed-rich" node_ref=host></div>
            <p class="vh" id=keys_id>
                {keys}
            </p>
        </div>
    }
}
