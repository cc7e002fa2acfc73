//! The page's side: starts the worker when it is first needed, asks, and can start over.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};

use futures_channel::oneshot;
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, Worker};

use super::message::{ANSWER, ID, READY, TEXT, field, message};
use super::report::CheckReport;
use crate::cause::Cause;
use crate::trusted_types::{WorkerUrl, WorkerUrlError};

/// Texts above this many bytes are checked by the worker; below it, starting a message costs more than the check.
pub const OFF_THREAD_BYTES: usize = 64 * 1024;

#[wasm_bindgen]
extern "C" {
    /// The constructor of `Worker` as `web-sys` has it takes text only, which Trusted Types refuse.
    #[wasm_bindgen(js_name = Worker)]
    type TrustedWorker;

    #[wasm_bindgen(catch, constructor, js_class = "Worker")]
    fn new(url: &JsValue, options: &JsValue) -> Result<TrustedWorker, JsValue>;
}

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

/// The page's handle on the policy worker; a clone is another handle on the same worker.
#[derive(Clone, Default)]
pub struct PolicyWorker {
    state: Rc<RefCell<State>>,
}

type Reply = oneshot::Sender<Result<String, WorkerError>>;

#[derive(Default)]
struct State {
    running: Option<Running>,
    next_id: u32,
    waiting: BTreeMap<u32, Reply>,
}

struct Running {
    worker: Worker,
    /// Questions from before the worker listened; `None` once it does.
    early: Option<Vec<JsValue>>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(JsValue)>,
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
        let (reply, answered) = oneshot::channel();
        self.ask(text, reply)?;
        let answer = answered.await.unwrap_or(Err(WorkerError::Canceled))?;
        CheckReport::from_json(&answer).map_err(|error| WorkerError::Unreadable { cause: error.to_string() })
    }

    /// Stops whatever is being checked, at once; the next check starts a new worker. An idle worker stays.
    pub fn cancel(&self) {
        if self.state.borrow().waiting.is_empty() {
            return;
        }
        self.end(&WorkerError::Canceled);
    }

    fn ask(&self, text: &str, reply: Reply) -> Result<(), WorkerError> {
        let mut state = self.state.borrow_mut();
        if state.running.is_none() {
            state.running = Some(start(&self.state)?);
        }
        let id = state.next_id;
        state.next_id = id.wrapping_add(1);
        let question = message(&[(ID, JsValue::from_f64(f64::from(id))), (TEXT, JsValue::from_str(text))])
            .map_err(|thrown| failed(&thrown))?;
        match &mut state.running {
            Some(Running { early: Some(early), .. }) => early.push(question),
            Some(Running { worker, .. }) => worker.post_message(&question).map_err(|thrown| failed(&thrown))?,
            None => return Err(WorkerError::Canceled),
        }
        state.waiting.insert(id, reply);
        Ok(())
    }

    fn end(&self, error: &WorkerError) {
        let waiting = {
            let mut state = self.state.borrow_mut();
            state.running = None;
            std::mem::take(&mut state.waiting)
        };
        for reply in waiting.into_values() {
            let _ = reply.send(Err(error.clone()));
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

fn start(state: &Rc<RefCell<State>>) -> Result<Running, WorkerError> {
    let url = WorkerUrl::of_page()?;
    let options = message(&[("type", JsValue::from_str("module"))]).map_err(|thrown| failed(&thrown))?;
    let worker: Worker = TrustedWorker::new(url.as_js(), &options).map_err(|thrown| failed(&thrown))?.unchecked_into();
    let on_message: Closure<dyn FnMut(MessageEvent)> = {
        let state = Rc::downgrade(state);
        Closure::new(move |event: MessageEvent| hear(&state, &event.data()))
    };
    let on_error: Closure<dyn FnMut(JsValue)> = {
        let state = Rc::downgrade(state);
        Closure::new(move |event: JsValue| {
            if let Some(state) = state.upgrade() {
                PolicyWorker { state }.end(&failed(&event));
            }
        })
    };
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    Ok(Running { worker, early: Some(Vec::new()), _on_message: on_message, _on_error: on_error })
}

fn hear(state: &Weak<RefCell<State>>, said: &JsValue) {
    let Some(state) = state.upgrade() else { return };
    let mut state = state.borrow_mut();
    if field(said, READY).is_truthy() {
        send_early(&mut state);
        return;
    }
    let (Some(id), Some(answer)) = (field(said, ID).as_f64(), field(said, ANSWER).as_string()) else {
        return;
    };
    if let Some(reply) = state.waiting.remove(&(id as u32)) {
        let _ = reply.send(Ok(answer));
    }
}

fn send_early(state: &mut State) {
    let Some(running) = &mut state.running else { return };
    for question in running.early.take().into_iter().flatten() {
        // A worker that is gone says so by an error event, which answers whoever waits.
        let _ = running.worker.post_message(&question);
    }
}

fn failed(thrown: &JsValue) -> WorkerError {
    let cause = Cause::of(thrown).to_string();
    WorkerError::Failed { cause: if cause.is_empty() { "it could not be loaded".to_owned() } else { cause } }
}
