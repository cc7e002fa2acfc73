//! Runs what an act decides inside an append.

use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;

use super::checked::{
    self, Changed, ClientTokenOutcome, Generated, InvalidateCall, Invalidated, NewClientToken, NewToken, Rotated,
    Rotation, TokenEdit, TokenError,
};
use super::login::log_in;
use super::people::{self, PeopleError};
use super::settings::{SettingsError, change_settings};
use crate::authentication::{Authentication, LoginAttempt, LoginLimit};
use crate::chain::{Ledger, Refreshed};
use crate::event::{EventBody, GuardrailOverride, NewEvent, UserRecord};
use crate::generator::GeneratorRegistry;
use crate::ids::{EventId, SiteName, TokenUid, Username};
use crate::journal::{Journal, JournalError};
use crate::model::{Settings, Workspace};
use crate::ports::{Clock, Entropy};
use crate::secret::TokenSecret;
use crate::signal::{Signal, Subscribers, Subscription, signals};
use crate::time::Timestamp;

/// Why an operation changed nothing.
#[derive(Debug, thiserror::Error)]
pub enum Operation<E> {
    /// The act was refused.
    #[error(transparent)]
    Refused(E),
    /// The act was right, but the store did not take it.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

/// The checked operations on one journal.
///
/// An act is acknowledged when its events are durable, and not sooner.
///
/// ```
/// # use tollgate_tokens::test_support::{CountingEntropy, SteadyClock, memory_manager};
/// # use tollgate_tokens::checked::NewToken;
/// # pollster::block_on(async {
/// let manager = memory_manager();
/// manager.add_user("ci-bot".parse()?, tollgate_tokens::people::Powers::default()).await?;
/// let generated = manager.generate(NewToken::for_owner("ci-bot".parse()?)).await?;
/// assert_eq!(generated.secret.expose_once().len(), 255);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).unwrap();
/// ```
pub struct Manager<J, C, E> {
    journal: J,
    clock: Rc<C>,
    entropy: Rc<E>,
    registry: Rc<GeneratorRegistry>,
    actor: RefCell<Option<String>>,
    subscribers: Subscribers,
}

impl<J: Journal, C: Clock + 'static, E: Entropy + 'static> Manager<J, C, E> {
    /// Puts a manager together from its ports.
    pub fn new(journal: J, clock: Rc<C>, entropy: Rc<E>, registry: GeneratorRegistry) -> Self {
        let subscribers = Subscribers::new(journal.read(last_entry));
        Self { journal, clock, entropy, registry: Rc::new(registry), actor: RefCell::new(None), subscribers }
    }

    /// The journal.
    pub fn journal(&self) -> &J {
        &self.journal
    }

    /// The generators.
    pub fn registry(&self) -> &GeneratorRegistry {
        &self.registry
    }

    /// The present instant.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Names who acts from now on; the name stands in every event.
    pub fn set_actor(&self, name: Option<String>) {
        *self.actor.borrow_mut() = name;
    }

    /// Tells a listener from now on what happens to tokens, by this manager and by others on the same journal.
    ///
    /// A listener hears an act when it is durable. What others did is heard at the next act or [`refresh`](Self::refresh).
    ///
    /// ```
    /// # use std::{cell::Cell, rc::Rc};
    /// # use tollgate_tokens::{checked::NewToken, people::Powers, test_support::memory_manager};
    /// # pollster::block_on(async {
    /// let manager = memory_manager();
    /// let heard = Rc::new(Cell::new(0));
    /// let count = Rc::clone(&heard);
    /// let subscription = manager.subscribe(move |_| count.set(count.get() + 1));
    /// manager.add_user("ci-bot".parse()?, Powers::default()).await?;
    /// manager.generate(NewToken::for_owner("ci-bot".parse()?)).await?;
    /// assert_eq!(heard.get(), 1);
    /// # drop(subscription);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # }).unwrap();
    /// ```
    pub fn subscribe(&self, listener: impl Fn(&Signal) + 'static) -> Subscription {
        self.subscribers.add(listener)
    }

    /// Reads what others wrote since, and tells the subscribers.
    ///
    /// # Errors
    ///
    /// [`JournalError`] with the real cause.
    pub async fn refresh(&self) -> Result<Refreshed, JournalError> {
        let refreshed = self.journal.refresh().await?;
        self.tell_subscribers();
        Ok(refreshed)
    }

    pub(super) fn tell_subscribers(&self) {
        let told = self.subscribers.told();
        let (heard, last) = self.journal.read(|ledger| {
            let news = ledger.entries().rev().take_while(|entry| entry.sequence > told);
            let events: Vec<Vec<Signal>> = news.map(|entry| signals(&entry.event)).collect();
            (events.into_iter().rev().flatten().collect::<Vec<_>>(), last_entry(ledger))
        });
        self.subscribers.tell(&heard, last);
    }

