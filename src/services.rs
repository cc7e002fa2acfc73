//! The composition root: the one place where the ports of the crates meet the browser.

use std::pin::Pin;
use std::rc::Rc;

use tollgate_browser::{
    Actor, AnyJournal, OsEntropy, PolicyWorker, Preference as _, RareParts, StartWarning, StoreKind, SystemClock,
    Vault, WorkspaceName, identity, open_journal_in_parts, tell_scripts,
};
use tollgate_tokens::{Clock, EntropyError, GeneratorRegistry, JournalError, Manager, MemoryJournal, Subscription};

use crate::lazy::{NotLoaded, loaded};
use crate::state::{FirstLook, sample};

/// The manager that the console works with; its clock is the system's, or set to the past while sample data is made.
pub type ConsoleManager = Manager<AnyJournal, Rc<dyn Clock>, OsEntropy>;

/// Everything that the state calls.
pub struct Services {
    /// The token manager on this workspace's journal.
    pub manager: ConsoleManager,
    /// Checks large policy texts off the main thread.
    pub policy_worker: PolicyWorker,
    /// The vault of this workspace, if there is one.
    pub vault: Vault,
    /// Which workspace is open.
    pub workspace: WorkspaceName,
    /// What the store said when it was opened.
    pub warnings: Vec<StartWarning>,
    /// Keeps scripts on the page told of what happens to tokens.
    pub scripts: Subscription,
}

/// Why the console cannot start.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StartError {
    /// The journal cannot be opened.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// There is no randomness to name this browser with.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
    /// A part of the program is missing.
    #[error(transparent)]
    NotLoaded(#[from] NotLoaded),
}

impl StartError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::Journal(error) => error.help(),
            Self::Entropy(_) => "reload the page in a current browser",
            Self::NotLoaded(error) => error.help(),
        }
    }
}

/// Opens the workspace that was chosen last and puts the services together. Where there is a snapshot, `show` gets a
/// first look at its newest tokens long before that is done.
///
/// # Errors
///
/// [`StartError`] when neither store can be had, or there is no randomness.
pub async fn open(show: impl FnOnce(FirstLook)) -> Result<Rc<Services>, StartError> {
    let workspace = WorkspaceName::load();
    let identity = identity(workspace.as_str(), &OsEntropy)?;
    let load = async || loaded!(rare_parts()).map_err(|error| error.to_string());
    let show = (FirstLook::ROWS, move |glance| show(FirstLook::new(glance)));
    let opened = open_journal_in_parts(workspace.as_str(), identity, load, show).await?;
    let manager = manager_on(opened.journal);
    manager.set_actor(Actor::load().name());
    let scripts = manager.subscribe(tell_scripts);
    let warnings = opened.warnings;
    let (policy_worker, vault) = (PolicyWorker::new(), Vault::new(workspace.as_str()));
    let services = Rc::new(Services { manager, policy_worker, vault, workspace, warnings, scripts });
    if sample::is_sample(&services.workspace) {
        loaded!(fill_with_sample(Rc::clone(&services)))?.await?;
    }
    Ok(services)
}

#[cfg_attr(feature = "split", leptos::wasm_split::wasm_split(rest, fallible, wasm_split_path = leptos::wasm_split))]
fn rare_parts() -> Result<RareParts, NotLoaded> {
    Ok(RareParts::here())
}

#[cfg_attr(feature = "split", leptos::wasm_split::wasm_split(rest, fallible, wasm_split_path = leptos::wasm_split))]
fn fill_with_sample(services: Rc<Services>) -> Result<Filling, NotLoaded> {
    Ok(Box::pin(async move { sample::fill(services.manager.journal(), services.manager.now()).await }))
}

type Filling = Pin<Box<dyn Future<Output = Result<(), JournalError>>>>;

impl Services {
    /// Services on a journal in memory, for tests that mount pages without a store.
    #[must_use]
    pub fn in_memory(journal: MemoryJournal) -> Rc<Self> {
        let manager = manager_on(AnyJournal::Memory(Rc::new(journal)));
        let scripts = manager.subscribe(tell_scripts);
        let workspace = WorkspaceName::default();
        let (policy_worker, vault) = (PolicyWorker::new(), Vault::new(workspace.as_str()));
        Rc::new(Self { manager, policy_worker, vault, workspace, warnings: Vec::new(), scripts })
    }

    /// Where the journal lies.
    #[must_use]
    pub fn store_kind(&self) -> StoreKind {
        self.manager.journal().kind()
    }
}

fn manager_on(journal: AnyJournal) -> ConsoleManager {
    let clock: Rc<dyn Clock> = Rc::new(SystemClock);
    Manager::new(journal, Rc::new(clock), Rc::new(OsEntropy), GeneratorRegistry::built_in())
}
