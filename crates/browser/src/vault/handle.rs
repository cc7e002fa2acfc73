//! The vault as the page uses it: made, unlocked, locked; secrets put in, taken out and removed.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeSet;
use std::rc::{Rc, Weak};

use gloo_timers::callback::Interval;
use tollgate_tokens::{Clock as _, Timestamp, TokenSecret, TokenUid};
use zeroize::{Zeroize as _, Zeroizing};

use super::VaultError;
use super::auto_lock::{AutoLock, Sight, Use};
use super::cipher::Key;
use super::js_bytes::JsBytes;
use super::kdf::KdfParameters;
use super::passphrase::Passphrase;
use super::record::{Header, KNOWN_TEXT, Sealed, VaultId, draw_nonce};
use super::watch::{VaultNews, Watch};
use super::worker_client::{Making, key_by_worker};
use super::worker_server::key_in_thread;
use crate::clock::SystemClock;
use crate::entropy::OsEntropy;
use crate::idb::vault::{self as database, Change, Stored};
use crate::locks::{self, Guard};
use crate::preferences::Preference as _;

/// How often it is looked whether the time is up.
const LOOK_MILLIS: u32 = 5_000;

/// Makes a key of a passphrase.
type KeyMaker = fn(Passphrase, KdfParameters) -> Making;

/// The vault of a workspace, in the IndexedDB database `tollgate-vault-<workspace>`. A clone is another handle on it.
///
/// Each tab unlocks for itself, and holds the key until it is locked. One tab at a time changes what lies there.
#[derive(Clone)]
pub struct Vault {
    pub(super) shared: Rc<Shared>,
}

/// How a vault stands in this tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VaultStanding {
    /// There is none.
    Absent,
    /// Nothing can be put in or taken out.
    Locked,
    /// This tab holds the key.
    Unlocked,
}

/// What can be said of a vault without its passphrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VaultSurvey {
    /// How it stands.
    pub standing: VaultStanding,
    /// The tokens whose secrets are in it.
    pub kept: BTreeSet<TokenUid>,
}

pub(super) struct Shared {
    workspace: String,
    /// `None` is the worker's way; a page that only says how its vault stands then does not carry it.
    make_key: Option<KeyMaker>,
    unlocked: RefCell<Option<Unlocked>>,
    used: Cell<Use>,
    watch: OnceCell<Watch>,
}

struct Unlocked {
    key: Key,
    header: Header,
    _clock: Interval,
}

impl Vault {
    /// A handle on a workspace's vault, whether there is one or not. Nothing is read yet.
    #[must_use]
    pub fn new(workspace: &str) -> Self {
        Self::with(workspace, None)
    }

    /// A handle that makes keys in this thread, which stands still meanwhile: for places without workers, as in tests.
    #[must_use]
    pub fn in_thread(workspace: &str) -> Self {
        Self::with(workspace, Some(key_in_thread))
    }

    fn with(workspace: &str, make_key: Option<KeyMaker>) -> Self {
        let used = Use { last: Timestamp::default(), hidden_since: None };
        let shared = Shared {
            workspace: workspace.to_owned(),
            make_key,
            unlocked: RefCell::new(None),
            used: Cell::new(used),
            watch: OnceCell::new(),
        };
        Self { shared: Rc::new(shared) }
    }

    /// Hears other tabs, and locks when the page goes. The listener is told what happened here and there; a second
    /// call changes nothing.
    pub fn watch(&self, listener: Box<dyn Fn(VaultNews)>) {
        let _ = self.shared.watch.get_or_init(|| Watch::new(&self.shared, listener));
    }

    /// Whether this tab holds the key.
    #[must_use]
    pub fn is_unlocked(&self) -> bool {
        self.shared.unlocked.borrow().is_some()
    }

    /// Reads what can be said without the passphrase. Linear in what lies there.
    ///
    /// # Errors
    ///
    /// [`VaultError::Store`] with the browser's reason.
    pub async fn survey(&self) -> Result<VaultSurvey, VaultError> {
        let Some(stored) = database::read(&self.shared.workspace).await? else {
            return Ok(VaultSurvey { standing: VaultStanding::Absent, kept: BTreeSet::new() });
        };
        let standing = if self.is_unlocked() { VaultStanding::Unlocked } else { VaultStanding::Locked };
        // A name that is no token's was not written by us, and nothing is to be had of it.
        let kept = stored.secrets.keys().filter_map(|name| name.parse().ok()).collect();
        Ok(VaultSurvey { standing, kept })
    }

    /// Makes the vault and unlocks it. Takes about a second, as unlocking does.
    ///
    /// # Errors
    ///
    /// [`VaultError::Exists`] where there is one, or what the browser refused.
    pub async fn create(&self, passphrase: Passphrase) -> Result<(), VaultError> {
        let _turn = self.turn().await;
        if database::read(&self.shared.workspace).await?.is_some() {
            return Err(VaultError::Exists);
        }
        let (header, key) = self.fresh(passphrase, VaultId::draw(&OsEntropy)?).await?;
        database::write(&self.shared.workspace, &[Change::Header(header.to_bytes()?)]).await?;
        self.shared.hold(key, header);
        self.shared.say(VaultNews::Changed);
        Ok(())
    }

