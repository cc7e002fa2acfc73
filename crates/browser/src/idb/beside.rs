//! Small databases beside the journal's. Each is opened for one turn and closed again, so that whoever deletes it waits
//! for nobody, and looking into one that is not there makes none.

use std::cell::Cell;
use std::rc::Rc;

use tollgate_tokens::JournalError;
use wasm_bindgen::prelude::*;
use web_sys::{Event, IdbDatabase, IdbOpenDbRequest};

use super::database::{create_stores, factory, on_error, on_success, refused};
use crate::answer::Answer;
use crate::cause::Cause;

/// An open database that closes when it goes; a running transaction still finishes.
pub(super) struct Opened(pub(super) IdbDatabase);

impl Drop for Opened {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// What becomes of a database that is not there.
#[derive(Clone, Copy)]
pub(super) enum Missing {
    Make,
    Leave,
}

/// Opens a database; `None` where there is none and none is made.
pub(super) async fn open(
    name: &str,
    version: u32,
    stores: &'static [&'static str],
    missing: Missing,
) -> Result<Option<Opened>, JournalError> {
    let request = factory()?.open_with_u32(name, version).map_err(|thrown| refused(Cause::of(&thrown)))?;
    let (answer, opened) = Answer::new();
    let was_missing = Rc::new(Cell::new(false));
    let upgrade: Closure<dyn FnMut(Event)> = {
        let was_missing = Rc::clone(&was_missing);
        Closure::new(move |event: Event| match missing {
            Missing::Make => create_stores(&event, stores),
            Missing::Leave => {
                was_missing.set(true);
                leave(&event);
            }
        })
    };
    let (success, error) = (on_success(&request, answer.clone()), on_error(answer));
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    request.set_onsuccess(Some(success.as_ref().unchecked_ref()));
    request.set_onerror(Some(error.as_ref().unchecked_ref()));
    let database = opened.await.unwrap_or_else(|_| Err(refused(Cause::new("", "the database did not answer"))));
    request.set_onupgradeneeded(None);
    request.set_onsuccess(None);
    request.set_onerror(None);
    match database {
        Ok(database) => Ok(Some(Opened(database))),
        Err(_) if was_missing.get() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Takes back that a database is made: the request then fails, and there is none.
fn leave(event: &Event) {
    let request = event.target().and_then(|target| target.dyn_into::<IdbOpenDbRequest>().ok());
    if let Some(upgrade) = request.and_then(|request| request.transaction()) {
        let _ = upgrade.abort();
    }
}
