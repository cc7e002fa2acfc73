//! The page's side: starts the worker, hands records to it in order, and knows how the mirror stands.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::pin::Pin;

use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;
use tollgate_tokens::{RecordHash, RecordHead, StoredRecord};
use wasm_bindgen::prelude::*;

use super::file_format::{frames, pack_hashes, parse, unpack_heads};
use super::message::{BYTES, ERROR, FILE, HELD, VERB, Verb, WORKSPACE, bytes_of, sent_bytes};
use crate::cause::Cause;
use crate::trusted_types::MIRROR_WORKER_FILE;
use crate::worker::{LinkError, WorkerLink, field};

/// A worker that is silent for so long is given up, so that it holds up no append for ever.
const PATIENCE_MILLIS: u32 = 15_000;

/// How often emptying is tried while other tabs let go of their files, and the pause between.
const EMPTY_ATTEMPTS: u32 = 20;
const EMPTY_PAUSE_MILLIS: u32 = 100;

/// How the second copy of the journal stands, for what the page says about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MirrorState {
    /// What this page acknowledges is in a file as well.
    Kept {
        /// The name of this tab's file.
        file: String,
        /// How many older records are in no file yet.
        owed: u64,
    },
    /// There is none here.
    Absent {
        /// The browser's reason.
        cause: String,
    },
    /// There was one, and it cannot be written any more until the page is loaded again.
    Failed {
        /// The browser's reason.
        cause: String,
    },
}

/// What the worker answers, or why it did not.
type Answer = Pin<Box<dyn Future<Output = Result<JsValue, String>>>>;

/// Records on their way into the file; the default is none.
#[derive(Default)]
#[must_use = "nothing is acknowledged before it has arrived"]
pub(crate) struct Sent {
    /// The worker's answer, where it was asked.
    answer: Option<Answer>,
}

impl Sent {
    /// Whether anything was sent, so that it may be in the file by now.
    pub(crate) fn is_some(&self) -> bool {
        self.answer.is_some()
    }
}

/// One page's mirror. It ends with this value.
pub(crate) struct Mirror {
    link: WorkerLink,
    state: RefCell<MirrorState>,
}

impl Mirror {
    /// Starts the worker at once; what comes back waits until it has a file, and answers the heads of what all files
    /// of the workspace hold. It never fails: a mirror that cannot be had is absent, with its cause.
    pub(crate) fn open(workspace: &str) -> impl Future<Output = (Self, Vec<RecordHead>)> + use<> {
        let link = WorkerLink::new(MIRROR_WORKER_FILE);
        let opened = ask(&link, Verb::Open, (WORKSPACE, JsValue::from_str(workspace)));
        async move {
            match opened.await {
                Ok(answer) => {
                    let file = field(&answer, FILE).as_string().unwrap_or_default();
                    let state = MirrorState::Kept { file, owed: 0 };
                    (Self { link, state: RefCell::new(state) }, unpack_heads(&bytes_of(&answer)))
                }
                Err(cause) => {
                    link.end(&LinkError::Ended);
                    (Self { link, state: RefCell::new(MirrorState::Absent { cause }) }, Vec::new())
                }
            }
        }
    }

    /// How it stands.
    pub(crate) fn state(&self) -> MirrorState {
        self.state.borrow().clone()
    }

    /// Whether it takes records.
    pub(crate) fn is_kept(&self) -> bool {
        matches!(*self.state.borrow(), MirrorState::Kept { .. })
    }

    /// Notes how many older records are in no file yet.
    pub(crate) fn owe(&self, records: u64) {
        if let MirrorState::Kept { owed, .. } = &mut *self.state.borrow_mut() {
            *owed = records;
        }
    }

    /// Hands records to the worker at once; does nothing where there is no mirror.
    pub(crate) fn send(&self, records: &[StoredRecord]) -> Sent {
        if records.is_empty() || !self.is_kept() {
            return Sent::default();
        }
        let frames = frames(records.iter().map(|record| record.bytes.as_slice()));
        Sent { answer: Some(Box::pin(ask(&self.link, Verb::Append, (BYTES, sent_bytes(&frames))))) }
    }

    /// Waits until what was sent is flushed.
    ///
    /// # Errors
    ///
    /// How the mirror stands from now on, told once: it takes nothing more.
    pub(crate) async fn arrived(&self, sent: Sent) -> Result<(), MirrorState> {
        let Some(answer) = sent.answer else { return Ok(()) };
        match answer.await {
            // Ended on purpose in between.
            Err(_) if !self.is_kept() => Ok(()),
            Err(cause) => Err(self.stop(MirrorState::Failed { cause })),
            Ok(_) => Ok(()),
        }
    }

