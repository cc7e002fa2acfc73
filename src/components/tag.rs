//! Small labels on things.

use super::icon::{Icon, IconName};
use super::tone::{Tone, classes};
use leptos::prelude::*;

/// Where the thing a tag speaks of is: dashed means "only here" and nothing else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TagEdge {
    /// A tint, no edge.
    #[default]
    Tint,
    /// A dashed edge: not on the server yet.
    OnlyHere,
}

/// A word or two on a tint, with an icon where the color means something.
#[component]
pub fn Tag(
    /// What the tint means.
    #[prop(optional)]
    tone: Tone,
    /// Whether the thing is only here.
    #[prop(optional)]
    edge: TagEdge,
    /// Icon before the words.
    #[prop(optional)]
    icon: Option<IconName>,
    /// The words.
    children: Children,
) -> impl IntoView {
    let edge = match edge {
        TagEdge::Tint => "",
        TagEdge::OnlyHere => "local",
    };
    view! {
        <span class=classes(&["tag", tone.class(), edge])>
            {icon.map(|name| view! { <Icon name=name /> })}
            {children()}
        </span>
    }
}
