//! What would be lost if the page were loaded again now.

use std::rc::Rc;

use leptos::prelude::*;

#[derive(Clone)]
struct Watched {
    id: u64,
    what: &'static str,
    is_there: Rc<dyn Fn() -> bool>,
}

/// What is only on the page: texts that were not saved, and secrets that are shown once.
#[derive(Clone, Copy)]
pub struct Unsaved {
    watched: RwSignal<Vec<Watched>, LocalStorage>,
    next: StoredValue<u64>,
}

impl Unsaved {
    pub(super) fn new() -> Self {
        Self { watched: RwSignal::new_local(Vec::new()), next: StoredValue::new(0) }
    }

    /// Counts something in, whenever `is_there` holds, for as long as what calls this is on the page.
    ///
    /// `what` names it in a sentence: "the note of a new token".
    pub(super) fn watch(self, what: &'static str, is_there: impl Fn() -> bool + 'static) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.watched.update(|watched| watched.push(Watched { id, what, is_there: Rc::new(is_there) }));
        on_cleanup(move || {
            self.watched.try_update(|watched| watched.retain(|watched| watched.id != id));
        });
    }

    /// Whether anything would be lost. What that hangs on is tracked.
    #[must_use]
    pub(super) fn is_any(self) -> bool {
        self.watched.get().iter().any(|watched| (watched.is_there)())
    }

    /// Whatever is only on the page by now may be lost: somebody was asked.
    pub(super) fn give_up(self) {
        self.watched.update(Vec::clear);
    }

    /// The names of everything that would be lost.
    #[must_use]
    pub fn names(self) -> Vec<&'static str> {
        let watched = self.watched.get_untracked();
        untrack(|| watched.iter().filter(|watched| (watched.is_there)()).map(|watched| watched.what).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unsaved_counts_while_it_is_there_and_its_page_is_shown() {
        let app = Owner::new();
        app.set();
        let unsaved = Unsaved::new();
        let page = app.child();
        let text = page.with(|| RwSignal::new(String::new()));
        page.with(|| unsaved.watch("the note", move || text.with(|text| !text.is_empty())));
        page.with(|| unsaved.watch("the secret", || true));
        assert_eq!(unsaved.names(), ["the secret"]);
        text.set("Mirror".to_owned());
        assert_eq!(unsaved.names(), ["the note", "the secret"]);
        page.cleanup();
        assert!(unsaved.names().is_empty());
    }

    #[test]
    fn whether_anything_is_unsaved_is_told_anew_when_it_comes_and_goes() {
        let app = Owner::new();
        app.set();
        let unsaved = Unsaved::new();
        let is_any = Memo::new(move |_| unsaved.is_any());
        assert!(!is_any.get_untracked());
        let page = app.child();
        let text = page.with(|| RwSignal::new("Mirror".to_owned()));
        page.with(|| unsaved.watch("the note", move || text.with(|text| !text.is_empty())));
        assert!(is_any.get_untracked());
        text.set(String::new());
        assert!(!is_any.get_untracked());
        text.set("Mirror".to_owned());
        assert!(is_any.get_untracked());
        page.cleanup();
        assert!(!is_any.get_untracked());
        unsaved.watch("the secret", || true);
        assert!(is_any.get_untracked());
        unsaved.give_up();
        assert!(!is_any.get_untracked());
    }
}
