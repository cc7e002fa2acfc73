//! What is asked before the selected tokens get another policy.

use leptos::prelude::*;

use super::bulk_preview::Changes;
use super::bulk_questions::about;
use crate::components::{ButtonLook, ConfirmDialog, Confirmation, Need, StopList};
use crate::pages::guardrail_stop::stop_items;
use crate::pages::policy_fields::PolicyFields;
use crate::state::Bulk;

const CHANGE: &str = "They all get the same one; notes and expiries stay as they are. This can be undone, as a whole.";

#[component]
pub(super) fn ChangePolicy(
    /// The acts on the selection.
    bulk: Bulk,
    /// Whether it is asked.
    open: RwSignal<bool>,
    /// How many tokens are selected.
    count: Memo<usize>,
) -> impl IntoView {
    let stops = Memo::new(move |_| if open.get() { bulk.policy_stops() } else { Vec::new() });
    let is_stopped = Memo::new(move |_| stops.with(|stops| !stops.is_empty()));
    let says = Signal::derive(move || {
        let says = about("Change", "the policy of ", count.get(), CHANGE);
        if !is_stopped.get() {
            return says;
        }
        let act = format!("Override and {}", says.act.to_lowercase());
        Confirmation { act, asks: "Reason for overriding".to_owned(), need: Need::Required, ..says }
    });
    let preview = Memo::new(move |_| bulk.policy_preview());
    let stop_list = move || is_stopped.get().then(|| view! { <StopList stops=stop_items(stops.into()) /> });
    let fields = move || {
        open.get().then(|| {
            view! {
                <PolicyFields form=bulk.policy />
                <Changes preview=preview />
                {stop_list}
            }
        })
    };
    let look = move || if is_stopped.get() { ButtonLook::Danger } else { ButtonLook::Primary };
    view! {
        <ConfirmDialog
            id="policy-selected"
            open=open
            says=says
            look=Signal::derive(look)
            locked=Signal::derive(move || open.get() && preview.with(Result::is_err))
            on_confirm=move |reason: String| {
                bulk.change_policy(reason);
                open.set(false);
            }
            on_close=move |()| open.set(false)
        >
            {fields}
        </ConfirmDialog>
    }
}
