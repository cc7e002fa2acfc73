//! What is shown where there is no page.

use leptos::prelude::*;

use super::words::title;
use crate::components::{ButtonLink, ButtonLook, EmptyState};

/// No page has this address.
#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    title("Not found");
    view! {
        <div class="head">
            <h1>"Not found"</h1>
        </div>
        <div class="page">
            <EmptyState
                title="There is no page at this address"
                lead="Nothing is lost: your data is where it was. The address may come from a newer Tollgate."
            >
                <ButtonLink href="/" look=ButtonLook::Primary>
                    "Go to Overview"
                </ButtonLink>
            </EmptyState>
        </div>
    }
}
