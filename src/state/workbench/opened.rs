//! The text that the workbench is opened with, and those that it is compared with.

use std::sync::Arc;

use tollgate_policy::presets;
use tollgate_tokens::{TokenUid, Workspace};

use super::place::Against;
use super::start::{draft, pretty};
use super::test_list::Keeps;

/// What the workbench begins with.
pub(super) struct Opened {
    pub(super) text: String,
    pub(super) keeps: Keeps,
    /// What it is, as a line beside the title.
    pub(super) about: String,
}

impl Opened {
    /// The policy of a token, if there is one, or else the draft that was kept.
    pub(super) fn new(workspace: &Workspace, token: Option<TokenUid>) -> Self {
        match token.and_then(|uid| workspace.token(uid)) {
            Some(token) => Self {
                text: pretty(&token.policy),
                keeps: Keeps::Nothing,
                about: format!(
                    "the policy of token {}, to be tried; changes here do not change the token",
                    token.number
                ),
            },
            None => Self { text: draft(), keeps: Keeps::Draft, about: "a draft kept on this device".to_owned() },
        }
    }
}

/// The other text; none while there is none to compare with.
pub(super) fn other_text(
    against: &Against,
    opened: &Arc<str>,
    pasted: &str,
    workspace: &Workspace,
) -> Option<Arc<str>> {
    match against {
        Against::Opened => Some(Arc::clone(opened)),
        Against::FullAccess => Some(Arc::from(presets::full_access())),
        Against::ReadOnly => Some(Arc::from(presets::read_only())),
        Against::Token(number) => {
            let number: u64 = number.parse().ok()?;
            workspace.tokens().find(|token| token.number == number).map(|token| Arc::clone(&token.policy))
        }
        Against::Text => Some(pasted).filter(|pasted| !pasted.trim().is_empty()).map(Arc::from),
    }
}

#[cfg(test)]
mod tests {
    use tollgate_tokens::Journal as _;
    use tollgate_tokens::checked::NewToken;
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
        let opened = manager.journal().read(|ledger| Opened::new(ledger.workspace(), Some(uid)));
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
            manager.journal().read(|ledger| other_text(&against, &opened, pasted, ledger.workspace()))
        };
        assert_eq!(other(Against::Opened, "").as_deref(), Some("{ }"));
        assert_eq!(other(Against::FullAccess, "").as_deref(), Some("{}"));
        assert!(other(Against::Token("1".to_owned()), "").is_some_and(|text| text.contains("GET")));
        assert_eq!(other(Against::Token("2".to_owned()), ""), None);
        assert_eq!(other(Against::Token(String::new()), ""), None);
        assert_eq!(other(Against::Text, " "), None);
        assert_eq!(other(Against::Text, "{}").as_deref(), Some("{}"));
    }
}
