//! The icon set: 16 by 16 boxes, a 1.5 pixel round stroke, no fill, the color of the words beside them.

use leptos::prelude::*;

/// Every icon there is; a page that needs another one adds it here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IconName {
    /// The brand: a gate between two posts.
    Gate,
    /// Today.
    Overview,
    /// A token.
    Token,
    /// A policy.
    Policy,
    /// A limit that policies must keep to: a rail on two posts.
    Guardrail,
    /// The catalog of resources.
    Catalog,
    /// Users and sites.
    People,
    /// The journal.
    Activity,
    /// To and from a server.
    Sync,
    /// Settings, and which columns are shown.
    Settings,
    /// Look for something.
    Search,
    /// Make one.
    Plus,
    /// Close, clear, remove.
    X,
    /// Yes, allowed.
    Check,
    /// No, blocked.
    Minus,
    /// A check in a circle: works, went well.
    Active,
    /// A clock.
    Expiring,
    /// An hourglass.
    Expired,
    /// A slashed circle.
    Invalid,
    /// A question in a circle.
    Uncertain,
    /// To the server.
    Push,
    /// From the server.
    Pull,
    /// Two versions of one thing.
    Split,
    /// Stored.
    Saved,
    /// Kept for good.
    Pin,
    /// A box of copies.
    Backup,
    /// Write, change.
    Pen,
    /// Copy.
    Copy,
    /// Back to before.
    Undo,
    /// Replace by a new one.
    Rotate,
    /// Attention.
    Warn,
    /// Wrong.
    Error,
    /// Worth knowing.
    Info,
    /// Ascending, close.
    Up,
    /// Descending, open.
    Down,
    /// Back.
    Left,
    /// On, becomes.
    Right,
    /// The navigation.
    Menu,
    /// More acts.
    More,
    /// A checkpoint.
    Flag,
    /// Show.
    Eye,
    /// A secret.
    Key,
    /// One person.
    User,
    /// A Local Site.
    Site,
    /// Delete.
    Trash,
    /// Leads elsewhere.
    External,
}

