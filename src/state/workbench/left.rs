//! What is left with the page and there when one comes back, and what changes places with the draft.

use leptos::prelude::*;

use super::bench::Workbench;
use super::sheet::Sheet;
use super::start::{is_kept, kept_draft, replace_draft};
use super::test_list::Keeps;
use crate::state::Incoming;
use crate::state::library::{Aside, Edit, LeftAt};

impl Workbench {
    /// Has what is made of a text from elsewhere outlive the page.
    pub(super) fn watch_foreign(self, incoming: Incoming) {
        let Some(foreign) = self.foreign() else { return };
        if let Some(made) = incoming.made_of(&foreign) {
            self.put(made);
        }
        Effect::new(move |_| incoming.keep_made(&foreign, self.is_changed().then(|| self.sheet())));
    }

    /// Has what is made of the draft, or of the text of a token, outlive the page where nothing else keeps it.
    pub(super) fn watch_left(self, incoming: Incoming) {
        let Some(at) = self.left_at() else { return };
        if let Some(left) = incoming.left(at) {
            self.put(left.sheet);
        }
        let are_tests_lost = Memo::new(move |_| self.tests.is_lost_with_the_page());
        Effect::new(move |_| {
            let is_lost = self.is_text_lost() || are_tests_lost.get();
            incoming.leave(at, is_lost.then(|| Edit::of(self.sheet())));
        });
    }

    fn left_at(self) -> Option<LeftAt> {
        match self.keeps {
            Keeps::Draft => Some(LeftAt::Draft),
            Keeps::Nothing if self.foreign().is_some() => None,
            // An edit of a policy goes with the version that it was made from, and is left by what knows that one.
            Keeps::Nothing => {
                self.place.with_untracked(|place| place.token.filter(|_| place.policy.is_none()).map(LeftAt::Token))
            }
        }
    }

    fn is_text_lost(self) -> bool {
        self.differs()
            && match self.keeps {
                Keeps::Draft => !self.text.with(|text| is_kept(text)),
                Keeps::Nothing => true,
            }
    }

    /// It is in the library now: whatever this device does not keep of it is not only here any more.
    pub fn forget_left(self, incoming: Incoming) {
        if let Some(at) = self.left_at() {
            incoming.leave(at, None);
        }
    }

    /// Puts the text with what lies beside it in the place of the user's own draft, and goes on with that. The former
    /// draft is offered back until the program is closed.
    pub fn keep_as_draft(self, incoming: Incoming) {
        let (former, next) = (draft_now(incoming), untrack(|| self.sheet()));
        match replace_draft(&kept_draft(), &next) {
            Ok(()) => {
                incoming.leave(LeftAt::Draft, None);
                if is_worth_keeping(&former, &next) {
                    incoming.put_draft_aside(former);
                }
                incoming.finish();
                self.after.notices.done("The text is your draft now", None);
            }
            Err(error) => self.after.notices.failed(format!("Your draft is as it was: {error}")),
        }
    }

    /// Brings the text back that is offered. Whatever it takes the place of is put aside in turn.
    pub fn take_back(self, incoming: Incoming) {
        match incoming.take_offered() {
            Some(Aside { of: Some(foreign), sheet }) => {
                incoming.look_again(foreign, sheet);
                self.after.notices.done("Your changes are back", None);
            }
            Some(Aside { of: None, sheet }) => {
                take_draft_back(incoming, sheet);
                self.after.notices.done("Your former draft is back", None);
            }
            None => {}
        }
    }
}

fn take_draft_back(incoming: Incoming, former: Sheet) {
    let present = draft_now(incoming);
    if is_worth_keeping(&present, &former) {
        incoming.swap_draft_aside(present);
    }
    // What this device does not keep is left with the page, as it was before.
    let is_refused = replace_draft(&kept_draft(), &former).is_err();
    incoming.leave(LeftAt::Draft, is_refused.then(|| Edit::of(former)));
    // The page opens what is the draft now.
    incoming.dismiss();
}

/// The draft as its author saw it last.
fn draft_now(incoming: Incoming) -> Sheet {
    incoming.left(LeftAt::Draft).map_or_else(kept_draft, |left| left.sheet)
}

/// Whether anything is lost when one draft takes the place of another.
fn is_worth_keeping(former: &Sheet, next: &Sheet) -> bool {
    former != next && !(former.text.is_empty() && former.tests.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_put_aside_unless_it_is_empty_or_the_same() {
        let draft = |text: &str| Sheet { text: text.to_owned(), ..Sheet::default() };
        assert!(is_worth_keeping(&draft("{ }"), &draft("{}")));
        assert!(!is_worth_keeping(&draft("{}"), &draft("{}")));
        assert!(!is_worth_keeping(&Sheet { catalog: "Pets".to_owned(), ..draft("") }, &draft("{}")));
    }

    #[test]
    fn the_draft_that_this_device_does_not_keep_is_the_one_that_counts() {
        let owner = Owner::new();
        owner.set();
        let incoming = Incoming::new();
        let long = Sheet { text: " ".repeat(70_000), ..Sheet::default() };
        incoming.leave(LeftAt::Draft, Some(Edit::of(long.clone())));
        assert_eq!(draft_now(incoming), long);
    }
}
