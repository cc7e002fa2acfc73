//! The small buttons below the head.

use leptos::prelude::*;

use crate::components::{Button, ButtonLook, ButtonSize};
use crate::format;
use crate::state::library::NamedView;

/// A small button of the bar.
#[component]
pub(super) fn Small(
    /// Its words.
    words: &'static str,
    /// Runs when pressed.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <Button look=ButtonLook::Quiet size=ButtonSize::Small on_click=on_press>
            {words}
        </Button>
    }
}

/// What a button of the bar counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counts {
    /// The versions.
    Versions,
    /// The tokens that use it.
    Uses,
}

/// A button that counts what it opens.
#[component]
pub(super) fn Counted(
    /// The policy.
    named: NamedView,
    /// What it opens.
    opens: RwSignal<bool>,
    /// What it counts.
    counts: Counts,
) -> impl IntoView {
    let words = move || {
        named.facts().with(|facts| {
            let facts = facts.as_ref();
            match counts {
                Counts::Versions => {
                    format::plural(facts.map_or(0, |facts| facts.versions) as u64, "version", "versions")
                }
                Counts::Uses => {
                    format!("Used by {}", format::plural(facts.map_or(0, |facts| facts.uses) as u64, "token", "tokens"))
                }
            }
        })
    };
    view! {
        <Button look=ButtonLook::Quiet size=ButtonSize::Small on_click=move |()| opens.set(true)>
            {words}
        </Button>
    }
}

/// Puts it away, or offers it again.
#[component]
pub(super) fn Archiving(
    /// The policy.
    named: NamedView,
) -> impl IntoView {
    let is_archived = named.holds(|facts| facts.is_archived);
    let words = move || if is_archived.get() { "Restore" } else { "Archive" };
    let press = move |()| {
        if is_archived.get_untracked() {
            named.restore();
        } else {
            named.archive();
        }
    };
    view! {
        <Button look=ButtonLook::Quiet size=ButtonSize::Small on_click=press>
            {words}
        </Button>
    }
}
