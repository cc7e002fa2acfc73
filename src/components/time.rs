//! Points in time, in words first and exact on demand.

use super::tone::non_empty;
use leptos::prelude::*;

/// A time in words ("in 6 days"), with the exact time and zone in its title and its accessible name.
#[component]
pub fn Moment(
    /// Machine-readable instant, RFC 3339 in UTC.
    #[prop(into)]
    iso: Signal<String>,
    /// The words: "4 min ago", "in 6 days", "3 days ago".
    #[prop(into)]
    relative: Signal<String>,
    /// The exact time with its zone: "2026-11-29 11:41:00 UTC".
    #[prop(into)]
    exact: Signal<String>,
    /// Whether it is a stop for the keyboard that shows the exact time; leave it out inside dense lists.
    #[prop(optional)]
    focus: MomentFocus,
) -> impl IntoView {
    let tabindex = match focus {
        MomentFocus::None => None,
        MomentFocus::Stop => Some("0"),
    };
    view! {
        <time
            class="moment"
            datetime=move || iso.get()
            title=move || non_empty(exact.get())
            data-exact=move || non_empty(exact.get())
            tabindex=tabindex
        >
            {move || relative.get()}
        </time>
    }
}

/// Whether a time can be focused to show its exact value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MomentFocus {
    /// Only hovering shows it.
    #[default]
    None,
    /// The keyboard stops there and sees it too.
    Stop,
}