    /// Unlocks the vault in this tab.
    ///
    /// # Errors
    ///
    /// [`VaultError::WrongPassphrase`], [`VaultError::Absent`], [`VaultError::Unreadable`] for a header that was
    /// changed, or what the browser refused.
    pub async fn unlock(&self, passphrase: Passphrase) -> Result<(), VaultError> {
        let header = Header::from_bytes(&self.stored().await?.header)?;
        let key = self.key(passphrase, &header).await?;
        self.shared.hold(key, header);
        self.shared.tell(VaultNews::Unlocked);
        Ok(())
    }

    /// Locks the vault at once, here and in every other tab.
    pub fn lock(&self) {
        self.shared.drop_key();
        self.shared.say(VaultNews::Locked);
    }

    /// Puts the secret of a token into the vault, in place of an earlier one.
    ///
    /// # Errors
    ///
    /// [`VaultError::Locked`], [`VaultError::Replaced`] after another tab changed the passphrase, or what the browser
    /// refused.
    pub async fn seal(&self, uid: TokenUid, secret: &Zeroizing<String>) -> Result<(), VaultError> {
        let (key, header) = self.shared.held()?;
        let _turn = self.turn().await;
        self.same(&header).await?;
        let open = JsBytes::copied(secret.as_bytes());
        let sealed = key.seal(draw_nonce(&OsEntropy)?, &header.id.bound_to_token(uid), &open).await?;
        let change = Change::Secret(uid.to_string(), sealed.to_bytes());
        database::write(&self.shared.workspace, &[change]).await?;
        self.shared.say(VaultNews::Changed);
        Ok(())
    }

    /// Takes a copy of a token's secret out of the vault.
    ///
    /// # Errors
    ///
    /// [`VaultError::Locked`], [`VaultError::NotKept`], [`VaultError::Changed`] where it does not open,
    /// [`VaultError::Replaced`] after another tab changed the passphrase, or what the browser refused.
    pub async fn open(&self, uid: TokenUid) -> Result<TokenSecret, VaultError> {
        let (key, header) = self.shared.held()?;
        let stored = self.same(&header).await?;
        let bytes = stored.secrets.get(&uid.to_string()).ok_or(VaultError::NotKept)?;
        let open = opened(&key, &header.id.bound_to_token(uid), bytes).await?;
        text_of(&open).map(TokenSecret::new)
    }

    /// Removes the secrets of tokens, if they are there. Needs no key.
    ///
    /// # Errors
    ///
    /// [`VaultError::Store`] with the browser's reason; then nothing was removed.
    pub async fn remove(&self, uids: &[TokenUid]) -> Result<(), VaultError> {
        let _turn = self.turn().await;
        if database::read(&self.shared.workspace).await?.is_none() {
            return Ok(());
        }
        let changes: Vec<Change> = uids.iter().map(|uid| Change::Remove(uid.to_string())).collect();
        database::write(&self.shared.workspace, &changes).await?;
        self.shared.say(VaultNews::Changed);
        Ok(())
    }

    /// Seals everything anew under another passphrase, with another salt and the parameters of a new vault, in one
    /// transaction. Other tabs are locked.
    ///
    /// # Errors
    ///
    /// [`VaultError::WrongPassphrase`], [`VaultError::Changed`] where one secret does not open, or what the browser
    /// refused. Then nothing was changed.
    pub async fn change_passphrase(&self, current: Passphrase, new: Passphrase) -> Result<(), VaultError> {
        let _turn = self.turn().await;
        let stored = self.stored().await?;
        let old_header = Header::from_bytes(&stored.header)?;
        let old_key = self.key(current, &old_header).await?;
        let (header, key) = self.fresh(new, old_header.id).await?;
        let mut changes = vec![Change::Header(header.to_bytes()?)];
        for (name, bytes) in stored.secrets {
            let Ok(uid) = name.parse::<TokenUid>() else { continue };
            let bound_to = header.id.bound_to_token(uid);
            let open = opened(&old_key, &bound_to, &bytes).await?;
            let sealed = key.seal(draw_nonce(&OsEntropy)?, &bound_to, &open).await?;
            changes.push(Change::Secret(name, sealed.to_bytes()));
        }
        database::write(&self.shared.workspace, &changes).await?;
        // The others hold a key that opens nothing any more.
        self.lock();
        self.shared.hold(key, header);
        self.shared.say(VaultNews::Changed);
        Ok(())
    }

    /// Deletes the vault with everything in it. Needs no key; does nothing where there is none.
    ///
    /// # Errors
    ///
    /// [`VaultError::Store`] with the browser's reason.
    pub async fn delete(&self) -> Result<(), VaultError> {
        let _turn = self.turn().await;
        database::delete(&self.shared.workspace).await?;
        self.lock();
        self.shared.say(VaultNews::Changed);
        Ok(())
    }

    /// The name of the workspace.
    pub(super) fn workspace(&self) -> &str {
        &self.shared.workspace
    }

    /// Tells this page and the other tabs.
    pub(super) fn say(&self, news: VaultNews) {
        self.shared.say(news);
    }

