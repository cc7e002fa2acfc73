//! The worker's side: the loop that hears questions.

use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::message::{ID, READY, field, message, numbered};

/// What the page asked.
pub(crate) struct Question {
    scope: DedicatedWorkerGlobalScope,
    asked: JsValue,
}

impl Question {
    /// The whole message.
    pub(crate) fn asked(&self) -> &JsValue {
        &self.asked
    }

    /// A field of the question; undefined where there is none.
    pub(crate) fn field(&self, name: &str) -> JsValue {
        field(&self.asked, name)
    }

    /// Sends the answer.
    pub(crate) fn answer(&self, fields: &[(&str, JsValue)]) {
        if let Ok(answer) = numbered(self.field(ID), fields) {
            // The page is gone if this fails, and nobody waits.
            let _ = self.scope.post_message(&answer);
        }
    }
}

/// Hands every question to `hear`, in order, for as long as the worker lives, and tells the page that it listens.
///
/// To be called once, by the worker's program.
pub(crate) fn listen(hear: impl Fn(Question) + 'static) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let on_message: Closure<dyn FnMut(MessageEvent)> = {
        let scope = scope.clone();
        Closure::new(move |event: MessageEvent| hear(Question { scope: scope.clone(), asked: event.data() }))
    };
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The loop lives as long as the worker.
    on_message.forget();
    if let Ok(ready) = message(&[(READY, JsValue::TRUE)]) {
        let _ = scope.post_message(&ready);
    }
}
