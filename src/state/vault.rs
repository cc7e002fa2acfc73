//! The vault: whether there is one, whether it is unlocked here, and whose secrets are in it.

use std::collections::BTreeSet;
use std::rc::Rc;

use leptos::prelude::*;
use tollgate_browser::{Vault, VaultNews, VaultStanding};
use tollgate_tokens::TokenUid;

use super::Console;
use super::console::After;
use super::refusal::refused;
use super::task::task;
use crate::Services;
use crate::format;

/// The vault as every page sees it. A copy is a handle on the same state.
#[derive(Clone, Copy)]
pub struct VaultView {
    services: StoredValue<Rc<Services>, LocalStorage>,
    standing: RwSignal<VaultStanding>,
    kept: RwSignal<BTreeSet<TokenUid>>,
    asks: RwSignal<bool>,
    then: StoredValue<Option<Callback<()>>>,
}

impl VaultView {
    /// No vault, until [`start`](Self::start) has looked.
    pub(super) fn new(services: StoredValue<Rc<Services>, LocalStorage>) -> Self {
        Self {
            services,
            standing: RwSignal::new(VaultStanding::Absent),
            kept: RwSignal::new(BTreeSet::new()),
            asks: RwSignal::new(false),
            then: StoredValue::new(None),
        }
    }

    /// Whether there is one, and whether this tab holds its key.
    #[must_use]
    pub fn standing(self) -> Signal<VaultStanding> {
        self.standing.into()
    }

    /// Whether the secret of a token is in it.
    #[must_use]
    pub fn keeps(self, uid: TokenUid) -> Signal<bool> {
        Signal::derive(move || self.kept.with(|kept| kept.contains(&uid)))
    }

    /// How it stands at this moment.
    pub(super) fn standing_now(self) -> VaultStanding {
        self.standing.get_untracked()
    }

    /// Hands the tokens whose secrets are in it to a reader.
    pub(super) fn with_kept<R>(self, reader: impl FnOnce(&BTreeSet<TokenUid>) -> R) -> R {
        self.kept.with(reader)
    }

    /// How many of these tokens have their secret in it.
    pub(super) fn keeps_of(self, uids: &[TokenUid]) -> usize {
        self.kept.with(|kept| uids.iter().filter(|uid| kept.contains(*uid)).count())
    }

    /// How many secrets are in it.
    #[must_use]
    pub fn count(self) -> usize {
        self.kept.with(BTreeSet::len)
    }

    /// Locks it, here and in every other tab.
    pub fn lock(self) {
        if let Some(vault) = self.open_vault() {
            vault.lock();
        }
    }

    /// Asks for the passphrase where that is needed.
    pub fn unlock(self) {
        if self.standing.get_untracked() == VaultStanding::Locked {
            self.asks.set(true);
        }
    }

    /// Whether the passphrase is asked for.
    #[must_use]
    pub fn asks_passphrase(self) -> Signal<bool> {
        self.asks.into()
    }

    /// Leaves it locked after all.
    pub fn leave_locked(self) {
        self.asks.set(false);
        self.then.set_value(None);
    }

    /// Runs something at once, or as soon as the passphrase was given.
    pub(super) fn when_unlocked(self, then: Callback<()>) {
        match self.standing.get_untracked() {
            VaultStanding::Unlocked => then.run(()),
            VaultStanding::Locked => {
                self.then.set_value(Some(then));
                self.asks.set(true);
            }
            VaultStanding::Absent => {}
        }
    }

    /// The passphrase was given: goes on with what waited for it, if that is still on a page.
    pub(super) fn go_on(self) {
        self.standing.try_set(VaultStanding::Unlocked);
        self.asks.try_set(false);
        let then = self.then.try_update_value(Option::take).flatten();
        if let Some(then) = then {
            then.try_run(());
        }
    }

    /// The vault itself; nothing once the console is gone.
    pub(super) fn open_vault(self) -> Option<Vault> {
        self.services.try_with_value(|services| services.vault.clone())
    }

    /// Looks whether there is a vault, hears what happens to it, and removes what belongs to deleted tokens.
    ///
    /// Not part of the first load: nothing of the first page needs it at once.
    pub(crate) fn start(self, console: Console) {
        let Some(vault) = self.open_vault() else { return };
        let look = task(move |(): &()| self.look());
        vault.watch(Box::new(move |news| {
            if self.hear(news) {
                look.dispatch(());
            }
        }));
        look.dispatch(());
        let after = console.after();
        let forget = task(move |uids: &Vec<TokenUid>| forget(after, uids.clone()));
        // What the effect sets is that the act is under way; the secrets go from the store, and the store says so.
        Effect::new(move |_| {
            let deleted = self.kept_of_deleted(console);
            if !deleted.is_empty() && !forget.pending().get_untracked() {
                forget.dispatch(deleted);
            }
        });
    }

    /// Takes news in; false once the console is gone.
    fn hear(self, news: VaultNews) -> bool {
        let Some(standing) = self.standing.try_get_untracked() else { return false };
        match news {
            VaultNews::Locked if standing == VaultStanding::Unlocked => self.standing.set(VaultStanding::Locked),
            VaultNews::Unlocked => self.standing.set(VaultStanding::Unlocked),
            VaultNews::Locked | VaultNews::Changed => {}
        }
        true
    }

    async fn look(self) {
        let Some(vault) = self.open_vault() else { return };
        // Where the browser refuses its database there is no vault, and making one says why.
        if let Ok(survey) = vault.survey().await {
            self.standing.try_set(survey.standing);
            self.kept.try_set(survey.kept);
        }
    }

    /// Those of the tokens in the vault that are known to be deleted. One that is only unknown may come back.
    fn kept_of_deleted(self, console: Console) -> Vec<TokenUid> {
        console.workspace().with(|workspace| {
            self.kept.with(|kept| kept.iter().copied().filter(|uid| workspace.deleted_token(*uid).is_some()).collect())
        })
    }
}

async fn forget(after: After, uids: Vec<TokenUid>) {
    let Some(vault) = after.vault.open_vault() else { return };
    match vault.remove(&uids).await {
        Ok(()) => {
            let secrets = format::plural(uids.len() as u64, "deleted token", "deleted tokens");
            after.notices.done(format!("The vault forgot the secret of {secrets}"), None);
        }
        Err(error) => after.notices.failed(refused("The secret of a deleted token is still in the vault", &error)),
    }
}
