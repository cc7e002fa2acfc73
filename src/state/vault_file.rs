//! Taking a saved vault back in: the file is read, opened with its passphrase and compared with the tokens that are here,
//! and only then are its secrets put into the vault.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use tollgate_browser::{
    AutoLock, OpenedVaultFile, Passphrase, PickedFile, Preference as _, VaultError, VaultFile, VaultStanding, next_turn,
};
use tollgate_tokens::{SecretsPlan, TokenDigest, TokenUid};

use super::Console;
use super::console::After;
use super::preview::Preview;
use super::refusal::{refused, why};
use super::task::task;
use super::vault_file_words::{not_opened, sentences, taken_in};
use crate::format;

/// How many secrets are compared between two looks at the page.
const PORTION: usize = 100;

/// The digest of each secret of a file; none for one that does not open.
type Offered = BTreeMap<TokenUid, Option<TokenDigest>>;

/// How far a file has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum VaultFileStage {
    /// No file is picked.
    #[default]
    Idle,
    /// A file is being read.
    Reading {
        /// Its name.
        name: String,
    },
    /// The file is refused, and nothing was changed.
    Refused {
        /// Its name.
        name: String,
        /// Why, and what to do.
        why: String,
    },
    /// The file is a vault: its passphrase is asked for.
    Sealed {
        /// Its name.
        name: String,
        /// How many secrets are in it.
        secrets: usize,
    },
    /// The file is open: what would become of its secrets is shown.
    Opened {
        /// Its name.
        name: String,
    },
}

/// What is asked about a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VaultFileStep {
    /// The passphrase that it was saved under.
    Passphrase,
    /// Whether its secrets shall be taken in.
    Plan,
}

/// A saved vault on its way back.
#[derive(Clone, Copy)]
pub struct VaultFileForm {
    taking: Taking,
    plan: Memo<SecretsPlan>,
    read: Action<(), ()>,
    open: Action<(), ()>,
    take: Action<(), ()>,
    on_unlocked: Callback<()>,
}

/// What taking a file in moves.
#[derive(Clone, Copy)]
struct Taking {
    after: After,
    stage: RwSignal<VaultFileStage>,
    error: RwSignal<String>,
    /// How many secrets were compared.
    compared: RwSignal<usize>,
    offered: RwSignal<Offered>,
    picked: StoredValue<Option<PickedFile>, LocalStorage>,
    file: StoredValue<Option<VaultFile>>,
    /// Holds the file's key, for as long as the question is open.
    opened: StoredValue<Option<Rc<OpenedVaultFile>>, LocalStorage>,
    /// Counts the files that were picked: what an earlier one gives is dropped.
    attempt: StoredValue<u64>,
}

impl VaultFileStage {
    fn name(&self) -> &str {
        match self {
            Self::Idle => "",
            Self::Reading { name } | Self::Refused { name, .. } | Self::Sealed { name, .. } | Self::Opened { name } => {
                name
            }
        }
    }

    fn step(&self) -> Option<VaultFileStep> {
        match self {
            Self::Idle | Self::Reading { .. } | Self::Refused { .. } => None,
            Self::Sealed { .. } => Some(VaultFileStep::Passphrase),
            Self::Opened { .. } => Some(VaultFileStep::Plan),
        }
    }
}

impl VaultFileForm {
    /// The input of the file's passphrase. What is typed never becomes part of the state.
    pub const PASSPHRASE: &'static str = "vault-file-passphrase";

    /// No file yet.
    #[must_use]
    pub fn new(console: Console) -> Self {
        let after = console.after();
        let taking = Taking {
            after,
            stage: RwSignal::new(VaultFileStage::Idle),
            error: RwSignal::new(String::new()),
            compared: RwSignal::new(0),
            offered: RwSignal::new(Offered::new()),
            picked: StoredValue::new_local(None),
            file: StoredValue::new(None),
            opened: StoredValue::new_local(None),
            attempt: StoredValue::new(0),
        };
        let plan = Memo::new(move |_| taking.plan());
        let take = task(move |(): &()| taking.take(plan));
        let on_unlocked = Callback::new(move |()| {
            take.dispatch(());
        });
        Self {
            taking,
            plan,
            read: task(move |(): &()| taking.read()),
            open: task(move |(): &()| taking.open()),
            take,
            on_unlocked,
        }
    }

