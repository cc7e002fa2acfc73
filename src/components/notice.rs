//! Banners: what is true now, where, what to do.

use super::icon::{Icon, IconName};
use super::tone::{Tone, classes, non_empty};
use leptos::prelude::*;

fn notice_icon(tone: Tone) -> IconName {
    match tone {
        Tone::Plain | Tone::Info | Tone::Off => IconName::Info,
        Tone::Ok => IconName::Active,
        Tone::Warn => IconName::Warn,
        Tone::Bad => IconName::Error,
    }
}

/// A banner; a bad one interrupts assistive technology, the others are read where they stand.
#[component]
pub fn Notice(
    /// What it means.
    #[prop(optional)]
    tone: Tone,
    /// The first, strong sentence.
    #[prop(into)]
    heading: Signal<String>,
    /// What follows it in the same line.
    #[prop(optional, into)]
    text: Signal<String>,
    /// A quieter second paragraph.
    #[prop(optional, into)]
    detail: Signal<String>,
    /// Buttons or links at the end.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let role = match tone {
        Tone::Bad => Some("alert"),
        _ => None,
    };
    let detail = move || non_empty(detail.get()).map(|detail| view! { <p class="t2">{detail}</p> });
    view! {
        <div class=classes(&["note", tone.class()]) role=role>
            <Icon name=notice_icon(tone) />
            <div>
                <p>
                    <b>{move || heading.get()}</b>
                    " "
                    {move || text.get()}
                </p>
                {detail}
            </div>
            {children.map(|children| view! { <div class="do row wrap">{children()}</div> })}
        </div>
    }
}
