//! One open connection, and what the browser may do to it.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::IdbDatabase;

use crate::notices::JournalNotice;

/// An open database that says when it is no longer good.
pub(super) struct Connection {
    database: IdbDatabase,
    stale: Rc<Cell<bool>>,
    _close: Closure<dyn FnMut()>,
    _version_change: Closure<dyn FnMut()>,
}

impl Connection {
    /// Listens to what happens to an open database.
    pub(super) fn new(database: IdbDatabase, tell: Rc<dyn Fn(JournalNotice)>) -> Self {
        let stale = Rc::new(Cell::new(false));
        let close: Closure<dyn FnMut()> = {
            let (stale, tell) = (Rc::clone(&stale), Rc::clone(&tell));
            Closure::new(move || {
                stale.set(true);
                let cause = "the browser closed the database: its data were cleared or its storage failed".to_owned();
                tell(JournalNotice::Closed { cause });
            })
        };
        let version_change: Closure<dyn FnMut()> = {
            let (stale, database) = (Rc::clone(&stale), database.clone());
            Closure::new(move || {
                // Whoever wants to upgrade or delete waits for this; running transactions still finish.
                database.close();
                stale.set(true);
                tell(JournalNotice::VersionChange);
            })
        };
        database.set_onclose(Some(close.as_ref().unchecked_ref()));
        database.set_onversionchange(Some(version_change.as_ref().unchecked_ref()));
        Self { database, stale, _close: close, _version_change: version_change }
    }

    /// The database while it is good.
    pub(super) fn database(&self) -> Option<IdbDatabase> {
        (!self.stale.get()).then(|| self.database.clone())
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.database.set_onclose(None);
        self.database.set_onversionchange(None);
        self.database.close();
    }
}