    /// Makes a token; the secret is in the answer and nowhere else.
    ///
    /// # Errors
    ///
    /// [`TokenError`] when the call is refused, [`JournalError`] when the store did not take it.
    pub async fn generate(&self, call: NewToken) -> Result<Generated, Operation<TokenError>> {
        let registry = Rc::clone(&self.registry);
        let entropy = Rc::clone(&self.entropy);
        self.run(move |workspace, now| checked::generate(workspace, &registry, &call, &*entropy, now)).await
    }

    /// Finds the token that a client uses, or makes one; the secret is in the answer only if it was made.
    ///
    /// Of two tabs that ask at once, one makes a token and the other finds it.
    ///
    /// # Errors
    ///
    /// [`TokenError`] when the call is refused, [`JournalError`] when the store could not be read or did not take it.
    pub async fn client_token(&self, call: NewClientToken) -> Result<ClientTokenOutcome, Operation<TokenError>> {
        let registry = Rc::clone(&self.registry);
        let entropy = Rc::clone(&self.entropy);
        self.run(move |workspace, now| checked::client_token(workspace, &registry, &call, &*entropy, now)).await
    }

    /// Invalidates tokens of the named owners that a filter picks.
    ///
    /// # Errors
    ///
    /// [`TokenError`] when the call is refused, [`JournalError`] when the store did not take it.
    pub async fn invalidate(&self, call: InvalidateCall) -> Result<Invalidated, Operation<TokenError>> {
        self.run(move |workspace, _| checked::invalidate(workspace, &call)).await
    }

    /// Invalidates one token.
    ///
    /// # Errors
    ///
    /// [`TokenError`] when the call is refused, [`JournalError`] when the store did not take it.
    pub async fn invalidate_one(&self, uid: TokenUid, reason: String) -> Result<Invalidated, Operation<TokenError>> {
        self.run(move |workspace, _| checked::invalidate_one(workspace, uid, &reason)).await
    }

    /// Logs in with a token, and records its use.
    ///
    /// # Errors
    ///
    /// [`JournalError`] when the store did not take the record; then nobody is logged in.
    pub async fn log_in(
        &self,
        secret: TokenSecret,
        limit: LoginLimit,
    ) -> Result<Authentication, Operation<Infallible>> {
        let registry = Rc::clone(&self.registry);
        self.run(move |workspace, now| Ok(log_in(workspace, &registry, &secret, LoginAttempt { now, limit }))).await
    }

    /// Records that a token's secret is taken out of where it is kept; to be shown or copied only after that.
    ///
    /// # Errors
    ///
    /// [`TokenError`] when there is no such token, [`JournalError`] when the store did not take the record; then nothing
    /// may be shown.
    pub async fn record_reveal(&self, uid: TokenUid) -> Result<(), Operation<TokenError>> {
        self.run(move |workspace, _| checked::reveal(workspace, uid)).await
    }

    /// Changes notes, policies or expiries, of one token or many.
    ///
    /// # Errors
    ///
    /// [`TokenError`] when the call is refused, [`JournalError`] when the store did not take it.
    pub async fn change(&self, tokens: Vec<TokenUid>, edit: TokenEdit) -> Result<Changed, Operation<TokenError>> {
        self.run(move |workspace, now| checked::change(workspace, &tokens, &edit, now)).await
    }

    /// Deletes one token or many.
    ///
    /// # Errors
    ///
    /// [`TokenError`] when the call is refused, [`JournalError`] when the store did not take it.
    pub async fn delete(&self, tokens: Vec<TokenUid>, reason: String) -> Result<Vec<TokenUid>, Operation<TokenError>> {
        self.run(move |workspace, _| checked::delete(workspace, &tokens, &reason)).await
    }

    /// Gives a token a successor, and an end.
    ///
    /// # Errors
    ///
    /// [`TokenError`] when the call is refused, [`JournalError`] when the store did not take it.
    pub async fn rotate(&self, rotation: Rotation) -> Result<Rotated, Operation<TokenError>> {
        let (registry, entropy) = (Rc::clone(&self.registry), Rc::clone(&self.entropy));
        self.run(move |workspace, now| checked::rotate(workspace, &registry, rotation, &*entropy, now)).await
    }

    /// Changes what the service is set to.
    ///
    /// # Errors
    ///
    /// [`SettingsError`] when the settings are refused, [`JournalError`] when the store did not take them.
    pub async fn change_settings(&self, settings: Settings) -> Result<(), Operation<SettingsError>> {
        let registry = Rc::clone(&self.registry);
        self.run(move |workspace, _| change_settings(workspace, &registry, &settings)).await
    }

    /// Undoes an act: what it wrote over comes back, earlier dates and reasons included.
    ///
    /// # Errors
    ///
    /// [`TokenError`] when a later act touched one of the tokens, what comes back goes past a guardrail, or the act is none
    /// that can be undone; [`JournalError`] when the store could not be read or did not take it.
    pub async fn undo(&self, act: EventId) -> Result<usize, Operation<TokenError>> {
        self.undo_past(act, None).await
    }

