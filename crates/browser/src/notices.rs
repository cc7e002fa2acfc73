//! What a journal tells the page without being asked.

use std::cell::RefCell;
use std::rc::Rc;

use crate::mirror::MirrorState;
use crate::open::StartWarning;

/// Something happened to the journal that the page did not do itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JournalNotice {
    /// Another tab wrote; the ledger has already followed.
    News,
    /// The browser closed the store under the page; nothing is acknowledged until it could be opened again.
    Closed {
        /// The browser's reason, or what the journal found.
        cause: String,
    },
    /// Another tab wants to upgrade or delete the store, so this one let go of it; the user should reload.
    VersionChange,
    /// Another history lies in the store now, because another tab put it there. Nothing is appended until the page is
    /// loaded again.
    Replaced,
    /// The second copy stands otherwise than before.
    Mirror(MirrorState),
    /// The start found something that must not pass in silence, after the page had opened.
    Warning(StartWarning),
}

/// Hears what happens to a journal.
type Listener = Rc<dyn Fn(JournalNotice)>;

/// Keeps the callbacks of one journal.
#[derive(Default)]
pub(crate) struct Notices {
    listeners: RefCell<Vec<Listener>>,
}

impl Notices {
    /// Adds a callback, for as long as the journal lives.
    pub(crate) fn listen(&self, listener: Box<dyn Fn(JournalNotice)>) {
        self.listeners.borrow_mut().push(Rc::from(listener));
    }

    /// Calls everybody. A callback may add another callback or use the journal.
    pub(crate) fn tell(&self, notice: &JournalNotice) {
        let listeners = self.listeners.borrow().clone();
        for listener in listeners {
            listener(notice.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn everybody_is_told_and_may_listen_again() {
        let notices = Rc::new(Notices::default());
        let told = Rc::new(Cell::new(0));
        let (inner, count) = (Rc::clone(&notices), Rc::clone(&told));
        notices.listen(Box::new(move |_| {
            count.set(count.get() + 1);
            inner.listen(Box::new(|_| {}));
        }));
        notices.tell(&JournalNotice::News);
        notices.tell(&JournalNotice::VersionChange);
        assert_eq!(told.get(), 2);
    }
}