    /// Waits until no other tab changes the vault.
    pub(super) async fn turn(&self) -> Guard {
        locks::acquire(&format!("tollgate-vault-{}", self.shared.workspace)).await
    }

    async fn stored(&self) -> Result<Stored, VaultError> {
        database::read(&self.shared.workspace).await?.ok_or(VaultError::Absent)
    }

    /// What lies there, if it is still the vault that was unlocked. If it is another one, the key is of no use.
    pub(super) async fn same(&self, header: &Header) -> Result<Stored, VaultError> {
        let stored = database::read(&self.shared.workspace).await?;
        match stored {
            Some(stored) if Header::from_bytes(&stored.header).as_ref() == Ok(header) => Ok(stored),
            other => {
                self.shared.drop_key();
                self.shared.tell(VaultNews::Locked);
                Err(if other.is_some() { VaultError::Replaced } else { VaultError::Absent })
            }
        }
    }

    /// The key of the vault, if the passphrase is its own.
    pub(super) async fn key(&self, passphrase: Passphrase, header: &Header) -> Result<Key, VaultError> {
        let key = self.make_key(passphrase, header.parameters).await?;
        match key.open(&header.id.bound_to_vault(), &header.verifier).await? {
            Some(known) if known.to_bytes().as_slice() == KNOWN_TEXT => Ok(key),
            _ => Err(VaultError::WrongPassphrase),
        }
    }

    fn make_key(&self, passphrase: Passphrase, parameters: KdfParameters) -> Making {
        self.shared.make_key.unwrap_or(key_by_worker)(passphrase, parameters)
    }

    /// A new key for a vault, and the header that goes with it.
    async fn fresh(&self, passphrase: Passphrase, id: VaultId) -> Result<(Header, Key), VaultError> {
        let parameters = KdfParameters::draw(&OsEntropy)?;
        let key = self.make_key(passphrase, parameters).await?;
        let known = JsBytes::copied(KNOWN_TEXT);
        let verifier = key.seal(draw_nonce(&OsEntropy)?, &id.bound_to_vault(), &known).await?;
        Ok((Header { id, parameters, verifier }, key))
    }
}

impl Shared {
    /// The name of the workspace.
    pub(super) fn workspace(&self) -> &str {
        &self.workspace
    }

    /// Forgets the key: from now on nothing can be opened in this tab.
    pub(super) fn drop_key(&self) {
        self.unlocked.take();
    }

    /// Tells this page only.
    pub(super) fn tell(&self, news: VaultNews) {
        if let Some(watch) = self.watch.get() {
            watch.tell(news);
        }
    }

    /// The page went out of sight, or came back.
    pub(super) fn note_sight(&self, sight: Sight) {
        // Back again, it is looked how long that was, before anything can be opened.
        self.lock_if_over();
        let hidden_since = match sight {
            Sight::Seen => None,
            Sight::Hidden => Some(SystemClock.now()),
        };
        self.used.set(Use { hidden_since, ..self.used.get() });
    }

    /// Tells this page and the other tabs.
    fn say(&self, news: VaultNews) {
        if let Some(watch) = self.watch.get() {
            watch.say(news);
            watch.tell(news);
        }
    }

    pub(super) fn hold(self: &Rc<Self>, key: Key, header: Header) {
        self.used.set(Use { last: SystemClock.now(), ..self.used.get() });
        let shared: Weak<Self> = Rc::downgrade(self);
        let clock = Interval::new(LOOK_MILLIS, move || {
            if let Some(shared) = shared.upgrade() {
                shared.lock_if_over();
            }
        });
        self.unlocked.replace(Some(Unlocked { key, header, _clock: clock }));
    }

    /// The key, which is in use from now on.
    pub(super) fn held(&self) -> Result<(Key, Header), VaultError> {
        self.lock_if_over();
        let unlocked = self.unlocked.borrow();
        let Unlocked { key, header, .. } = unlocked.as_ref().ok_or(VaultError::Locked)?;
        self.used.set(Use { last: SystemClock.now(), ..self.used.get() });
        Ok((key.clone(), header.clone()))
    }

    fn lock_if_over(&self) {
        let is_unlocked = self.unlocked.borrow().is_some();
        if is_unlocked && self.used.get().is_over(AutoLock::load(), SystemClock.now()) {
            self.drop_key();
            self.tell(VaultNews::Locked);
        }
    }
}

/// Opens sealed bytes as they lie in a vault.
pub(super) async fn opened(key: &Key, bound_to: &[u8], bytes: &[u8]) -> Result<JsBytes, VaultError> {
    let sealed = Sealed::from_bytes(bytes).ok_or(VaultError::Changed)?;
    key.open(bound_to, &sealed).await?.ok_or(VaultError::Changed)
}

/// The text of a secret. It is not copied on the way from bytes, and what is no text is zeroed.
pub(super) fn text_of(open: &JsBytes) -> Result<String, VaultError> {
    let mut bytes = open.to_bytes();
    String::from_utf8(std::mem::take(&mut *bytes)).map_err(|error| {
        error.into_bytes().zeroize();
        VaultError::Changed
    })
}
