//! Turns the events of IndexedDB into futures.
//!
//! There is one rule here that no library we found keeps: a transaction's end is its `complete` or its `abort` event,
//! never a request's success, and the reason of an abort is whatever was said first and most exactly.
//! `docs/decisions/0003-indexeddb-through-web-sys.md` compares the libraries.

use std::cell::RefCell;
use std::rc::Rc;

use futures_channel::oneshot;
use wasm_bindgen::prelude::*;
use web_sys::{Event, IdbRequest, IdbTransaction};

use crate::answer::Answer;
use crate::cause::Cause;

/// Waits for the end of a transaction. Must be made in the same turn as the transaction, before any event can come.
pub(super) struct Finish {
    transaction: IdbTransaction,
    ended: oneshot::Receiver<Result<(), Cause>>,
    _complete: Closure<dyn FnMut()>,
    _error: Closure<dyn FnMut(Event)>,
    _abort: Closure<dyn FnMut()>,
}

impl Finish {
    /// Starts to listen.
    pub(super) fn watch(transaction: &IdbTransaction) -> Self {
        let (answer, ended) = Answer::new();
        let first_error: Rc<RefCell<Option<Cause>>> = Rc::default();

        let complete: Closure<dyn FnMut()> = {
            let answer = answer.clone();
            Closure::new(move || {
                let _ = answer.give(Ok(()));
            })
        };
        let error: Closure<dyn FnMut(Event)> = {
            let first_error = Rc::clone(&first_error);
            Closure::new(move |event: Event| remember(&first_error, &event))
        };
        let abort: Closure<dyn FnMut()> = {
            let transaction = transaction.clone();
            Closure::new(move || {
                let own = transaction.error().map(|error| Cause::of(&error.into()));
                let _ = answer.give(Err(reason(own, first_error.borrow().clone())));
            })
        };
        transaction.set_oncomplete(Some(complete.as_ref().unchecked_ref()));
        transaction.set_onerror(Some(error.as_ref().unchecked_ref()));
        transaction.set_onabort(Some(abort.as_ref().unchecked_ref()));
        Self { transaction: transaction.clone(), ended, _complete: complete, _error: error, _abort: abort }
    }

    /// Returns when everything is durable, or says why nothing was written.
    pub(super) async fn wait(mut self) -> Result<(), Cause> {
        let ended = (&mut self.ended).await;
        ended.unwrap_or_else(|_| Err(Cause::new("AbortError", "the transaction ended without an event")))
    }
}

impl Drop for Finish {
    fn drop(&mut self) {
        self.transaction.set_oncomplete(None);
        self.transaction.set_onerror(None);
        self.transaction.set_onabort(None);
    }
}

/// The error of the request that an event bubbled up from.
pub(super) fn request_error(event: &Event) -> Option<Cause> {
    let request = event.target()?.dyn_into::<IdbRequest>().ok()?;
    let error = request.error().ok()??;
    Some(Cause::of(&error.into()))
}

/// Keeps the first request error that says something: those after it only say that the transaction is gone.
fn remember(first: &RefCell<Option<Cause>>, event: &Event) {
    let Some(cause) = request_error(event) else { return };
    if cause.is_abort() {
        // The transaction is over already. Firefox would tell the whole page of it as of an error that nobody handled.
        event.prevent_default();
        return;
    }
    let mut first = first.borrow_mut();
    if first.is_none() {
        *first = Some(cause);
    }
}

/// Picks the more exact of the transaction's own error and the first error of a request.
///
/// Chromium reports a full disk only on the transaction, Firefox on the request first.
fn reason(own: Option<Cause>, first: Option<Cause>) -> Cause {
    match (own, first) {
        (Some(own), Some(first)) if own.is_abort() || (first.is_quota() && !own.is_quota()) => first,
        (Some(own), _) => own,
        (None, Some(first)) => first,
        (None, None) => Cause::new("AbortError", "the browser aborted the transaction and gave no reason"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(own: Option<&str>, first: Option<&str>, expected: &str) {
        let cause = |name: &str| Cause::new(name, "");
        assert_eq!(reason(own.map(cause), first.map(cause)).name, expected);
    }

    #[test]
    fn abort_names_its_most_exact_cause() {
        check(Some("QuotaExceededError"), None, "QuotaExceededError");
        check(None, Some("QuotaExceededError"), "QuotaExceededError");
        check(Some("AbortError"), Some("QuotaExceededError"), "QuotaExceededError");
        check(Some("UnknownError"), Some("QuotaExceededError"), "QuotaExceededError");
        check(Some("QuotaExceededError"), Some("ConstraintError"), "QuotaExceededError");
        check(Some("ConstraintError"), Some("ConstraintError"), "ConstraintError");
        check(None, None, "AbortError");
    }
}