    /// Takes a record out of this page's file again that was sent and did not become durable in the database. When this
    /// returns no start finds it any more.
    ///
    /// # Errors
    ///
    /// The reason, in words: it may still be there, and the mirror takes nothing more.
    pub(crate) async fn retract(&self, sent: Sent, hash: RecordHash) -> Result<(), String> {
        if !sent.is_some() {
            return Ok(());
        }
        if !self.is_kept() {
            return Err("it was let go of meanwhile".to_owned());
        }
        // Whether it was written at all does not matter any more: the worker does one thing after the other.
        drop(sent);
        let bytes = (BYTES, sent_bytes(&pack_hashes(&BTreeSet::from([hash]))));
        match self.asked(Verb::Retract, bytes).await {
            Ok(_) => Ok(()),
            Err(cause) => {
                if self.is_kept() {
                    self.stop(MirrorState::Failed { cause: cause.clone() });
                }
                Err(cause)
            }
        }
    }

    /// The heads of what all files hold now.
    ///
    /// # Errors
    ///
    /// The reason, in words.
    pub(crate) async fn heads(&self) -> Result<Vec<RecordHead>, String> {
        Ok(unpack_heads(&self.read(Verb::Heads).await?))
    }

    /// Every whole record of all files, in no order, doubles included.
    ///
    /// # Errors
    ///
    /// The reason, in words.
    pub(crate) async fn records(&self) -> Result<Vec<StoredRecord>, String> {
        let bytes = self.read(Verb::Read).await?;
        let found = parse(&bytes).records.into_iter().filter_map(|kept| {
            let sequence = kept.head?.sequence;
            Some(StoredRecord { sequence, bytes: kept.bytes.to_vec() })
        });
        Ok(found.collect())
    }

    /// Takes records out of all files for good, and answers how many files with some of them other tabs hold.
    ///
    /// # Errors
    ///
    /// The reason, in words; some of them may be gone then.
    pub(crate) async fn discard(&self, hashes: &BTreeSet<RecordHash>) -> Result<u32, String> {
        let bytes = (BYTES, sent_bytes(&pack_hashes(hashes)));
        let answer = self.asked(Verb::Discard, bytes).await?;
        Ok(field(&answer, HELD).as_f64().map_or(0, |held| held as u32))
    }

    /// Lets go of the file, so that another tab can empty it.
    pub(crate) fn close(&self) {
        let cause = "another tab upgrades or removes the database".to_owned();
        self.stop(MirrorState::Absent { cause });
    }

    async fn read(&self, verb: Verb) -> Result<Vec<u8>, String> {
        let answer = self.asked(verb, (WORKSPACE, JsValue::UNDEFINED)).await?;
        Ok(bytes_of(&answer))
    }

    async fn asked(&self, verb: Verb, value: (&str, JsValue)) -> Result<JsValue, String> {
        if !self.is_kept() {
            return Err("there is no second copy".to_owned());
        }
        ask(&self.link, verb, value).await
    }

    fn stop(&self, state: MirrorState) -> MirrorState {
        self.state.replace(state.clone());
        self.link.end(&LinkError::Ended);
        state
    }
}

/// Empties the mirror of a workspace whose database was deleted on purpose, or it would come back from there.
///
/// # Errors
///
/// That another tab does not let go of its file.
pub(crate) async fn empty(workspace: &str) -> Result<(), Cause> {
    let link = WorkerLink::new(MIRROR_WORKER_FILE);
    for _ in 0..EMPTY_ATTEMPTS {
        match ask(&link, Verb::Empty, (WORKSPACE, JsValue::from_str(workspace))).await {
            Ok(answer) if field(&answer, HELD).as_f64().is_some_and(|held| held > 0.0) => {
                TimeoutFuture::new(EMPTY_PAUSE_MILLIS).await;
            }
            // Where no worker or no file can be had there is nothing that could come back.
            Ok(_) | Err(_) => return Ok(()),
        }
    }
    Err(Cause::new("", "another tab holds its second copy: close the other tabs and try again"))
}

/// Asks at once, and answers within [`PATIENCE_MILLIS`], if with a failure.
fn ask(link: &WorkerLink, verb: Verb, value: (&str, JsValue)) -> impl Future<Output = Result<JsValue, String>> + use<> {
    let answer = link.ask(&[(VERB, JsValue::from_str(verb.word())), value]);
    let silent = link.clone();
    let patience = Timeout::new(PATIENCE_MILLIS, move || {
        silent.end(&LinkError::Failed(Cause::new("", "it did not answer in time")));
    });
    async move {
        let answer = answer.await;
        drop(patience);
        match answer {
            Ok(answer) => field(&answer, ERROR).as_string().map_or(Ok(answer), Err),
            Err(LinkError::Ended) => Err("the worker was ended".to_owned()),
            Err(LinkError::Url(error)) => Err(error.to_string()),
            Err(LinkError::Failed(cause)) => Err(format!("the worker failed: {cause}")),
        }
    }
}