/// The outline of each icon, as the `d` of one path in a 16 by 16 box.
const OUTLINES: [(IconName, &str); 46] = [
    (IconName::Gate, "M2.5 13.5v-9M13.5 13.5v-9M2.5 6.5h11M2.5 9.5h11M6 6.5l-1 3M9 6.5l-1 3M12 6.5l-1 3"),
    (IconName::Overview, "M2.5 13.5h11M4 11V8.5M8 11V3.5M12 11V6.5"),
    (IconName::Token, "M2.5 10.5a3 3 0 1 0 6 0a3 3 0 1 0-6 0M7.75 8.25 13 3M10.75 5.25l1.75 1.75"),
    (IconName::Policy, "M8 1.75 13 3.5v4c0 3.25-2 5.5-5 6.75-3-1.25-5-3.5-5-6.75v-4zM5.75 8l1.5 1.5 3-3"),
    (IconName::Guardrail, "M1.5 5h13M1.5 8.5h13M4.25 3v10.5M11.75 3v10.5"),
    (IconName::Catalog, "M2.5 3.5h4v4h-4zM9.5 3.5h4v4h-4zM2.5 10.5h4V13h-4zM9.5 10.5h4V13h-4z"),
    (
        IconName::People,
        "M3.5 5.5a2.25 2.25 0 1 0 4.5 0a2.25 2.25 0 1 0-4.5 0\
                 M1.5 13.25c.3-2.5 1.9-3.75 4.25-3.75S9.7 10.75 10 13.25M10.5 3.5a2.1 2.1 0 0 1 0 4.1\
                 M11.75 9.75c1.6.4 2.5 1.6 2.75 3.5",
    ),
    (IconName::Activity, "M2.5 4h1M2.5 8h1M2.5 12h1M6 4h7.5M6 8h7.5M6 12h4.5"),
    (IconName::Sync, "M13 6.5A5.25 5.25 0 0 0 3.6 5M3 9.5a5.25 5.25 0 0 0 9.4 1.5M3.25 2.5v2.75H6M12.75 13.5v-2.75H10"),
    (
        IconName::Settings,
        "M2.5 4.5h6M12 4.5h1.5M2.5 11.5H4M7.5 11.5h6M8.5 4.5a1.75 1.75 0 1 0 3.5 0a1.75 1.75 0 1 0-3.5 0\
                 M4 11.5a1.75 1.75 0 1 0 3.5 0a1.75 1.75 0 1 0-3.5 0",
    ),
    (IconName::Search, "M2.75 7a4.25 4.25 0 1 0 8.5 0a4.25 4.25 0 1 0-8.5 0M10.25 10.25l3.25 3.25"),
    (IconName::Plus, "M8 3v10M3 8h10"),
    (IconName::X, "M4 4l8 8M12 4l-8 8"),
    (IconName::Check, "M3 8.5l3.25 3.25L13 4.75"),
    (IconName::Minus, "M4 8h8"),
    (IconName::Active, "M2.25 8a5.75 5.75 0 1 0 11.5 0a5.75 5.75 0 1 0-11.5 0M5.5 8.25 7.25 10l3.25-3.5"),
    (IconName::Expiring, "M2.25 8a5.75 5.75 0 1 0 11.5 0a5.75 5.75 0 1 0-11.5 0M8 4.75V8l2.25 1.5"),
    (
        IconName::Expired,
        "M4.25 2.25h7.5M4.25 13.75h7.5M5.25 2.25c0 3.25 1.25 4.25 2.75 5.75 1.5-1.5 2.75-2.5 2.75-5.75\
                 M5.25 13.75c0-3.25 1.25-4.25 2.75-5.75 1.5 1.5 2.75 2.5 2.75 5.75",
    ),
    (IconName::Invalid, "M2.25 8a5.75 5.75 0 1 0 11.5 0a5.75 5.75 0 1 0-11.5 0M4 12l8-8"),
    (
        IconName::Uncertain,
        "M2.25 8a5.75 5.75 0 1 0 11.5 0a5.75 5.75 0 1 0-11.5 0\
                 M6.25 6.4a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.85.6-.85 1.1M8 11.25v.01",
    ),
    (IconName::Push, "M8 13V3.5M4.25 7.25 8 3.5l3.75 3.75"),
    (IconName::Pull, "M8 3v9.5M4.25 8.75 8 12.5l3.75-3.75"),
    (IconName::Split, "M8 13.5V10L4 6V3M8 10l4-4V3M2.25 4.75 4 3l1.75 1.75M10.25 4.75 12 3l1.75 1.75"),
    (IconName::Saved, "M2.75 2.75h8l2.5 2.5v8H2.75zM5.25 13.25v-4h5.5v4M5.75 2.75v2.5h4"),
    (
        IconName::Pin,
        "M3 4c0-1.1 2.25-2 5-2s5 .9 5 2-2.25 2-5 2-5-.9-5-2M3 4v8c0 1.1 2.25 2 5 2s5-.9 5-2V4\
                 M3 8c0 1.1 2.25 2 5 2s5-.9 5-2",
    ),
    (IconName::Backup, "M2.5 3h11v3h-11zM3.5 6v7h9V6M6.5 8.75h3"),
    (IconName::Pen, "M3 13l.75-3L10.5 3.25l2.25 2.25L6 12.25zM9.25 4.5l2.25 2.25"),
    (IconName::Copy, "M5.75 5.75h7.5v7.5h-7.5zM10.25 5.75v-3h-7.5v7.5h3"),
    (IconName::Undo, "M5.25 3 2.5 5.75 5.25 8.5M2.5 5.75h7a3.75 3.75 0 0 1 0 7.5H7"),
    (IconName::Rotate, "M13 8a5 5 0 1 1-1.5-3.5M13.25 2.25v3h-3"),
    (IconName::Warn, "M8 2.25 14.25 13.5H1.75zM8 6.5v3.25M8 11.75v.01"),
    (IconName::Error, "M2.25 8a5.75 5.75 0 1 0 11.5 0a5.75 5.75 0 1 0-11.5 0M8 4.75v3.75M8 11v.01"),
    (IconName::Info, "M2.25 8a5.75 5.75 0 1 0 11.5 0a5.75 5.75 0 1 0-11.5 0M8 7.5v3.75M8 5v.01"),
    (IconName::Up, "M4.5 9.5 8 6l3.5 3.5"),
    (IconName::Down, "M4.5 6.5 8 10l3.5-3.5"),
    (IconName::Left, "M9.5 4.5 6 8l3.5 3.5"),
    (IconName::Right, "M6.5 4.5 10 8l-3.5 3.5"),
    (IconName::Menu, "M2.5 4.5h11M2.5 8h11M2.5 11.5h11"),
    (IconName::More, "M3.5 8v.01M8 8v.01M12.5 8v.01"),
    (IconName::Flag, "M3.5 13.75V2.5M3.5 3h9l-2 3 2 3h-9"),
    (
        IconName::Eye,
        "M1.5 8C3 5.25 5.25 3.75 8 3.75S13 5.25 14.5 8C13 10.75 10.75 12.25 8 12.25S3 10.75 1.5 8\
                 M6 8a2 2 0 1 0 4 0a2 2 0 1 0-4 0",
    ),
    (IconName::Key, "M2.5 8a2.75 2.75 0 1 0 5.5 0a2.75 2.75 0 1 0-5.5 0M8 8h5.5v2.5M11 8v1.75"),
    (
        IconName::User,
        "M5.25 5.25a2.75 2.75 0 1 0 5.5 0a2.75 2.75 0 1 0-5.5 0\
                 M2.75 13.75c.5-2.75 2.4-4.25 5.25-4.25s4.75 1.5 5.25 4.25",
    ),
    (
        IconName::Site,
        "M2.25 8a5.75 5.75 0 1 0 11.5 0a5.75 5.75 0 1 0-11.5 0M2.25 8h11.5M8 2.25c3.25 3.5 3.25 8 0 11.5\
                 M8 2.25c-3.25 3.5-3.25 8 0 11.5",
    ),
    (IconName::Trash, "M2.75 4.25h10.5M6 4.25v-1.5h4v1.5M4 4.25l.6 9h6.8l.6-9M6.75 6.75v4M9.25 6.75v4"),
    (IconName::External, "M9.5 2.75h3.75V6.5M13.25 2.75 7.5 8.5M11.5 9v4.25H2.75V4.5H7"),
];

impl IconName {
    /// The outline, as the `d` of one path in a 16 by 16 box.
    pub fn outline(self) -> &'static str {
        OUTLINES.iter().find(|(name, _)| *name == self).map_or("", |(_, outline)| outline)
    }
}

/// One icon beside words; hidden from assistive technology, because the words say it.
#[component]
pub fn Icon(
    /// Which icon.
    name: IconName,
) -> impl IntoView {
    view! {
        <svg class="i" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d=name.outline() />
        </svg>
    }
}
