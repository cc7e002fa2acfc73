//! What a fingerprint that was kept elsewhere shows.

use leptos::prelude::*;

use crate::components::{Notice, Tone};
use crate::state::{Checkpoints, Verdict};

/// What the last comparison came to, and what no comparison can show.
#[component]
pub(super) fn Comparisons(
    /// The checkpoints.
    checkpoints: Checkpoints,
) -> impl IntoView {
    let compared = checkpoints.compared();
    let found = move || {
        compared.get().map(|found| {
            let tone = match found.verdict {
                Verdict::Same => Tone::Ok,
                Verdict::Differs => Tone::Bad,
                Verdict::Unknown => Tone::Warn,
            };
            view! { <Notice tone=tone heading=found.heading text=found.text /> }
        })
    };
    view! {
        <div role="status">{found}</div>
        <p class="meta">
            "A checkpoint is the number and the fingerprint of the newest entry. Keep it where this browser cannot reach: compared later, it shows whether anything up to it was changed or cut off. A tail that is cut after the last checkpoint cannot be detected."
        </p>
    }
}