    /// How far it has come.
    #[must_use]
    pub fn stage(self) -> Signal<VaultFileStage> {
        self.taking.stage.into()
    }

    /// What is asked now, if anything is.
    #[must_use]
    pub fn step(self) -> Memo<Option<VaultFileStep>> {
        Memo::new(move |_| self.taking.stage.with(VaultFileStage::step))
    }

    /// What is asked, in words.
    #[must_use]
    pub fn title(self) -> Signal<String> {
        Signal::derive(move || self.taking.stage.with(|stage| format!("Take in {}?", stage.name())))
    }

    /// How many secrets are in the file, in words.
    #[must_use]
    pub fn holds(self) -> String {
        let secrets = |secrets: usize| format::plural(secrets as u64, "secret is", "secrets are");
        self.taking.stage.with(|stage| match stage {
            VaultFileStage::Sealed { secrets: count, .. } => format!("{} in the file, sealed.", secrets(*count)),
            _ => String::new(),
        })
    }

    /// What would become of the secrets, in sentences.
    #[must_use]
    pub fn sentences(self) -> Vec<String> {
        let standing = self.taking.after.vault.standing().get();
        self.plan.with(|plan| sentences(plan, standing))
    }

    /// The tokens whose secrets would be taken in.
    #[must_use]
    pub fn changes(self) -> Preview {
        let workspace = self.taking.after.workspace;
        self.plan.with(|plan| workspace.with(|workspace| Preview::of_secrets(workspace, &plan.fitting)))
    }

    /// How many secrets would be taken in.
    #[must_use]
    pub fn fitting(self) -> usize {
        self.plan.with(|plan| plan.fitting.len())
    }

    /// Why the last try was refused; empty when it was not.
    #[must_use]
    pub fn error(self) -> Signal<String> {
        self.taking.error.into()
    }

    /// Whether something is under way.
    #[must_use]
    pub fn is_pending(self) -> Signal<bool> {
        let (read, open, take) = (self.read.pending(), self.open.pending(), self.take.pending());
        Signal::derive(move || read.get() || open.get() || take.get())
    }

    /// What is under way while the file is opened, in words; empty while nothing is.
    #[must_use]
    pub fn progress(self) -> String {
        match (self.open.pending().get(), self.taking.compared.get()) {
            (false, _) => String::new(),
            (true, 0) => "Making the key…".to_owned(),
            (true, compared) => format!("Comparing, {} so far…", format::count(compared)),
        }
    }

    /// Reads the file that was picked in an input.
    pub fn pick(self, event: &ev::Event) {
        if let Some(file) = PickedFile::of(event) {
            self.taking.picked.set_value(Some(file));
            self.read.dispatch(());
        }
    }

    /// Opens the file with the passphrase that was typed, and compares what is in it.
    pub fn open(self) {
        if !self.open.pending().get_untracked() {
            self.taking.error.set(String::new());
            self.open.dispatch(());
        }
    }

    /// Takes in what [`sentences`](Self::sentences) says, once the vault is unlocked where there is one.
    pub fn take_in(self) {
        if self.take.pending().get_untracked() || self.plan.with_untracked(|plan| plan.fitting.is_empty()) {
            return;
        }
        self.taking.error.set(String::new());
        let vault = self.taking.after.vault;
        match vault.standing_now() {
            VaultStanding::Absent => self.on_unlocked.run(()),
            VaultStanding::Locked | VaultStanding::Unlocked => vault.when_unlocked(self.on_unlocked),
        }
    }

    /// Thinks better of it; nothing was changed.
    pub fn cancel(self) {
        self.taking.cancel();
    }
}

impl Taking {
    /// Drops what is being read, and the key of what was opened, and gives the number of what comes now.
    fn begin(self) -> u64 {
        self.attempt.update_value(|attempt| *attempt += 1);
        self.file.set_value(None);
        self.opened.set_value(None);
        self.offered.set(Offered::new());
        self.error.set(String::new());
        self.compared.set(0);
        self.attempt.get_value()
    }

    fn cancel(self) {
        self.begin();
        self.stage.set(VaultFileStage::Idle);
    }

    fn is_current(self, attempt: u64) -> bool {
        self.attempt.try_with_value(|current| *current == attempt) == Some(true)
    }

