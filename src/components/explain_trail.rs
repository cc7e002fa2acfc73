//! Why a request is allowed or blocked: the rules consulted, in order, down to the one that decides.

use super::icon::{Icon, IconName};
use leptos::either::Either;
use leptos::prelude::*;

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The request may pass.
    Allowed,
    /// The request is answered with HTTP 403.
    Blocked,
}

/// What a rule had to say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TrailPart {
    /// Nothing: the next one is asked.
    #[default]
    Passed,
    /// It decides, and nothing after it is asked.
    Deciding,
}

/// One rule that was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrailItem {
    /// Where it stands in the policy: "/resources/review/*".
    pub pointer: String,
    /// What it said: "No rule for this id. Next."
    pub outcome: String,
    /// Whether it decides.
    pub part: TrailPart,
    /// Whether it stands in the text, where it can be shown.
    pub stands: bool,
}

/// The whole explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trail {
    /// The answer.
    pub verdict: Verdict,
    /// What was asked, in words: "Asks for PUT on review, id 9."
    pub asked: String,
    /// The rules, in the order they were asked.
    pub steps: Vec<TrailItem>,
}

/// The answer, what was asked, and the rules in order.
#[component]
pub fn ExplainTrail(
    /// The explanation.
    trail: Trail,
    /// Runs with the pointer of a rule to show in the text.
    #[prop(into)]
    on_show: Callback<String>,
) -> impl IntoView {
    let Trail { verdict, asked, steps } = trail;
    let (icon, headline, class, deciding) = match verdict {
        Verdict::Allowed => (IconName::Active, "Allowed", "verdict ok", "end ok"),
        Verdict::Blocked => (IconName::Invalid, "Blocked, HTTP 403", "verdict bad", "end bad"),
    };
    let step = move |step: TrailItem| {
        let here = match step.part {
            TrailPart::Passed => "",
            TrailPart::Deciding => deciding,
        };
        let pointer = step.pointer.clone();
        let place = if step.stands {
            Either::Left(view! {
                <button
                    class="pointer"
                    type="button"
                    title="Show in the text"
                    on:click=move |_| on_show.run(pointer.clone())
                >
                    {step.pointer}
                </button>
            })
        } else {
            Either::Right(view! { <span class="mono t3">{step.pointer}</span> })
        };
        view! {
            <li class=here>
                <p>{place}</p>
                <p>{step.outcome}</p>
            </li>
        }
    };
    view! {
        <div class="explain">
            <div class="stack" role="status">
                <p class=class>
                    <Icon name=icon />
                    {headline}
                </p>
                <p class="t2">{asked}</p>
            </div>
            <ol class="trail">{steps.into_iter().map(step).collect_view()}</ol>
        </div>
    }
}
