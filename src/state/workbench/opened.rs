//! The text that the workbench is opened with, and those that it is compared with.

use std::sync::Arc;

use tollgate_browser::analysis::TestCase;
use tollgate_policy::presets;
use tollgate_tokens::{PolicyUid, Token, Workspace};

use super::place::{Against, WorkbenchPlace};
use super::sheet::Sheet;
use super::start::{draft, pretty};
use super::test_list::Keeps;
use crate::state::library::Foreign;

/// What the workbench begins with.
pub(super) struct Opened {
    pub(super) text: String,
    /// The tests that lie beside it.
    pub(super) tests: Vec<TestCase>,
    /// The catalog that it speaks of, by its name; empty for the built-in one, and for the draft, which is asked.
    pub(super) catalog: String,
    pub(super) keeps: Keeps,
    /// What it is, as a line beside the title.
    pub(super) about: String,
}

impl Opened {
    /// A policy of the library or that of a token, if the place says so, or a text from elsewhere, or else the draft
    /// that was kept.
    pub(super) fn new(workspace: &Workspace, place: &WorkbenchPlace, foreign: Option<&Foreign>) -> Self {
        if let Some(policy) = place.policy {
            return Self::named(workspace, policy);
        }
        match (place.token.and_then(|uid| workspace.token(uid)), foreign) {
            (Some(token), _) => Self::of_token(token),
            (None, Some(foreign)) => Self::looked_at(foreign.text.clone(), "not your draft".to_owned()),
            (None, None) => Self {
                text: draft(),
                tests: Vec::new(),
                catalog: String::new(),
                keeps: Keeps::Draft,
                about: "a draft kept on this device".to_owned(),
            },
        }
    }

    fn of_token(token: &Token) -> Self {
        let about = format!("the policy of token {}, to be tried; changes here do not change the token", token.number);
        Self::looked_at(pretty(&token.policy), about)
    }

    /// The newest version of a policy; nothing for a policy that is not there, which the page does not open.
    fn named(workspace: &Workspace, policy: PolicyUid) -> Self {
        let newest = workspace.library().policy(policy).and_then(|policy| policy.newest());
        let Sheet { text, tests, catalog } = newest.map(|newest| Sheet::of(newest)).unwrap_or_default();
        Self { tests, catalog, ..Self::looked_at(text, String::new()) }
    }

    fn looked_at(text: String, about: String) -> Self {
        Self { text, tests: Vec::new(), catalog: String::new(), keeps: Keeps::Nothing, about }
    }
}

/// The other text; none while there is none to compare with.
pub(super) fn other_text(
    place: &WorkbenchPlace,
    opened: &Arc<str>,
    pasted: &str,
    workspace: &Workspace,
) -> Option<Arc<str>> {
    match &place.against {
        Against::Opened => Some(Arc::clone(opened)),
        Against::FullAccess => Some(Arc::from(presets::full_access())),
        Against::ReadOnly => Some(Arc::from(presets::read_only())),
        Against::Token(number) => {
            let number: u64 = number.parse().ok()?;
            workspace.tokens().find(|token| token.number == number).map(|token| Arc::clone(&token.policy))
        }
        Against::Version(number) => {
            let version = workspace.library().policy(place.policy?)?.version(*number)?;
            Some(Arc::from(version.text.as_str()))
        }
        Against::Text => Some(pasted).filter(|pasted| !pasted.trim().is_empty()).map(Arc::from),
    }
}

#[cfg(test)]
mod tests {
    use tollgate_policy::Effect;
    use tollgate_policy::suite::Expectation;
    use tollgate_tokens::Journal as _;
    use tollgate_tokens::checked::NewToken;
    use tollgate_tokens::library::{NewVersion, SaveAs};
    use tollgate_tokens::people::Powers;
    use tollgate_tokens::test_support::memory_manager;

    use super::*;
    use crate::state::test_support::at_once;

