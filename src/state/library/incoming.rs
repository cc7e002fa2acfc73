//! A text from elsewhere: opened beside the user's own draft, which stays as it is until the user says otherwise.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use tollgate_policy::presets::Template;
use tollgate_tokens::{PolicyUid, SharedDraft, TokenUid, json_holds_token};

use super::aside::{Aside, AsideOffer};
use crate::state::refusal::why;
use crate::state::workbench::Sheet;

/// A text that somebody else wrote, and nobody here vouched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreign {
    pub(in crate::state) text: String,
    /// What it is, inside a sentence: "the file mirror.json".
    pub(super) what: String,
    /// Where it came from, as a sentence without a full stop.
    pub origin: String,
    /// The name under which it would be saved; empty for none.
    pub(in crate::state) name: String,
    /// The template that it is, if it is one.
    pub(in crate::state) template: Option<&'static str>,
}

impl Foreign {
    /// A text, what it is, and where it came from.
    pub(in crate::state) fn new(text: String, what: String, origin: String) -> Self {
        Self { text, what, origin, name: String::new(), template: None }
    }

    /// What to bear in mind, in sentences.
    #[must_use]
    pub fn caution(&self) -> &'static str {
        match self.template {
            Some(_) => "It is kept nowhere until you save it, and your own draft is as it was.",
            None => {
                "Somebody else wrote it: look at what it means before you use it. It is kept nowhere until you save it, \
                 and your own draft is as it was."
            }
        }
    }
}

/// What the edits were made of that were left with the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::state) enum LeftAt {
    /// The user's own draft, where this device does not keep it: it is too long, or the browser has no room.
    Draft,
    /// The text of a token, which is only tried.
    Token(TokenUid),
    /// A policy of the library.
    Policy(PolicyUid),
}

/// What was made of a text, and is not saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::state) struct Edit {
    /// The version of the policy; 0 where there are no versions.
    pub(in crate::state) base: u32,
    /// The text with what lies beside it.
    pub(in crate::state) sheet: Sheet,
}

impl Edit {
    /// An edit of what has no versions.
    pub(in crate::state) fn of(sheet: Sheet) -> Self {
        Self { base: 0, sheet }
    }
}

/// What is kept nowhere but here: it outlives its page, and goes with the program.
#[derive(Default)]
struct Held {
    /// What was made of the text from elsewhere that is looked at, once it was changed.
    made: Option<Sheet>,
    edits: BTreeMap<LeftAt, Edit>,
    /// Texts that others took the place of; the last one is offered back first.
    aside: Vec<Aside>,
}

/// The text from elsewhere that is looked at, if one is, and edits that were left. A copy is a handle on the same.
#[derive(Clone, Copy)]
pub struct Incoming {
    shown: RwSignal<Option<Arc<Foreign>>>,
    refused: RwSignal<String>,
    held: RwSignal<Held>,
}

impl Incoming {
    pub(in crate::state) fn new() -> Self {
        Self { shown: RwSignal::new(None), refused: RwSignal::new(String::new()), held: RwSignal::new(Held::default()) }
    }

    /// The text, while one is looked at.
    #[must_use]
    pub fn shown(self) -> Signal<Option<Arc<Foreign>>> {
        self.shown.into()
    }

    /// Why a link was not opened, and what to do; empty when nothing was refused.
    #[must_use]
    pub fn refused(self) -> Signal<String> {
        self.refused.into()
    }

    /// Opens the policy that the fragment of a link holds.
    pub fn open_link(self, fragment: &str) {
        match SharedDraft::read(fragment) {
            Ok(draft) => {
                let (what, origin) = ("the text of a link".to_owned(), "This policy came in a link".to_owned());
                self.show(Foreign::new(draft.as_str().to_owned(), what, origin));
            }
            Err(error) => self.refused.set(why(&error)),
        }
    }