    /// What would become of the secrets here and now.
    fn plan(self) -> SecretsPlan {
        let After { workspace, vault, .. } = self.after;
        self.offered.with(|offered| {
            workspace.with(|workspace| vault.with_kept(|kept| SecretsPlan::new(workspace, kept, offered)))
        })
    }

    async fn read(self) {
        let Some(file) = self.picked.try_update_value(Option::take).flatten() else { return };
        let (name, attempt) = (file.name(), self.begin());
        self.stage.set(VaultFileStage::Reading { name: name.clone() });
        let read = read_file(&file).await;
        if !self.is_current(attempt) {
            return;
        }
        let stage = match read {
            Ok(file) => {
                let secrets = file.count();
                self.file.set_value(Some(file));
                VaultFileStage::Sealed { name, secrets }
            }
            Err(why) => VaultFileStage::Refused { name, why },
        };
        self.stage.set(stage);
    }

    async fn open(self) {
        let (vault, file) = (self.after.vault.open_vault(), self.file.try_get_value().flatten());
        let (Some(vault), Some(file), Some(attempt)) = (vault, file, self.attempt.try_get_value()) else { return };
        let opened = match Passphrase::typed(VaultFileForm::PASSPHRASE) {
            Ok(passphrase) => vault.open_file(&file, passphrase).await,
            Err(refusal) => Err(refusal),
        };
        let compared = match opened {
            Ok(opened) => self.compare(&opened, attempt).await.map(|offered| (opened, offered)),
            Err(refusal) => Err(refusal),
        };
        if !self.is_current(attempt) {
            return;
        }
        self.compared.set(0);
        match compared {
            Ok((opened, offered)) => {
                self.opened.set_value(Some(Rc::new(opened)));
                self.offered.set(offered);
                self.stage.update(|stage| *stage = VaultFileStage::Opened { name: stage.name().to_owned() });
                self.leave_later(attempt);
            }
            Err(error) => self.error.set(not_opened(&error)),
        }
    }

    /// Closes a question that nobody answers, for as long as a vault may stay unlocked without use.
    fn leave_later(self, attempt: u64) {
        let stays = Duration::from_secs(60 * u64::from(AutoLock::load().minutes()));
        let leave = move || {
            if self.is_current(attempt) {
                self.cancel();
            }
        };
        set_timeout(leave, stays);
    }

    async fn compare(self, opened: &OpenedVaultFile, attempt: u64) -> Result<Offered, VaultError> {
        let mut offered = Offered::new();
        for (done, uid) in opened.uids().enumerate() {
            if done.is_multiple_of(PORTION) {
                self.compared.try_set(done);
                next_turn().await;
                if !self.is_current(attempt) {
                    break;
                }
            }
            offered.insert(uid, opened.digest(uid).await?);
        }
        Ok(offered)
    }

    async fn take(self, plan: Memo<SecretsPlan>) {
        let uids = plan.try_get_untracked().map(|plan| plan.fitting).unwrap_or_default();
        let (vault, opened) = (self.after.vault.open_vault(), self.opened.try_get_value().flatten());
        let (Some(vault), Some(opened), Some(attempt)) = (vault, opened, self.attempt.try_get_value()) else { return };
        let standing = self.after.vault.standing_now();
        let taken = match standing {
            VaultStanding::Absent => vault.adopt(&opened, &uids).await,
            VaultStanding::Locked | VaultStanding::Unlocked => vault.take_in(&opened, &uids).await,
        };
        match taken {
            Ok(count) => {
                if self.is_current(attempt) {
                    self.cancel();
                }
                self.after.notices.done(taken_in(count, standing), None);
                self.after.storage.ask_to_persist().await;
            }
            // A notice could not be seen behind the question.
            Err(error) if self.is_current(attempt) => self.error.set(why(&error)),
            Err(error) => self.after.notices.failed(refused("No secret was taken in", &error)),
        }
    }
}

async fn read_file(file: &PickedFile) -> Result<VaultFile, String> {
    if file.size() > VaultFile::MOST_BYTES {
        let (size, most) = (format::bytes(file.size()), format::bytes(VaultFile::MOST_BYTES));
        return Err(format!("the file has {size}, and files of at most {most} are read"));
    }
    let text = file.text().await.map_err(|error| error.to_string())?;
    VaultFile::read(&text).map_err(|error| why(&error))
}
