//! The worker's side: the loop that answers.

use wasm_bindgen::JsValue;

use super::message::{ANSWER, TEXT};
use crate::worker::listen;

/// Answers every text with `answer`, for as long as the worker lives, and tells the page that it listens.
///
/// To be called once, by the worker's program.
pub fn serve(answer: fn(String) -> String) {
    listen(move |question| {
        if let Some(text) = question.field(TEXT).as_string() {
            question.answer(&[(ANSWER, JsValue::from_str(&answer(text)))]);
        }
    });
}
