//! The worker's side: owns one file of one workspace and answers the page.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::file_format::{pack_heads, unpack_hashes};
use super::message::{BYTES, ERROR, FILE, HELD, VERB, Verb, WORKSPACE, bytes_of, sent_bytes};
use super::opfs::{MirrorError, MirrorFiles};
use crate::cause::Cause;
use crate::worker::{Question, listen};

/// The files once a workspace is open.
type Files = RefCell<Option<Rc<MirrorFiles>>>;

/// Fields of an answer.
type Answer = Vec<(&'static str, JsValue)>;

/// Keeps one page's mirror for as long as the worker lives, and tells the page that it listens.
///
/// To be called once, by the worker's program.
pub fn serve_mirror() {
    let files: Rc<Files> = Rc::default();
    listen(move |question| {
        let files = Rc::clone(&files);
        // Appends and retractions await nothing, so they are done in the order in which they were asked for.
        spawn_local(async move {
            match answer(&files, &question).await {
                Ok(fields) => question.answer(&fields),
                Err(error) => question.answer(&[(ERROR, JsValue::from_str(&error.to_string()))]),
            }
        });
    });
}

async fn answer(files: &Files, question: &Question) -> Result<Answer, MirrorError> {
    let verb = question.field(VERB).as_string().and_then(|word| Verb::of(&word));
    let workspace = question.field(WORKSPACE).as_string().unwrap_or_default();
    let open = files.borrow().clone();
    match (verb, open) {
        (Some(Verb::Open), _) => open_files(files, &workspace).await,
        (Some(Verb::Empty), _) => {
            let held = MirrorFiles::empty(&workspace).await?;
            Ok(vec![(HELD, JsValue::from_f64(f64::from(held)))])
        }
        (Some(Verb::Append), Some(open)) => {
            open.append(&bytes_of(question.asked()))?;
            Ok(Vec::new())
        }
        (Some(Verb::Retract), Some(open)) => {
            open.retract(&unpack_hashes(&bytes_of(question.asked())))?;
            Ok(Vec::new())
        }
        (Some(Verb::Heads), Some(open)) => Ok(vec![(BYTES, sent_bytes(&pack_heads(&open.heads().await?)))]),
        (Some(Verb::Read), Some(open)) => Ok(vec![(BYTES, sent_bytes(&open.read_all().await?))]),
        (Some(Verb::Discard), Some(open)) => {
            let held = open.discard(&unpack_hashes(&bytes_of(question.asked()))).await?;
            Ok(vec![(HELD, JsValue::from_f64(f64::from(held)))])
        }
        (Some(_), None) => Err(Cause::new("", "no workspace is open").into()),
        (None, _) => Err(Cause::new("", "the page is of another version; reload it").into()),
    }
}

async fn open_files(files: &Files, workspace: &str) -> Result<Answer, MirrorError> {
    let opened = Rc::new(MirrorFiles::open(workspace).await?);
    let heads = pack_heads(&opened.heads().await?);
    let name = JsValue::from_str(opened.own_name());
    files.replace(Some(opened));
    Ok(vec![(FILE, name), (BYTES, sent_bytes(&heads))])
}
