//! Whether the policy of the page forbade a connection, which the one who asked is not told.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Document, SecurityPolicyViolationEvent, SecurityPolicyViolationEventDisposition};

const EVENT: &str = "securitypolicyviolation";

/// Listens for connections that the policy of the page forbids, until it is dropped.
pub(super) struct PolicyWatch {
    document: Document,
    listener: Closure<dyn FnMut(SecurityPolicyViolationEvent)>,
    has_refused: Rc<Cell<bool>>,
}

impl PolicyWatch {
    pub(super) fn on(document: Document) -> Self {
        let has_refused = Rc::new(Cell::new(false));
        let heard = Rc::clone(&has_refused);
        let listener =
            Closure::<dyn FnMut(SecurityPolicyViolationEvent)>::new(move |event: SecurityPolicyViolationEvent| {
                let is_enforced = event.disposition() == SecurityPolicyViolationEventDisposition::Enforce;
                if is_enforced && event.effective_directive() == "connect-src" {
                    heard.set(true);
                }
            });
        let _ = document.add_event_listener_with_callback(EVENT, listener.as_ref().unchecked_ref());
        Self { document, listener, has_refused }
    }

    pub(super) fn has_refused(&self) -> bool {
        self.has_refused.get()
    }
}

impl Drop for PolicyWatch {
    fn drop(&mut self) {
        let _ = self.document.remove_event_listener_with_callback(EVENT, self.listener.as_ref().unchecked_ref());
    }
}
