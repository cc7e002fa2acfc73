//! The status of a token: an icon and a word, never color alone.

use super::icon::{Icon, IconName};
use super::tone::{Tone, classes};
use leptos::prelude::*;

/// What a token is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StatusKind {
    /// Works.
    Active,
    /// Works, and ends soon.
    Expiring,
    /// Has ended by its date.
    Expired,
    /// Was taken back.
    Invalid,
    /// A damaged record may touch it: never to be read as active.
    Uncertain,
}

impl StatusKind {
    /// The word shown.
    pub fn word(self) -> &'static str {
        match self {
            StatusKind::Active => "Active",
            StatusKind::Expiring => "Expiring",
            StatusKind::Expired => "Expired",
            StatusKind::Invalid => "Invalid",
            StatusKind::Uncertain => "Uncertain",
        }
    }

    /// The icon shown.
    pub fn icon(self) -> IconName {
        match self {
            StatusKind::Active => IconName::Active,
            StatusKind::Expiring => IconName::Expiring,
            StatusKind::Expired => IconName::Expired,
            StatusKind::Invalid => IconName::Invalid,
            StatusKind::Uncertain => IconName::Uncertain,
        }
    }

    /// The color's meaning.
    pub fn tone(self) -> Tone {
        match self {
            StatusKind::Active => Tone::Ok,
            StatusKind::Expiring | StatusKind::Uncertain => Tone::Warn,
            StatusKind::Expired => Tone::Off,
            StatusKind::Invalid => Tone::Bad,
        }
    }
}

/// A status with its icon and word.
#[component]
pub fn StatusTag(
    /// The status.
    kind: StatusKind,
) -> impl IntoView {
    view! {
        <span class=classes(&["st", kind.tone().class()])>
            <Icon name=kind.icon() />
            {kind.word()}
        </span>
    }
}