    /// Undoes an act as [`undo`](Self::undo) does, past the guardrails that are named, for the reason given.
    ///
    /// # Errors
    ///
    /// Those of [`undo`](Self::undo), for guardrails that are not named, and where the reason is blank.
    pub async fn undo_past(
        &self,
        act: EventId,
        overrides: Option<GuardrailOverride>,
    ) -> Result<usize, Operation<TokenError>> {
        let event = self.find_act(act).await?;
        self.run(move |workspace, now| {
            let body = event.as_ref().map(|entry| &entry.event.body);
            checked::undo(workspace, act, body, overrides.as_ref(), now)
        })
        .await
    }

    /// Adds a user.
    ///
    /// # Errors
    ///
    /// [`PeopleError`] when the user exists, [`JournalError`] when the store did not take it.
    pub async fn add_user(&self, username: Username, powers: people::Powers) -> Result<(), Operation<PeopleError>> {
        let user = UserRecord { username, active: powers.active, superuser: powers.superuser };
        self.run(move |workspace, _| people::add_user(workspace, &user)).await
    }

    /// Changes what a user may do.
    ///
    /// # Errors
    ///
    /// [`PeopleError`] when there is no such user, [`JournalError`] when the store did not take it.
    pub async fn change_user(&self, username: Username, powers: people::Powers) -> Result<(), Operation<PeopleError>> {
        let user = UserRecord { username, active: powers.active, superuser: powers.superuser };
        self.run(move |workspace, _| people::change_user(workspace, &user)).await
    }

    /// Removes a user who owns no token.
    ///
    /// # Errors
    ///
    /// [`PeopleError`] when the user owns tokens, [`JournalError`] when the store did not take it.
    pub async fn remove_user(&self, username: Username) -> Result<(), Operation<PeopleError>> {
        self.run(move |workspace, _| people::remove_user(workspace, &username)).await
    }

    /// Adds a Local Site.
    ///
    /// # Errors
    ///
    /// [`PeopleError`] when the site exists, [`JournalError`] when the store did not take it.
    pub async fn add_site(&self, name: SiteName) -> Result<(), Operation<PeopleError>> {
        self.run(move |workspace, _| people::add_site(workspace, &name)).await
    }

    /// Removes a Local Site that no token is bound to.
    ///
    /// # Errors
    ///
    /// [`PeopleError`] when tokens are bound to it, [`JournalError`] when the store did not take it.
    pub async fn remove_site(&self, name: SiteName) -> Result<(), Operation<PeopleError>> {
        self.run(move |workspace, _| people::remove_site(workspace, &name)).await
    }

    /// Begins to listen anew after the journal was replaced: what it holds now is no news.
    pub fn begin_anew(&self) {
        self.subscribers.tell(&[], self.journal.read(last_entry));
    }

    pub(super) fn entropy(&self) -> Rc<E> {
        Rc::clone(&self.entropy)
    }

    pub(super) fn clock(&self) -> Rc<C> {
        Rc::clone(&self.clock)
    }

    pub(super) fn actor(&self) -> Option<String> {
        self.actor.borrow().clone()
    }

    /// Decides inside the append; the outcome of the last run is the answer.
    pub(super) async fn run<T: 'static, R: 'static>(
        &self,
        mut decide: impl FnMut(&Workspace, Timestamp) -> Result<(Vec<EventBody>, T), R> + 'static,
    ) -> Result<T, Operation<R>> {
        let outcome = Rc::new(RefCell::new(None));
        let slot = Rc::clone(&outcome);
        let clock = Rc::clone(&self.clock);
        let by = self.actor.borrow().clone();
        let act = move |workspace: &Workspace| {
            let now = clock.now();
            let (events, answer) = match decide(workspace, now) {
                Ok((bodies, answer)) => {
                    let stamp = |body| NewEvent::Here { at: now, by: by.clone(), body };
                    (bodies.into_iter().map(stamp).collect(), Ok(answer))
                }
                Err(refusal) => (Vec::new(), Err(refusal)),
            };
            *slot.borrow_mut() = Some(answer);
            events
        };
        let appended = self.journal.append(Box::new(act)).await;
        self.tell_subscribers();
        match outcome.take() {
            Some(Err(refusal)) => Err(Operation::Refused(refusal)),
            Some(Ok(answer)) => appended.map(|_| answer).map_err(Operation::Journal),
            None => Err(Operation::Journal(
                appended
                    .err()
                    .unwrap_or_else(|| JournalError::Failed { cause: "the store did not run the act".to_owned() }),
            )),
        }
    }
}

fn last_entry(ledger: &Ledger) -> u64 {
    ledger.entries().next_back().map_or(0, |entry| entry.sequence)
}
