//! The page's side: asks the worker, and can start over.

use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

use super::analysis::{Analysis, Asked, ImportLook, ScoreLook, TestCase};
use super::message::{AGAINST, ANSWER, CATALOG, CATALOG_TEXT, LACKS, PolicyTask, TASK, TEXT};
use crate::trusted_types::{POLICY_WORKER_FILE, WorkerUrlError};
use crate::worker::{LinkError, WorkerLink, field};

/// Texts above this many bytes are looked at by the worker; below it, the page does it while it is typed.
pub const OFF_THREAD_BYTES: usize = 64 * 1024;

/// Why there is no answer about a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WorkerError {
    /// A newer text took its place, or the page gave up.
    #[error("the check was canceled")]
    Canceled,
    /// The worker's address was refused.
    #[error(transparent)]
    Url(#[from] WorkerUrlError),
    /// The worker did not start, or died.
    #[error("the worker failed ({cause})")]
    Failed {
        /// The browser's reason.
        cause: String,
    },
    /// The worker is of another version than the page.
    #[error("the worker's report cannot be read ({cause}); reload the page")]
    Unreadable {
        /// What the reader said.
        cause: String,
    },
}

impl From<LinkError> for WorkerError {
    fn from(error: LinkError) -> Self {
        match error {
            LinkError::Ended => Self::Canceled,
            LinkError::Url(error) => Self::Url(error),
            LinkError::Failed(cause) => Self::Failed { cause: cause.to_string() },
        }
    }
}

/// A catalog for the worker, which is sent its text only where it does not know the key.
#[derive(Clone, Copy, Debug)]
pub struct SentCatalog<'c> {
    /// Names it; what is stored under one key never changes.
    pub key: &'c str,
    /// It, as it is stored.
    pub text: &'c str,
}

/// What a question is about, beside its task.
#[derive(Clone, Copy)]
struct About<'q> {
    text: &'q str,
    against: Option<&'q str>,
    catalog: Option<SentCatalog<'q>>,
}

/// Whether the text of the catalog goes along.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sends {
    Key,
    Text,
}

/// The page's handle on the policy worker; a clone is another handle on the same worker.
#[derive(Clone)]
pub struct PolicyWorker {
    link: WorkerLink,
}

impl Default for PolicyWorker {
    fn default() -> Self {
        Self { link: WorkerLink::new(POLICY_WORKER_FILE) }
    }
}

impl PolicyWorker {
    /// A handle; the worker starts with the first question.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Checks a text in the worker, and has it look at what is asked, perhaps against another text. Without a catalog
    /// the one is meant that is built in.
    ///
    /// # Errors
    ///
    /// [`WorkerError::Canceled`] when [`cancel`](Self::cancel) came in between, otherwise the browser's reason.
    pub async fn analyze(
        &self,
        catalog: Option<SentCatalog<'_>>,
        text: &str,
        against: Option<&str>,
        asked: Asked,
    ) -> Result<Analysis, WorkerError> {
        self.ask(About { text, against, catalog }, &PolicyTask::Analyze { asked }).await
    }

    /// Goes on with the score of a text's tests, or begins it: the worker remembers how far it got with the last one.
    ///
    /// # Errors
    ///
    /// As for [`analyze`](Self::analyze).
    pub async fn score(
        &self,
        catalog: Option<SentCatalog<'_>>,
        text: &str,
        tests: Vec<TestCase>,
        mistakes: u32,
    ) -> Result<ScoreLook, WorkerError> {
        self.ask(About { text, against: None, catalog }, &PolicyTask::Score { tests, mistakes }).await
    }

    /// Reads a document as a catalog.
    ///
    /// # Errors
    ///
    /// As for [`analyze`](Self::analyze). A document that holds no catalog is no error but an answer.
    pub async fn import(&self, document: &str) -> Result<ImportLook, WorkerError> {
        self.ask(About { text: document, against: None, catalog: None }, &PolicyTask::Import).await
    }

    async fn ask<A: DeserializeOwned>(&self, about: About<'_>, task: &PolicyTask) -> Result<A, WorkerError> {
        let task = serde_json::to_string(task).map_err(unreadable)?;
        let mut answer = self.link.ask(&fields(about, &task, Sends::Key)).await?;
        // A worker that is new, or was told of another catalog since, says so.
        if field(&answer, LACKS).is_truthy() {
            answer = self.link.ask(&fields(about, &task, Sends::Text)).await?;
        }
        serde_json::from_str(&field(&answer, ANSWER).as_string().unwrap_or_default()).map_err(unreadable)
    }

    /// Stops whatever is being looked at, at once; the next question starts a new worker. An idle worker stays.
    pub fn cancel(&self) {
        if !self.link.is_idle() {
            self.link.end(&LinkError::Ended);
        }
    }
}

fn fields(about: About<'_>, task: &str, sends: Sends) -> [(&'static str, JsValue); 5] {
    let optional = |text: Option<&str>| text.map_or(JsValue::UNDEFINED, JsValue::from_str);
    let About { text, against, catalog } = about;
    [
        (TEXT, JsValue::from_str(text)),
        (AGAINST, optional(against)),
        (CATALOG, optional(catalog.map(|catalog| catalog.key))),
        (CATALOG_TEXT, optional(catalog.filter(|_| sends == Sends::Text).map(|catalog| catalog.text))),
        (TASK, JsValue::from_str(task)),
    ]
}

fn unreadable(error: serde_json::Error) -> WorkerError {
    WorkerError::Unreadable { cause: error.to_string() }
}
