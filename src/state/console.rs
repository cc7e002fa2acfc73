//! The root of the state: the workspace as it stands, and the acts on it.

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use tollgate_browser::{
    JournalNotice, MirrorState, Preference as _, Theme, WorkspaceName, last_words, reload, set_root_attribute,
};
use tollgate_tokens::checked::{InvalidateCall, TokenError};
use tollgate_tokens::{
    EventId, GeneratorRegistry, GuardrailOverride, Journal as _, Operation, Refreshed, Timestamp, TokenUid, Workspace,
};

use super::lookup::Asked;
use super::questions::{Questions, is_past_undoing};
use super::refusal::refused;
use super::task::task;
use super::{Incoming, Notices, Offers, Program, Storage, VaultView, acts, sample, theme};
use crate::Services;
use crate::format;
use crate::lazy::loaded;
use crate::services::ConsoleManager;

/// How often "4 min ago" is told anew.
const TICK: Duration = Duration::from_secs(20);

/// What the pages see and do. A copy is a handle on the same state.
#[derive(Clone, Copy)]
pub struct Console {
    after: After,
    now: ReadSignal<Timestamp>,
    theme: RwSignal<String>,
    name: StoredValue<WorkspaceName>,
    /// What is looked up now.
    pub(super) asked: Asked,
    /// What just happened.
    pub notices: Notices,
    /// Where the data lies.
    pub storage: Storage,
    /// Where secrets are kept, if anywhere.
    pub vault: VaultView,
    /// The program that runs.
    pub program: Program,
    /// What the page on show offers.
    pub offers: Offers,
    /// The text from elsewhere that is looked at.
    pub incoming: Incoming,
    pub(super) questions: Questions,
    pub(super) undo: Action<(EventId, Option<GuardrailOverride>), ()>,
    find: Action<EventId, ()>,
    invalidate: Action<InvalidateCall, ()>,
    look: Action<(), ()>,
}

impl Console {
    /// Builds the state on open services and keeps it up to date.
    #[must_use]
    pub fn new(services: Rc<Services>) -> Self {
        let workspace = services.manager.journal().read(|ledger| ledger.workspace().clone());
        let (workspace, set_workspace) = signal(workspace);
        let (revision, set_revision) = signal(0);
        let (now, set_now) = signal(services.manager.now());
        let (notices, name) = (Notices::new(), StoredValue::new(services.workspace.clone()));
        let (storage, program, incoming) = (Storage::new(&services), Program::new(), Incoming::new());
        program.unsaved.watch("changes to a policy, which are not saved", move || incoming.holds_unsaved());
        let services = StoredValue::new_local(services);
        let vault = VaultView::new(services);
        let after =
            After { services, workspace, set_workspace, revision, set_revision, notices, storage, vault, program };
        let questions = Questions::new();
        let console = Self {
            after,
            now,
            theme: RwSignal::new(theme::word(Theme::load()).to_owned()),
            name,
            asked: Asked::new(),
            notices,
            storage,
            vault,
            program,
            offers: Offers::new(),
            incoming,
            questions,
            undo: task(move |call: &(EventId, Option<GuardrailOverride>)| {
                let call = call.clone();
                async move { acts::perform(notices, loaded!(acts::undo(after, call, questions))).await }
            }),
            find: task(move |act: &EventId| {
                let act = *act;
                async move { acts::perform(notices, loaded!(acts::find_and_undo(after, act, questions))).await }
            }),
            invalidate: task(move |call: &InvalidateCall| {
                let call = call.clone();
                async move { acts::perform(notices, loaded!(acts::invalidate(after, call))).await }
            }),
            look: task(move |(): &()| after.look()),
        };
        console.keep_up_to_date(set_now);
        if let Some(words) = last_words() {
            notices.done(words, None);
        }
        console
    }

    /// Where the app's other state structs get their handle.
    pub(super) fn after(self) -> After {
        self.after
    }

    /// The workspace as the durable events add up to it.
    #[must_use]
    pub fn workspace(self) -> ReadSignal<Workspace> {
        self.after.workspace
    }

    /// Counts up with every change of the journal.
    #[must_use]
    pub fn revision(self) -> ReadSignal<u64> {
        self.after.revision
    }

