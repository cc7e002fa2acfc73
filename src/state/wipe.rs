//! Removing the workspace from this browser.

use leptos::prelude::*;
use tollgate_browser::{Replaced, VaultStanding, reload_saying, wipe};

use super::Console;
use super::console::After;
use super::task::task;
use crate::format;

/// The removal of one workspace, which is asked about first.
#[derive(Clone, Copy)]
pub struct Wipe {
    after: After,
    /// Whether it is asked.
    pub asks: RwSignal<bool>,
    wipe: Action<(), ()>,
}

impl Wipe {
    /// The state of the question.
    #[must_use]
    pub fn new(console: Console) -> Self {
        let after = console.after();
        Self { after, asks: RwSignal::new(false), wipe: task(move |(): &()| run(after)) }
    }

    /// The name of the workspace, which is typed to confirm.
    #[must_use]
    pub fn workspace(self) -> String {
        self.after.services().workspace.as_str().to_owned()
    }

    /// What goes with the vault, as a sentence; empty where there is none.
    #[must_use]
    pub fn vault_goes(self) -> String {
        let vault = self.after.vault;
        match vault.standing().get() {
            VaultStanding::Absent => String::new(),
            VaultStanding::Locked | VaultStanding::Unlocked => {
                let secrets = format::plural(vault.count() as u64, "secret", "secrets");
                format!("The vault goes with it, with {secrets} in it that no export of the workspace holds.")
            }
        }
    }

    /// Removes the workspace.
    pub fn confirm(self) {
        self.asks.set(false);
        self.wipe.dispatch(());
    }
}

const DONE: &str = "This workspace was removed from this browser";

async fn run(after: After) {
    let services = after.services();
    match wipe(services.workspace.as_str(), services.manager.journal()).await {
        Ok(Replaced::Reload) => {
            after.program.unsaved.give_up();
            reload_saying(DONE);
        }
        Ok(Replaced::InPlace) => {
            services.manager.begin_anew();
            after.publish(&services.manager);
            after.notices.done(DONE, None);
        }
        Err(error) => {
            let help = error.help();
            after
                .notices
                .failed(format!("The workspace was not removed, or not all of it: {error}. What to do: {help}"));
            after.storage.report(error);
        }
    }
}
