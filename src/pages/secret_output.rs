//! The text of a secret on the page.

use leptos::html;
use leptos::prelude::*;

use crate::state::SecretText;

/// A secret while it is shown. It is written straight into the page: the view layer would keep copies of it in memory,
/// and could not zero them.
#[component]
pub(super) fn SecretOutput(
    /// The secret.
    text: SecretText,
) -> impl IntoView {
    let output = NodeRef::<html::Output>::new();
    Effect::new(move |_| {
        if let Some(output) = output.get() {
            text.read(|text| output.set_text_content(Some(text)));
        }
    });
    view! { <output node_ref=output aria-label="Secret"></output> }
}
