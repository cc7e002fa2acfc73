//! Guardrails that stop an act, as every form shows them.

use leptos::prelude::*;

use super::words::{capitalized, sentence};
use crate::components::{Confirmation, Need, OverrideBox, StopItem};
use crate::state::{OverrideReason, Stop};

/// The guardrails in the way of a form's act, with the reason that goes past them; nothing where nothing is in the way.
#[component]
pub(super) fn GuardrailStop(
    /// Id of the field with the reason, unique in the page.
    id: &'static str,
    /// What stops the act, and the reason.
    past: OverrideReason,
    /// The act on the button: "Override and save".
    act: &'static str,
    /// Whether the act is on its way.
    #[prop(into)]
    pending: Signal<bool>,
    /// Runs when the act shall be done past the guardrails.
    #[prop(into)]
    on_override: Callback<()>,
) -> impl IntoView {
    view! {
        <OverrideBox
            id=id
            stops=stop_items(past.stops())
            reason=past.reason
            on_reason=move |reason: String| past.reason.set(reason)
            act=act
            locked=Signal::derive(move || pending.get() || !past.is_given())
            on_override=on_override
        />
    }
}

/// A question whose act guardrails stop: it asks for the reason to go past them.
pub(super) fn overriding(says: Confirmation) -> Confirmation {
    let act = format!("Override and {}", says.act.to_lowercase());
    Confirmation { act, asks: "Reason for overriding".to_owned(), need: Need::Required, ..says }
}

/// Guardrails in the way, as they are shown.
pub(super) fn stop_items(stops: Signal<Vec<Stop>>) -> Signal<Vec<StopItem>> {
    Signal::derive(move || stops.get().into_iter().map(stop_item).collect::<Vec<_>>())
}

fn stop_item(stop: Stop) -> StopItem {
    StopItem {
        demand: sentence(&stop.demand),
        name: format!("Guardrail “{}”", stop.name),
        token: capitalized(&stop.token),
        href: stop.uid.map(|uid| format!("/tokens/{uid}")).unwrap_or_default(),
        request: sentence(&stop.request),
    }
}
