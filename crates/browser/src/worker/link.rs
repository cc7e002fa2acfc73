//! The page's side: starts a worker when it is first needed, numbers questions, and hands out the answers.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};

use futures_channel::oneshot;
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, Worker};

use super::message::{ID, READY, field, message, numbered};
use crate::cause::Cause;
use crate::trusted_types::{WorkerUrl, WorkerUrlError};

#[wasm_bindgen]
extern "C" {
    /// The constructor of `Worker` as `web-sys` has it takes text only, which Trusted Types refuse.
    #[wasm_bindgen(js_name = Worker)]
    type TrustedWorker;

    #[wasm_bindgen(catch, constructor, js_class = "Worker")]
    fn new(url: &JsValue, options: &JsValue) -> Result<TrustedWorker, JsValue>;
}

/// Why a worker gave no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LinkError {
    /// The page ended the worker.
    Ended,
    /// The worker's address was refused.
    Url(WorkerUrlError),
    /// The worker did not start, or died.
    Failed(Cause),
}

type Reply = oneshot::Sender<Result<JsValue, LinkError>>;
type Waiting = oneshot::Receiver<Result<JsValue, LinkError>>;

/// A handle on one worker, which starts with the first question; a clone is another handle on the same worker.
///
/// The worker ends with the last handle.
#[derive(Clone)]
pub(crate) struct WorkerLink {
    file: &'static str,
    state: Rc<RefCell<State>>,
}

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

impl WorkerLink {
    /// A handle on the worker whose program is this file beside the page.
    pub(crate) fn new(file: &'static str) -> Self {
        Self { file, state: Rc::default() }
    }

    /// Sends a question at once; what comes back waits for the answer. Answers come in the order in which the worker
    /// gives them.
    pub(crate) fn ask(&self, fields: &[(&str, JsValue)]) -> impl Future<Output = Result<JsValue, LinkError>> + use<> {
        let sent = self.send(fields);
        async move { sent?.await.unwrap_or(Err(LinkError::Ended)) }
    }

    /// Whether nobody waits for an answer.
    pub(crate) fn is_idle(&self) -> bool {
        self.state.borrow().waiting.is_empty()
    }

    /// Stops the worker at once and tells everybody who waits why; the next question starts another.
    pub(crate) fn end(&self, error: &LinkError) {
        end(&self.state, error);
    }

    fn send(&self, fields: &[(&str, JsValue)]) -> Result<Waiting, LinkError> {
        let mut state = self.state.borrow_mut();
        if state.running.is_none() {
            state.running = Some(start(self.file, &self.state)?);
        }
        let id = state.next_id;
        state.next_id = id.wrapping_add(1);
        let question = numbered(JsValue::from_f64(f64::from(id)), fields).map_err(|thrown| failed(&thrown))?;
        match &mut state.running {
            Some(Running { early: Some(early), .. }) => early.push(question),
            Some(Running { worker, .. }) => worker.post_message(&question).map_err(|thrown| failed(&thrown))?,
            None => return Err(LinkError::Ended),
        }
        let (reply, waiting) = oneshot::channel();
        state.waiting.insert(id, reply);
        Ok(waiting)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

fn start(file: &str, state: &Rc<RefCell<State>>) -> Result<Running, LinkError> {
    let url = WorkerUrl::of_page(file).map_err(LinkError::Url)?;
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
                end(&state, &failed(&event));
            }
        })
    };
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    Ok(Running { worker, early: Some(Vec::new()), _on_message: on_message, _on_error: on_error })
}

fn end(state: &RefCell<State>, error: &LinkError) {
    let (running, waiting) = {
        let mut state = state.borrow_mut();
        (state.running.take(), std::mem::take(&mut state.waiting))
    };
    drop(running);
    for reply in waiting.into_values() {
        let _ = reply.send(Err(error.clone()));
    }
}

fn hear(state: &Weak<RefCell<State>>, said: &JsValue) {
    let Some(state) = state.upgrade() else { return };
    let mut state = state.borrow_mut();
    if field(said, READY).is_truthy() {
        send_early(&mut state);
        return;
    }
    let Some(id) = field(said, ID).as_f64() else { return };
    if let Some(reply) = state.waiting.remove(&(id as u32)) {
        let _ = reply.send(Ok(said.clone()));
    }
}

fn send_early(state: &mut State) {
    let Some(running) = &mut state.running else { return };
    for question in running.early.take().into_iter().flatten() {
        // A worker that is gone says so by an error event, which answers whoever waits.
        let _ = running.worker.post_message(&question);
    }
}

/// A program that cannot be fetched gives an event without a word.
fn failed(thrown: &JsValue) -> LinkError {
    let has_words = thrown.is_string() || field(thrown, "message").is_string();
    let cause = if has_words { Cause::of(thrown) } else { Cause::new("", "it could not be loaded") };
    LinkError::Failed(cause)
}
