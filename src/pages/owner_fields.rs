//! The fields that ask whose token it is and where it works.

use leptos::prelude::*;

use super::words::console;
use crate::components::{ButtonLink, ButtonLook, Choice, Field, Notice, Select, Tone};

#[component]
pub(super) fn OwnerFields(
    /// The owner's name.
    owner: RwSignal<String>,
    /// The Local Site's name; empty for a global token.
    site: RwSignal<String>,
) -> impl IntoView {
    let console = console();
    let users = Signal::derive(move || {
        console.active_users().iter().map(|user| Choice::new(user.as_str(), user.as_str())).collect::<Vec<_>>()
    });
    let sites = Signal::derive(move || {
        let mut choices = vec![Choice::new("", "Every site (global token)")];
        choices.extend(console.sites().iter().map(|site| Choice::new(site.as_str(), site.as_str())));
        choices
    });
    let site_help = move || match site.get().as_str() {
        "" => "Works on every site its user belongs to.".to_owned(),
        site => format!("Works under /s/{site}/ only."),
    };
    view! {
        <div class="two">
            <Field id="owner" label="User" help="The token acts as this user and can never do more.">
                <Select id="owner" choices=users value=owner on_change=move |user: String| owner.set(user) />
            </Field>
            <Field id="site" label="Local Site" help=Signal::derive(site_help)>
                <Select id="site" choices=sites value=site on_change=move |name: String| site.set(name) />
            </Field>
        </div>
    }
}

/// What is said where there is nobody whose token it could be.
#[component]
pub(super) fn NoUsers() -> impl IntoView {
    view! {
        <Notice
            tone=Tone::Info
            heading="A token belongs to a user, and there is none who is active."
            text="Add the user first; it takes a name."
        >
            <ButtonLink href="/people" look=ButtonLook::Primary>
                "Add a user"
            </ButtonLink>
        </Notice>
    }
}
