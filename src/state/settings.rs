//! Settings: the name in the record, keeping the data, joining two journals.

use leptos::prelude::*;
use tollgate_browser::{Actor, OsEntropy, Preference as _, discard_fallback, fallback_records, identity};
use tollgate_tokens::join::{JoinPlan, plan};
use tollgate_tokens::{Journal as _, Ledger, looks_like_token};

use super::Console;
use super::console::After;
use super::export::export;
use super::task::task;
use crate::format;

/// The page.
#[derive(Clone, Copy)]
pub struct Settings {
    after: After,
    actor: RwSignal<String>,
    persist: Action<(), ()>,
    export: Action<(), ()>,
    join: Action<(), ()>,
}

impl Settings {
    /// The state of the page.
    #[must_use]
    pub fn new(console: Console) -> Self {
        let after = console.after();
        Self {
            after,
            actor: RwSignal::new(Actor::load().as_str().to_owned()),
            persist: task(move |(): &()| after.storage.ask_to_persist()),
            export: task(move |(): &()| export(after)),
            join: task(move |(): &()| join(after)),
        }
    }

    /// The name that stands in the record.
    #[must_use]
    pub fn actor(self) -> Signal<String> {
        self.actor.into()
    }

    /// Names who acts from now on.
    pub fn set_actor(self, name: String) {
        if looks_like_token(&name) {
            self.after.notices.failed("A token does not belong into the record: the name was not taken.");
            return;
        }
        let actor = Actor::new(&name);
        self.after.services().manager.set_actor(actor.name());
        drop(actor.store());
        self.actor.set(name);
    }

    /// Asks the browser to keep the data.
    pub fn ask_to_persist(self) {
        self.persist.dispatch(());
    }

    /// Saves the workspace as a file: every record as it lies in the store.
    pub fn export(self) {
        self.export.dispatch(());
    }

    /// What joining the two journals would change, in words.
    #[must_use]
    pub fn join_plan(self) -> Signal<String> {
        let after = self.after;
        Signal::derive(move || {
            after.revision.track();
            match join_plan(after) {
                Ok(plan) if plan.is_empty() => {
                    "The one in localStorage holds nothing that is not here. Joining removes it.".to_owned()
                }
                Ok(plan) => format!(
                    "The one in localStorage adds {}, changes {} and {}. Nothing here is overwritten silently: every event keeps its own time.",
                    format::plural(plan.new_tokens.len() as u64, "token", "tokens"),
                    format::plural(plan.changed_tokens.len() as u64, "token", "tokens"),
                    format::plural(plan.differing_users.len() as u64, "user", "users"),
                ),
                Err(error) => error,
            }
        })
    }

    /// Takes the other journal's events over, then removes it.
    pub fn join(self) {
        self.join.dispatch(());
    }
}

fn join_plan(after: After) -> Result<JoinPlan, String> {
    let services = after.services();
    let records = fallback_records(services.workspace.as_str()).map_err(|error| error.to_string())?;
    let identity = identity(services.workspace.as_str(), &OsEntropy).map_err(|error| error.to_string())?;
    let other = Ledger::load(identity, records);
    if let Some(found) = other.damage().next() {
        return Err(format!("The journal in localStorage is damaged ({found}). Nothing of it is removed."));
    }
    let here = services.manager.journal().read(|ledger| ledger.workspace().clone());
    Ok(plan(&here, &other))
}

async fn join(after: After) {
    let plan = match join_plan(after) {
        Ok(plan) => plan,
        Err(error) => return after.notices.failed(format!("The journals were not joined: {error}")),
    };
    let events = format::plural(plan.events.len() as u64, "entry", "entries");
    let services = after.services();
    if let Err(error) = services.manager.append(plan.into_events()).await {
        after.storage.report(error.clone());
        return after.notices.failed(format!("The journals were not joined: {error}"));
    }
    after.publish(&services.manager);
    // Another tab may have written to it in between: only what was taken over is removed.
    if !join_plan(after).is_ok_and(|rest| rest.is_empty()) {
        return after.notices.failed("More was written to the other journal meanwhile. Join again.");
    }
    match discard_fallback(services.workspace.as_str()) {
        Ok(()) => after.notices.done(format!("{events} taken over; the other journal is removed"), None),
        Err(error) => {
            after.notices.failed(format!("{events} taken over, but the other journal is still there: {error}"))
        }
    }
}
