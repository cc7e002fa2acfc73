//! What an author of the policy might not expect of it.

use leptos::prelude::*;

use crate::components::{Notice, Tone};
use crate::format;
use crate::state::workbench::{MeaningLook, NotInherited};

/// Lists that fail, and rules that reach less or more than they seem to.
pub(super) fn unexpected(meaning: &MeaningLook) -> impl IntoView + use<> {
    let failing = meaning.failing.iter().map(|list| {
        let heading = format!("Listing {} will fail.", list.noun);
        let text = format!("A rule for one id makes Review Board 8.1 answer GET {} with error 500.", list.path);
        view! { <Notice tone=Tone::Warn heading=heading text=text /> }
    });
    let left_out = |found: &NotInherited| {
        let below = format::list(found.below.iter().map(String::as_str));
        format!("Rules are not inherited: what is said about {} says nothing about {below}.", found.policy_id)
    };
    let shared = |policy_id: &String| format!("Rules for {policy_id} are rules for two resources, at different URLs.");
    let says: Vec<String> =
        meaning.not_inherited.iter().map(left_out).chain(meaning.shared.iter().map(shared)).collect();
    let says = (!says.is_empty()).then(|| {
        view! {
            <div class="stack">
                <h2>"What does not follow"</h2>
                <ul class="stack t2">{says.into_iter().map(|says| view! { <li>{says}</li> }).collect_view()}</ul>
            </div>
        }
    });
    view! { {failing.collect_view()} {says} }
}
