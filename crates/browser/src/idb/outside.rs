//! What a journal hears from outside: of its connection, and of the other tabs.

use std::rc::{Rc, Weak};

use web_sys::IdbDatabase;

use super::connection::Connection;
use super::shared::{Home, Shared, Work};
use crate::notices::JournalNotice;
use crate::tabs::Tabs;

/// Watches what the browser does to a database, from the moment when it is open.
pub(super) fn connect(database: IdbDatabase, home: &Home) -> Connection {
    let home = Rc::clone(home);
    let tell = move |notice: JournalNotice| {
        let Some(shared) = home.get().and_then(Weak::upgrade) else { return };
        shared.notices.tell(&notice);
        if notice == JournalNotice::VersionChange {
            // Whoever removes the database empties the second copy too.
            shared.second_copy.close();
        }
    };
    Connection::new(database, Rc::new(tell))
}

/// Joins the tabs on the same workspace, and listens to them.
pub(super) fn join_tabs(shared: &Rc<Shared>) -> Tabs {
    let (hint, replacing) = (Rc::downgrade(shared), Rc::downgrade(shared));
    let tabs = Tabs::join(&shared.workspace, Box::new(move |next| hinted(&hint, next)));
    tabs.on_replaced(Box::new(move || replaced(&replacing)));
    tabs
}

/// Another tab says that there is news up to a number.
fn hinted(shared: &Weak<Shared>, next: u64) {
    let Some(shared) = shared.upgrade() else { return };
    shared.second_copy.note_announced(next);
    let known = shared.ledger.borrow().next_sequence();
    if next > known {
        shared.enqueue(Work::Refresh(None));
    }
}

/// Another tab puts another history in the place of this one, or did: it empties the second copy, too, and whether it
/// is done shows in the database.
fn replaced(shared: &Weak<Shared>) {
    let Some(shared) = shared.upgrade() else { return };
    shared.second_copy.close();
    shared.witness.cancel();
    shared.enqueue(Work::Refresh(None));
}
