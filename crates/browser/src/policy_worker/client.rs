//! The page's side: asks the worker, and can start over.

use wasm_bindgen::JsValue;

use super::message::{ANSWER, TEXT};
use super::report::CheckReport;
use crate::trusted_types::{POLICY_WORKER_FILE, WorkerUrlError};
use crate::worker::{LinkError, WorkerLink, field};

/// Texts above this many bytes are checked by the worker; below it, starting a message costs more than the check.
pub const OFF_THREAD_BYTES: usize = 64 * 1024;

/// Why a text was not checked.
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
    /// A handle; the worker starts with the first check.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Checks a text in the worker.
    ///
    /// # Errors
    ///
    /// [`WorkerError::Canceled`] when [`cancel`](Self::cancel) came in between, otherwise the browser's reason.
    pub async fn check(&self, text: &str) -> Result<CheckReport, WorkerError> {
        let answer = self.link.ask(&[(TEXT, JsValue::from_str(text))]).await?;
        let report = field(&answer, ANSWER).as_string().unwrap_or_default();
        CheckReport::from_json(&report).map_err(|error| WorkerError::Unreadable { cause: error.to_string() })
    }

    /// Stops whatever is being checked, at once; the next check starts a new worker. An idle worker stays.
    pub fn cancel(&self) {
        if !self.link.is_idle() {
            self.link.end(&LinkError::Ended);
        }
    }
}
