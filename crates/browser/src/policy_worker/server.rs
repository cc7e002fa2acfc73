//! The worker's side: the loop that answers.

use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::message::{ANSWER, ID, READY, TEXT, field, message};

/// Answers every text with `answer`, for as long as the worker lives, and tells the page that it listens.
///
/// To be called once, by the worker's program.
pub fn serve(answer: fn(String) -> String) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let on_message: Closure<dyn FnMut(MessageEvent)> = {
        let scope = scope.clone();
        Closure::new(move |event: MessageEvent| reply(&scope, &event.data(), answer))
    };
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The loop lives as long as the worker.
    on_message.forget();
    if let Ok(ready) = message(&[(READY, JsValue::TRUE)]) {
        let _ = scope.post_message(&ready);
    }
}

fn reply(scope: &DedicatedWorkerGlobalScope, question: &JsValue, answer: fn(String) -> String) {
    let id = field(question, ID);
    let Some(text) = field(question, TEXT).as_string() else { return };
    if let Ok(reply) = message(&[(ID, id), (ANSWER, JsValue::from_str(&answer(text)))]) {
        // The page is gone if this fails, and nobody waits.
        let _ = scope.post_message(&reply);
    }
}