    /// The present instant, told anew three times a minute.
    #[must_use]
    pub fn now(self) -> ReadSignal<Timestamp> {
        self.now
    }

    /// Whether the workspace is the one with sample data.
    #[must_use]
    pub fn is_sample(self) -> bool {
        self.name.with_value(sample::is_sample)
    }

    /// Packs old entries, now and then, while nobody waits for the page.
    pub(crate) fn compact_when_idle(self) {
        self.after.services.with_value(|services| services.manager.journal().compact_when_idle());
    }

    /// The generators and which of them are deprecated.
    #[must_use]
    pub fn registry(self) -> GeneratorRegistry {
        let settings = self.after.workspace.with(|workspace| workspace.settings().clone());
        self.after.services.with_value(|services| settings.apply(services.manager.registry()))
    }

    /// The word for light, dark, or as the system has it.
    #[must_use]
    pub fn theme(self) -> Signal<String> {
        self.theme.into()
    }

    /// Chooses the theme that a word names, now and for the next time.
    pub fn set_theme(self, word: &str) {
        let theme = theme::named(word);
        let word = theme::word(theme);
        set_root_attribute("data-theme", word);
        self.theme.set(word.to_owned());
        if let Err(error) = theme.store() {
            self.notices.failed(format!("The theme holds until this page is closed: {error}"));
        }
    }

    /// Invalidates what a call picks.
    pub fn invalidate(self, call: InvalidateCall) {
        self.invalidate.dispatch(call);
    }

    /// Whether an invalidation is on its way to the store.
    #[must_use]
    pub fn is_invalidating(self) -> Signal<bool> {
        self.invalidate.pending().into()
    }

    /// Undoes an act; one that took tokens out of use is asked about first.
    pub fn undo(self, act: EventId) {
        match self.after.held(act) {
            Some(entry) => match self.after.brought_back(&entry) {
                Some(question) => self.questions.bring_back.set(Some(question)),
                None => self.undo_now(act, None),
            },
            None => {
                self.find.dispatch(act);
            }
        }
    }

    /// Undoes the act that the newest notice offers to undo, if there is one.
    pub fn undo_newest(self) {
        if let Some(act) = self.notices.newest_undo() {
            self.undo(act);
        }
    }

    /// Opens the other workspace: sample data, or the user's own.
    pub fn switch_workspace(self) {
        let other = if self.is_sample() { WorkspaceName::default() } else { sample::name() };
        match other.store() {
            Ok(()) => reload(),
            Err(error) => self.notices.failed(format!("The workspace cannot be switched: {error}")),
        }
    }

    /// Removes the sample data in one act and goes back to the user's own workspace.
    pub fn remove_sample(self) {
        let notices = self.notices;
        let remove = task(move |(): &()| async move {
            acts::perform(notices, loaded!(acts::remove_sample(notices))).await;
        });
        remove.dispatch(());
    }

    fn keep_up_to_date(self, set_now: WriteSignal<Timestamp>) {
        let after = self.after;
        let ticking = set_interval_with_handle(
            move || {
                after.services.try_with_value(|services| set_now.set(services.manager.now()));
            },
            TICK,
        );
        if let Ok(handle) = ticking {
            on_cleanup(move || handle.clear());
        }
        let look = self.look;
        after.services.with_value(|services| {
            let heard = move |notice: JournalNotice| match notice {
                JournalNotice::News => {
                    // The journal has read on already; what it read is shown at once.
                    after.publish(&after.services().manager);
                    look.dispatch(());
                }
                JournalNotice::Closed { cause } => self.notices.failed(format!(
                    "The database was closed or deleted under this page ({cause}). Reload before you go on."
                )),
                JournalNotice::VersionChange => {
                    self.notices.failed("Another tab upgrades or removes this workspace. Reload this one to go on.");
                }
                JournalNotice::Replaced => {
                    self.notices.failed(
                        "Another tab put an import in the place of this workspace. Reload this one to go on: what you see here is no longer what is kept.",
                    );
                }
                JournalNotice::Mirror(mirror) => {
                    if let MirrorState::Failed { cause } = &mirror {
                        self.notices.failed(format!(
                            "The second copy of the journal cannot be written ({cause}). What you do is in the database alone until you reload."
                        ));
                    }
                    self.storage.set_mirror(mirror);
                }
                JournalNotice::Warning(warning) => self.storage.warn(warning),
            };
            services.manager.journal().on_change(Box::new(heard));
            if let Some(tabs) = services.manager.journal().tabs() {
                let storage = self.storage;
                tabs.on_count(Box::new(move |count| storage.set_tabs(count)));
            }
        });
        look.dispatch(());
    }
}