    #[test]
    fn the_policy_of_a_token_is_opened_as_people_write_it() {
        let manager = memory_manager();
        let owner: tollgate_tokens::Username = "ci-bot".parse().unwrap();
        at_once(manager.add_user(owner.clone(), Powers::default())).unwrap();
        let uid = at_once(manager.generate(NewToken::for_owner(owner))).unwrap().uid;
        let place = WorkbenchPlace { token: Some(uid), ..WorkbenchPlace::default() };
        let opened = manager.journal().read(|ledger| Opened::new(ledger.workspace(), &place, None));
        assert_eq!((opened.text.as_str(), opened.keeps), ("{}\n", Keeps::Nothing));
        assert!(opened.about.starts_with("the policy of token 1"), "{}", opened.about);
    }

    #[test]
    fn a_policy_is_compared_with_a_preset_a_token_or_a_text() {
        let manager = memory_manager();
        let owner: tollgate_tokens::Username = "ci-bot".parse().unwrap();
        at_once(manager.add_user(owner.clone(), Powers::default())).unwrap();
        let policy = r#"{"resources": {"*": {"allow": ["GET"], "block": ["*"]}}}"#;
        let call = NewToken { policy: policy.to_owned(), ..NewToken::for_owner(owner) };
        at_once(manager.generate(call)).unwrap();
        let opened: Arc<str> = Arc::from("{ }");
        let other = |against: Against, pasted: &str| {
            let place = WorkbenchPlace { against, ..WorkbenchPlace::default() };
            manager.journal().read(|ledger| other_text(&place, &opened, pasted, ledger.workspace()))
        };
        assert_eq!(other(Against::Opened, "").as_deref(), Some("{ }"));
        assert_eq!(other(Against::FullAccess, "").as_deref(), Some("{}"));
        assert!(other(Against::Token("1".to_owned()), "").is_some_and(|text| text.contains("GET")));
        assert_eq!(other(Against::Token("2".to_owned()), ""), None);
        assert_eq!(other(Against::Token(String::new()), ""), None);
        assert_eq!(other(Against::Text, " "), None);
        assert_eq!(other(Against::Text, "{}").as_deref(), Some("{}"));
        assert_eq!(other(Against::Version(1), ""), None);
    }

    #[test]
    fn a_policy_of_the_library_is_opened_as_it_was_saved_and_compared_with_its_versions() {
        let manager = memory_manager();
        let test = Expectation::new("review", None, "POST", Effect::Deny);
        let first = NewVersion::of(SaveAs::New("CI bots".parse().unwrap()), "{ }");
        let policy = at_once(manager.save_policy(first)).unwrap().policy;
        let second =
            NewVersion { tests: vec![test.into()], ..NewVersion::of(SaveAs::Next { policy, based_on: 1 }, "{\n}") };
        at_once(manager.save_policy(second)).unwrap();
        let place = WorkbenchPlace { policy: Some(policy), against: Against::Version(1), ..WorkbenchPlace::default() };
        manager.journal().read(|ledger| {
            let opened = Opened::new(ledger.workspace(), &place, None);
            assert_eq!((opened.text.as_str(), opened.tests.len(), opened.keeps), ("{\n}", 1, Keeps::Nothing));
            let other = other_text(&place, &Arc::from(opened.text), "", ledger.workspace());
            assert_eq!(other.as_deref(), Some("{ }"));
        });
    }

    #[test]
    fn a_text_from_elsewhere_is_looked_at_and_kept_nowhere() {
        let manager = memory_manager();
        let foreign = Foreign::new("{ }".to_owned(), String::new(), String::new());
        let place = WorkbenchPlace::default();
        let opened = manager.journal().read(|ledger| Opened::new(ledger.workspace(), &place, Some(&foreign)));
        assert_eq!((opened.text.as_str(), opened.keeps), ("{ }", Keeps::Nothing));
    }
}