    /// Opens a template.
    pub fn open_template(self, template: &'static Template, filled_in: &str) {
        let what = format!("the template “{}”", template.name);
        let origin = format!("This is {what}");
        let name = template.name.to_owned();
        let text = super::templates::written(template, filled_in);
        self.show(Foreign { name, template: Some(template.id), ..Foreign::new(text, what, origin) });
    }

    /// Shows a text. What was made of the one before is put aside.
    pub(super) fn show(self, foreign: Foreign) {
        self.put_made_aside();
        self.look_at(Some(Arc::new(foreign)), None);
    }

    fn look_at(self, foreign: Option<Arc<Foreign>>, made: Option<Sheet>) {
        self.refused.set(String::new());
        self.held.update(|held| held.made = made);
        self.shown.set(foreign);
    }

    /// What was made of a text from elsewhere; none where it was not changed, or is not looked at any more.
    pub(in crate::state) fn made_of(self, foreign: &Arc<Foreign>) -> Option<Sheet> {
        self.held.with_untracked(|held| held.made.clone()).filter(|_| self.is_shown(foreign))
    }

    /// Remembers what is made of a text from elsewhere, as long as that is looked at.
    pub(in crate::state) fn keep_made(self, foreign: &Arc<Foreign>, made: Option<Sheet>) {
        if self.is_shown(foreign) {
            self.held.update(|held| held.made = made);
        }
    }

    fn is_shown(self, foreign: &Arc<Foreign>) -> bool {
        self.shown.with_untracked(|shown| shown.as_ref().is_some_and(|shown| Arc::ptr_eq(shown, foreign)))
    }

    /// Whether something that was made of a text or a policy is kept nowhere but here.
    pub(in crate::state) fn holds_unsaved(self) -> bool {
        self.held.with(|held| held.made.is_some() || !held.edits.is_empty() || !held.aside.is_empty())
    }

    /// The edit that was left, if one was.
    pub(in crate::state) fn left(self, at: LeftAt) -> Option<Edit> {
        self.held.with_untracked(|held| held.edits.get(&at).cloned())
    }

    /// Remembers an edit until it is saved or taken back.
    pub(in crate::state) fn leave(self, at: LeftAt, edit: Option<Edit>) {
        self.held.update(|held| match edit {
            Some(edit) => {
                held.edits.insert(at, edit);
            }
            None => {
                held.edits.remove(&at);
            }
        });
    }

    /// Forgets every text with a token in it: a secret that was pasted goes with the page.
    ///
    /// Looks at each text once, so it is for the end of a page and not for each letter.
    pub(in crate::state) fn forget_secrets(self) {
        let is_plain = |sheet: &Sheet| !json_holds_token(&sheet.text);
        self.held.try_update(|held| {
            held.made.take_if(|made| !is_plain(made));
            held.edits.retain(|_, edit| is_plain(&edit.sheet));
            held.aside.retain(|aside| is_plain(&aside.sheet));
        });
    }

    /// The text that is offered back, if one is.
    #[must_use]
    pub fn offer(self) -> Option<AsideOffer> {
        self.held.with(|held| AsideOffer::of(&held.aside))
    }

    /// Takes the text that is offered back from those that were put aside.
    pub(in crate::state) fn take_offered(self) -> Option<Aside> {
        self.held.try_update(|held| held.aside.pop()).flatten()
    }

    /// The text that is offered back is not wanted any more.
    pub fn drop_offered(self) {
        drop(self.take_offered());
    }

    /// Puts the draft aside that another text takes the place of: it is offered back first.
    pub(in crate::state) fn put_draft_aside(self, draft: Sheet) {
        self.held.update(|held| held.aside.push(Aside { of: None, sheet: draft }));
    }

    /// Puts the draft aside that one taken back takes the place of: whatever else lies there is offered before it.
    pub(in crate::state) fn swap_draft_aside(self, draft: Sheet) {
        self.held.update(|held| held.aside.insert(0, Aside { of: None, sheet: draft }));
    }

