//! Whether the record is whole, and what to do when it is not.

use leptos::prelude::*;

use crate::components::{Button, ButtonLook, Notice, Tone};
use crate::format;
use crate::pages::guardrail_stop::GuardrailStop;
use crate::state::Activity;

/// Whether the record is whole, and what to do when it is not.
#[component]
pub(super) fn Wholeness(
    /// The page's state.
    activity: Activity,
) -> impl IntoView {
    let found = move || {
        let verified = activity.verified().get()?;
        let verification = verified.verification;
        let records = format::plural(verification.records, "record", "records");
        let events = format::plural(verification.events, "entry", "entries");
        Some(if verification.is_whole() {
            let repaired = verification.repaired.len();
            let text = match repaired {
                0 => format!(
                    "All {events} in {records} follow from one another; checked at {}.",
                    format::exact(verified.at)
                ),
                count => format!(
                    "{events} in {records} follow from one another, but for {} that a repair recorded.",
                    format::plural(count as u64, "damaged one", "damaged ones")
                ),
            };
            let head = verification.head.map(|head| head.to_string()).unwrap_or_default();
            let detail =
                format!("A cut-off end shows only against a fingerprint kept elsewhere. The newest is {head}.");
            view! { <Notice tone=Tone::Ok heading="The record is whole." text=text detail=detail /> }.into_any()
        } else {
            let damage = verification.damage.iter().map(|found| view! { <li>{found.to_string()}</li> }).collect_view();
            view! {
                <Notice
                    tone=Tone::Bad
                    heading="The record is damaged, so nothing can be changed."
                    text="What could be read is shown. Tokens that the damage may have touched are uncertain, never active. Export first; then record a repair: it keeps the damaged bytes and their hash for good, and writing goes on."
                >
                    <ul class="mono wrap-any">{damage}</ul>
                    <Button look=ButtonLook::Primary on_click=move |()| activity.repair()>
                        "Record a repair"
                    </Button>
                </Notice>
            }
                .into_any()
        })
    };
    let uncertain = Memo::new(move |_| activity.uncertain().len());
    let is_writable = move || {
        activity.verified().with(|verified| verified.as_ref().is_some_and(|found| found.verification.is_whole()))
    };
    let doubts = Memo::new(move |_| uncertain.get() > 0 && is_writable());
    let is_trusting = activity.is_trusting();
    let is_locked = move || is_trusting.get() || activity.past.is_stopped();
    view! {
        {found}
        <Show when=move || doubts.get()>
            <Notice
                tone=Tone::Warn
                heading=Signal::derive(move || format!("{} uncertain.", format::plural(uncertain.get() as u64, "token is", "tokens are")))
                text="An entry that is damaged, or of a newer version, may have changed them. Invalidate those you doubt; trust the others again."
            >
                <Button disabled=Signal::derive(is_locked) on_click=move |()| activity.trust_uncertain()>
                    "Trust them again"
                </Button>
            </Notice>
            <GuardrailStop
                id="trust-override"
                past=activity.past
                act="Override and trust them again"
                pending=is_trusting
                on_override=move |()| activity.trust_uncertain()
            />
        </Show>
    }
}
