//! The page.

use super::fields::Fields;
use super::list::List;
use leptos::prelude::*;

use crate::components::PageHead;
use crate::pages::words::{console, title};
use crate::state::Guardrails;

/// The page.
#[component]
pub(crate) fn GuardrailsPage() -> impl IntoView {
    title("Guardrails");
    let guardrails = Guardrails::new(console());
    view! {
        <PageHead title="Guardrails" sub="limits that every policy must keep to, whoever writes it" />
        <div class="page">
            <div class="cols c2">
                <List guardrails=guardrails />
                <Fields guardrails=guardrails />
            </div>
        </div>
    }
}