    /// Looks at a text from elsewhere again, with what was made of it.
    pub(in crate::state) fn look_again(self, foreign: Arc<Foreign>, made: Sheet) {
        if let Some(before) = self.take_made() {
            self.held.update(|held| held.aside.insert(0, before));
        }
        self.look_at(Some(foreign), Some(made));
    }

    fn put_made_aside(self) {
        if let Some(made) = self.take_made() {
            self.held.update(|held| held.aside.push(made));
        }
    }

    /// What was made of the text that is looked at, to be put aside.
    fn take_made(self) -> Option<Aside> {
        let of = self.shown.get_untracked()?;
        let sheet = self.held.try_update(|held| held.made.take()).flatten()?;
        Some(Aside { of: Some(of), sheet })
    }

    /// The refusal was read.
    pub fn forget_refusal(self) {
        self.refused.set(String::new());
    }

    /// Goes back to the user's own draft. What was made of the text from elsewhere is put aside.
    pub fn dismiss(self) {
        self.put_made_aside();
        self.look_at(None, None);
    }

    /// Goes back to the user's own draft: what was made of the text from elsewhere is kept by now.
    pub fn finish(self) {
        self.look_at(None, None);
    }
}

#[cfg(test)]
mod tests {
    use tollgate_browser::analysis::TestCase;
    use tollgate_policy::presets::template;

    use super::*;

    #[test]
    fn a_text_with_a_token_in_it_goes_with_the_page() {
        let owner = Owner::new();
        owner.set();
        let incoming = Incoming::new();
        let secret = tollgate_tokens::VendorChecksum::assemble("rbp", &"a".repeat(245));
        let sheet = |text: &str| Sheet { text: text.to_owned(), ..Sheet::default() };
        let uid = PolicyUid::from_bytes([1; 16]);
        incoming.leave(LeftAt::Draft, Some(Edit::of(sheet(&format!("{{}} {secret}")))));
        incoming.leave(LeftAt::Policy(uid), Some(Edit::of(sheet("{ }"))));
        incoming.put_draft_aside(sheet(&secret));
        incoming.forget_secrets();
        assert_eq!(incoming.left(LeftAt::Draft), None);
        assert!(incoming.left(LeftAt::Policy(uid)).is_some() && incoming.take_offered().is_none());
    }

    #[test]
    fn a_link_is_opened_and_a_damaged_one_says_what_to_do() {
        let owner = Owner::new();
        owner.set();
        let incoming = Incoming::new();
        incoming.open_link("#policy=1.e30");
        let shown = incoming.shown().get_untracked().unwrap();
        assert_eq!((shown.text.as_str(), shown.template), ("{}", None));
        incoming.open_link("#policy=1.e31");
        let refused = incoming.refused().get_untracked();
        assert!(refused.contains("What to do: ask for the link again") && refused.contains("(L0505)"), "{refused}");
        // What is looked at stays, and so does the user's own draft.
        assert!(incoming.shown().get_untracked().is_some());
        incoming.dismiss();
        assert_eq!(incoming.shown().get_untracked(), None);
        assert_eq!(incoming.refused().get_untracked(), "");
    }

    #[test]
    fn what_is_made_of_a_text_from_elsewhere_is_put_aside_when_another_is_looked_at() {
        let owner = Owner::new();
        owner.set();
        let incoming = Incoming::new();
        incoming.open_link("#policy=1.e30");
        let shown = incoming.shown().get_untracked().unwrap();
        let made = Sheet { text: "{ }".to_owned(), ..Sheet::default() };
        incoming.keep_made(&shown, Some(made.clone()));
        assert!(incoming.made_of(&shown) == Some(made.clone()) && incoming.holds_unsaved());
        incoming.open_link("#policy=1.e30");
        let again = incoming.shown().get_untracked().unwrap();
        assert_eq!(incoming.made_of(&again), None);
        // The page of the former text may have a last word, which changes nothing.
        incoming.keep_made(&shown, Some(made.clone()));
        assert_eq!(incoming.made_of(&again), None);
        assert!(incoming.holds_unsaved());
        let aside = incoming.take_offered().unwrap();
        assert!(aside.sheet == made && aside.of.is_some_and(|of| Arc::ptr_eq(&of, &shown)));
        assert!(!incoming.holds_unsaved());
    }

