//! A text from elsewhere: opened beside the user's own draft, which stays as it is until the user says otherwise.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use tollgate_policy::presets::Template;
use tollgate_tokens::{PolicyUid, SharedDraft};

use crate::state::refusal::why;
use crate::state::workbench::Sheet;

/// A text that somebody else wrote, and nobody here vouched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreign {
    pub(in crate::state) text: String,
    /// Where it came from, as a sentence without a full stop.
    pub origin: String,
    /// The name under which it would be saved; empty for none.
    pub(in crate::state) name: String,
    /// The template that it is, if it is one.
    pub(in crate::state) template: Option<&'static str>,
}

impl Foreign {
    /// A text, and where it came from.
    pub(in crate::state) fn new(text: String, origin: String) -> Self {
        Self { text, origin, name: String::new(), template: None }
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

/// What was made from a version of a policy, and is not saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// The version.
    pub(super) base: u32,
    /// The text with what lies beside it.
    pub(super) sheet: Sheet,
}

/// The text from elsewhere that is looked at, if one is, and edits that were left. A copy is a handle on the same.
#[derive(Clone, Copy)]
pub struct Incoming {
    shown: RwSignal<Option<Arc<Foreign>>>,
    refused: RwSignal<String>,
    /// What was made of the text, once it was changed: it outlives the page as well.
    made: StoredValue<Option<Sheet>>,
    /// Edits of policies outlive the page that they were made on, and go with the program.
    edits: StoredValue<BTreeMap<PolicyUid, Edit>>,
    /// The user's own draft, while a text from elsewhere has taken its place.
    aside: RwSignal<Option<Arc<Sheet>>>,
}

impl Incoming {
    pub(in crate::state) fn new() -> Self {
        Self {
            shown: RwSignal::new(None),
            refused: RwSignal::new(String::new()),
            made: StoredValue::new(None),
            edits: StoredValue::new(BTreeMap::new()),
            aside: RwSignal::new(None),
        }
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
                let origin = "This policy came in a link".to_owned();
                self.show(Foreign::new(draft.as_str().to_owned(), origin));
            }
            Err(error) => self.refused.set(why(&error)),
        }
    }

    /// Opens a template.
    pub fn open_template(self, template: &'static Template, filled_in: &str) {
        let origin = format!("This is the template “{}”", template.name);
        let name = template.name.to_owned();
        let text = super::templates::written(template, filled_in);
        self.show(Foreign { name, template: Some(template.id), ..Foreign::new(text, origin) });
    }

    /// Shows a text.
    pub(super) fn show(self, foreign: Foreign) {
        self.refused.set(String::new());
        self.made.set_value(None);
        self.shown.set(Some(Arc::new(foreign)));
    }

    /// What was made of a text from elsewhere; none where it was not changed, or is not looked at any more.
    pub(in crate::state) fn made_of(self, foreign: &Arc<Foreign>) -> Option<Sheet> {
        self.made.get_value().filter(|_| self.is_shown(foreign))
    }

    /// Remembers what is made of a text from elsewhere, as long as that is looked at.
    pub(in crate::state) fn keep_made(self, foreign: &Arc<Foreign>, made: Option<Sheet>) {
        if self.is_shown(foreign) {
            self.made.set_value(made);
        }
    }

    fn is_shown(self, foreign: &Arc<Foreign>) -> bool {
        self.shown.with_untracked(|shown| shown.as_ref().is_some_and(|shown| Arc::ptr_eq(shown, foreign)))
    }

    /// Whether something that was made of a text or a policy is kept nowhere but here.
    pub(in crate::state) fn holds_unsaved(self) -> bool {
        self.made.with_value(Option::is_some) || self.edits.with_value(|edits| !edits.is_empty())
    }

    /// The edit of a policy that was left, if one was.
    pub(super) fn left(self, policy: PolicyUid) -> Option<Edit> {
        self.edits.with_value(|edits| edits.get(&policy).cloned())
    }

    /// Remembers the edit of a policy until it is saved or taken back.
    pub(super) fn leave(self, policy: PolicyUid, edit: Option<Edit>) {
        self.edits.update_value(|edits| match edit {
            Some(edit) => {
                edits.insert(policy, edit);
            }
            None => {
                edits.remove(&policy);
            }
        });
    }

    /// Whether there is a draft that another text took the place of.
    #[must_use]
    pub fn has_draft_aside(self) -> bool {
        self.aside.with(Option::is_some)
    }

    /// That draft.
    pub(in crate::state) fn draft_aside(self) -> Option<Arc<Sheet>> {
        self.aside.get_untracked()
    }

    /// Remembers the draft that another text takes the place of.
    pub(in crate::state) fn set_draft_aside(self, draft: Sheet) {
        self.aside.set(Some(Arc::new(draft)));
    }

    /// The draft that another text took the place of is not wanted back, or it is back.
    pub fn forget_draft_aside(self) {
        self.aside.set(None);
    }

    /// The refusal was read.
    pub fn forget_refusal(self) {
        self.refused.set(String::new());
    }

    /// Goes back to the user's own draft.
    pub fn dismiss(self) {
        self.refused.set(String::new());
        self.made.set_value(None);
        self.shown.set(None);
    }
}

#[cfg(test)]
mod tests {
    use tollgate_browser::analysis::TestCase;
    use tollgate_policy::presets::template;

    use super::*;

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
    fn what_is_made_of_a_text_from_elsewhere_is_there_until_another_is_looked_at() {
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
        incoming.keep_made(&shown, Some(made));
        assert!(!incoming.holds_unsaved());
    }

    #[test]
    fn an_edit_that_is_left_is_there_until_it_is_saved() {
        let owner = Owner::new();
        owner.set();
        let (incoming, policy) = (Incoming::new(), PolicyUid::from_bytes([7; 16]));
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
        assert_eq!(incoming.left(policy), Some(edit));
        incoming.leave(policy, None);
        assert_eq!(incoming.left(policy), None);
    }

    #[test]
    fn the_draft_that_is_replaced_is_there_with_its_tests_until_it_is_forgotten() {
        let owner = Owner::new();
        owner.set();
        let incoming = Incoming::new();
        assert!(!incoming.has_draft_aside());
        let draft = Sheet { text: "{ }".to_owned(), catalog: "Pets".to_owned(), ..Sheet::default() };
        incoming.set_draft_aside(draft.clone());
        incoming.dismiss();
        assert!(incoming.has_draft_aside() && incoming.draft_aside().is_some_and(|aside| *aside == draft));
        incoming.forget_draft_aside();
        assert_eq!(incoming.draft_aside(), None);
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