/// What every act needs afterwards: the services, and the signals that its outcome goes to.
#[derive(Clone, Copy)]
pub(super) struct After {
    pub(super) services: StoredValue<Rc<Services>, LocalStorage>,
    pub(super) workspace: ReadSignal<Workspace>,
    set_workspace: WriteSignal<Workspace>,
    pub(super) revision: ReadSignal<u64>,
    set_revision: WriteSignal<u64>,
    pub(super) notices: Notices,
    pub(super) storage: Storage,
    pub(super) vault: VaultView,
    pub(super) program: Program,
}

impl After {
    /// The services, to be held across an await.
    pub(super) fn services(self) -> Rc<Services> {
        self.services.get_value()
    }

    /// Shows the state that the journal has now.
    pub(super) fn publish(self, manager: &ConsoleManager) {
        manager.journal().read(|ledger| {
            self.set_workspace.try_set(ledger.workspace().clone());
        });
        self.set_revision.try_update(|revision| *revision += 1);
    }

    /// Sorts an outcome: a refusal is the caller's to show, a failure of the store is everybody's.
    pub(super) fn settle<T, R>(self, outcome: Result<T, Operation<R>>) -> Option<Result<T, R>> {
        self.publish(&self.services().manager);
        match outcome {
            Ok(answer) => {
                self.storage.saved();
                Some(Ok(answer))
            }
            Err(Operation::Refused(refusal)) => Some(Err(refusal)),
            Err(Operation::Journal(error)) => {
                self.notices.failed(refused("Not saved", &error));
                self.storage.report(error);
                None
            }
        }
    }

    pub(super) async fn undo(self, act: EventId, overrides: Option<GuardrailOverride>, questions: Questions) {
        let services = self.services();
        let outcome = services.manager.undo_past(act, overrides).await;
        match self.settle(outcome) {
            Some(Ok(count)) => {
                let words = format::plural(count as u64, "token is", "tokens are");
                self.notices.withdraw(act);
                self.notices.done(format!("{words} as before"), None);
            }
            Some(Err(TokenError::Guardrails(breaches))) => self.ask_past(act, &breaches, questions),
            Some(Err(refusal)) => {
                if is_past_undoing(&refusal) {
                    self.notices.withdraw(act);
                }
                self.notices.failed(refused("Nothing was undone", &refusal));
            }
            None => {}
        }
    }

    /// Invalidates what a call picks, says so, and tells whether it was done.
    pub(super) async fn invalidate(self, call: InvalidateCall) -> Outcome {
        let services = self.services();
        let outcome = services.manager.invalidate(call).await;
        match self.settle(outcome) {
            Some(Ok(done)) => {
                let words = format::plural(done.tokens.len() as u64, "token", "tokens");
                let act = done.tokens.first().and_then(|uid| self.invalidation_of(*uid));
                self.notices.done(format!("{words} invalidated"), act);
                Outcome::Done
            }
            Some(Err(refusal)) => {
                self.notices.failed(refused("Nothing was invalidated", &refusal));
                Outcome::Failed
            }
            None => Outcome::Failed,
        }
    }

    /// The act that invalidated a token.
    fn invalidation_of(self, uid: TokenUid) -> Option<EventId> {
        self.workspace.with_untracked(|workspace| workspace.token(uid).and_then(|token| token.invalidated_by))
    }

    /// Reads what other tabs wrote, and what the browser says about the store.
    async fn look(self) {
        let services = self.services();
        match services.manager.refresh().await {
            Ok(Refreshed::Changed) => self.publish(&services.manager),
            Ok(Refreshed::Unchanged) => {}
            Err(error) => self.storage.report(error),
        }
        self.storage.look().await;
        if let Some(tabs) = services.manager.journal().tabs() {
            self.storage.set_tabs(tabs.count_again().await);
        }
    }
}

/// Whether an act was done; if not, a notice has said why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It was.
    Done,
    /// It was not.
    Failed,
}
