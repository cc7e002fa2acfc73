//! The worker's side: the loop that answers.

use wasm_bindgen::JsValue;

use super::message::{
    AGAINST, ANSWER, CATALOG, CATALOG_TEXT, LACKS, NamedCatalog, PolicyAnswer, PolicyQuestion, TASK, TEXT,
};
use crate::worker::{Question, listen};

/// Answers every question with `answer`, for as long as the worker lives, and tells the page that it listens.
///
/// A question that cannot be read comes from a page of another version; its answer is empty, which that page cannot
/// read either, and says so.
///
/// To be called once, by the worker's program.
pub fn serve(answer: impl Fn(PolicyQuestion) -> PolicyAnswer + 'static) {
    listen(move |question| match read(&question).map(&answer) {
        Some(PolicyAnswer::LacksCatalog) => question.answer(&[(LACKS, JsValue::TRUE)]),
        Some(PolicyAnswer::Told(told)) => question.answer(&[(ANSWER, JsValue::from_str(&told))]),
        None => question.answer(&[(ANSWER, JsValue::from_str(""))]),
    });
}

fn read(question: &Question) -> Option<PolicyQuestion> {
    let task = question.field(TASK).as_string()?;
    Some(PolicyQuestion {
        text: question.field(TEXT).as_string()?,
        against: question.field(AGAINST).as_string(),
        catalog: question
            .field(CATALOG)
            .as_string()
            .map(|key| NamedCatalog { key, text: question.field(CATALOG_TEXT).as_string() }),
        task: serde_json::from_str(&task).ok()?,
    })
}