    #[test]
    fn what_was_made_is_offered_back_on_the_way_to_the_draft_and_not_once_it_is_kept() {
        let owner = Owner::new();
        owner.set();
        let incoming = Incoming::new();
        let made = Sheet { text: "{ }".to_owned(), ..Sheet::default() };
        let open = || {
            incoming.open_link("#policy=1.e30");
            let shown = incoming.shown().get_untracked().unwrap();
            incoming.keep_made(&shown, Some(made.clone()));
            shown
        };
        open();
        incoming.finish();
        assert_eq!(incoming.offer(), None);
        let shown = open();
        incoming.dismiss();
        assert!(incoming.offer().is_some_and(|offer| offer.heading.contains("the text of a link")));
        let Aside { of, sheet } = incoming.take_offered().unwrap();
        incoming.look_again(of.unwrap(), sheet);
        assert!(incoming.offer().is_none() && incoming.made_of(&shown) == Some(made.clone()));
        // A text that was changed, too, changes places with the one that is taken back.
        let other = open();
        let Aside { of, sheet } = incoming.take_offered().unwrap();
        incoming.look_again(of.unwrap(), sheet);
        let aside = incoming.take_offered().unwrap();
        assert!(aside.of.is_some_and(|of| Arc::ptr_eq(&of, &other)) && incoming.take_offered().is_none());
    }

    #[test]
    fn an_edit_that_is_left_is_there_until_it_is_saved() {
        let owner = Owner::new();
        owner.set();
        let (incoming, policy) = (Incoming::new(), LeftAt::Policy(PolicyUid::from_bytes([7; 16])));
        assert_eq!(incoming.left(policy), None);
        let test = TestCase {
            policy_id: "review".to_owned(),
            item_id: None,
            method: "GET".to_owned(),
            is_allowed: true,
            note: String::new(),
        };
        let edit = Edit { base: 2, sheet: Sheet { tests: vec![test], ..Sheet::default() } };
        incoming.leave(policy, Some(edit.clone()));
        assert!(incoming.holds_unsaved());
        assert_eq!((incoming.left(policy), incoming.left(LeftAt::Draft)), (Some(edit), None));
        incoming.leave(policy, None);
        assert_eq!(incoming.left(policy), None);
    }

    #[test]
    fn every_draft_that_is_replaced_is_there_with_its_tests_until_it_is_dropped() {
        let owner = Owner::new();
        owner.set();
        let incoming = Incoming::new();
        assert_eq!(incoming.offer(), None);
        let draft = |text: &str| Sheet { text: text.to_owned(), catalog: "Pets".to_owned(), ..Sheet::default() };
        incoming.put_draft_aside(draft("first"));
        incoming.put_draft_aside(draft("second"));
        incoming.dismiss();
        assert!(incoming.holds_unsaved());
        assert!(incoming.take_offered().is_some_and(|aside| aside.of.is_none() && aside.sheet == draft("second")));
        incoming.swap_draft_aside(draft("third"));
        assert!(incoming.take_offered().is_some_and(|aside| aside.sheet == draft("first")));
        incoming.drop_offered();
        assert!(incoming.offer().is_none() && !incoming.holds_unsaved());
    }

    #[test]
    fn a_template_remembers_which_it_is() {
        let owner = Owner::new();
        owner.set();
        let incoming = Incoming::new();
        incoming.open_template(template("one_repository").unwrap(), "7");
        let shown = incoming.shown().get_untracked().unwrap();
        assert_eq!((shown.name.as_str(), shown.template), ("One repository", Some("one_repository")));
        assert!(shown.text.contains("\"7\""), "{}", shown.text);
    }
}
