//! The worker's side: the loop that answers.

use wasm_bindgen::JsValue;

use super::message::{AGAINST, ANSWER, PolicyQuestion, TASK, TEXT};
use crate::worker::{Question, listen};

/// Answers every question with `answer`, for as long as the worker lives, and tells the page that it listens.
///
/// A question that cannot be read comes from a page of another version; its answer is empty, which that page cannot
/// read either, and says so.
///
/// To be called once, by the worker's program.
pub fn serve(answer: impl Fn(PolicyQuestion) -> String + 'static) {
    listen(move |question| {
        let told = read(&question).map(&answer).unwrap_or_default();
        question.answer(&[(ANSWER, JsValue::from_str(&told))]);
    });
}

fn read(question: &Question) -> Option<PolicyQuestion> {
    let task = question.field(TASK).as_string()?;
    Some(PolicyQuestion {
        text: question.field(TEXT).as_string()?,
        against: question.field(AGAINST).as_string(),
        task: serde_json::from_str(&task).ok()?,
    })
}
