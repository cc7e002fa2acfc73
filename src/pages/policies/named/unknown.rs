//! What is shown where there is no such policy.

use leptos::prelude::*;

use crate::components::{ButtonLink, Crumb, EmptyState, PageHead};

#[component]
pub(in crate::pages::policies) fn UnknownPolicy() -> impl IntoView {
    let crumbs = vec![Crumb { href: "/library".to_owned(), label: "Library".to_owned() }];
    view! {
        <PageHead title="Policy" crumbs=crumbs />
        <div class="page">
            <EmptyState
                title="There is no such policy"
                lead="It may be in another workspace, or in one that is not joined with this one yet."
            >
                <ButtonLink href="/library">"Go to the library"</ButtonLink>
            </EmptyState>
        </div>
    }
}
