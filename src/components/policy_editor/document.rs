//! A document of any size: a textarea whose caret can be led to a place.

use super::super::field::described_by;
use super::caret::{EditorCaret, utf16_at};
use leptos::html;
use leptos::prelude::*;

/// How many lines stay in sight above the one that the caret is led to.
const LINES_ABOVE: u32 = 3;

/// A textarea in a `Field` with the same id. Nothing is painted behind it, so that it takes documents of any size.
#[component]
pub fn DocumentText(
    /// Id, the same as the field's.
    #[prop(into)]
    id: String,
    /// The text.
    #[prop(into)]
    value: Signal<String>,
    /// Runs with the text at every change.
    #[prop(into)]
    on_input: Callback<String>,
    /// Its caret.
    caret: EditorCaret,
    /// Whether the text is refused.
    #[prop(optional, into)]
    invalid: Signal<bool>,
) -> impl IntoView {
    let area = NodeRef::<html::Textarea>::new();
    Effect::new(move |_| {
        let Some(place) = caret.wanted() else { return };
        let Some(area) = area.get_untracked() else { return };
        let (offset, breaks) = value.with_untracked(|text| (utf16_at(text, place), text.matches('\n').count()));
        drop(area.focus());
        drop(area.set_selection_range(offset, offset));
        // Not every browser scrolls to a selection that a script makes. All lines are of one height.
        let lines = i64::try_from(breaks).unwrap_or(i64::MAX).saturating_add(1);
        let above = i64::from(place.line.saturating_sub(LINES_ABOVE + 1));
        let top = i64::from(area.scroll_height()).saturating_mul(above) / lines;
        area.set_scroll_top(i32::try_from(top).unwrap_or(i32::MAX));
    });
    let described = format!("{} {id}-problems", described_by(&id));
    view! {
        <textarea
            id=id
            class="in mono document"
            rows="12"
            wrap="off"
            spellcheck="false"
            autocomplete="off"
            autocapitalize="off"
            aria-describedby=described
            aria-invalid=move || invalid.get().then_some("true")
            node_ref=area
            prop:value=move || value.get()
            on:input=move |event| on_input.run(event_target_value(&event))
        ></textarea>
    }
}
