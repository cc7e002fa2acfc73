//! What a client would get if it asked now, in words.

use std::sync::Arc;

use tollgate_tokens::checked::{NewClientToken, preview_client_token};
use tollgate_tokens::compatible::{ClientTokenChoice, ClientTokenPreview, PassedOver, PlannedToken};
use tollgate_tokens::{GeneratorRegistry, Timestamp, Token, TokenUid, Username, Workspace};

use super::refusal::refused;
use crate::format;

/// What is said before a client's token is handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientPreview {
    /// The client has no name yet, so there is nothing to say.
    Nameless,
    /// The call would be refused: why, and what to do.
    Refused(String),
    /// The client would get a token.
    Foreseen(Foreseen),
}

/// Which token a client would get, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreseen {
    /// The token that is there and would be handed out; `None` when one would be made.
    pub existing: Option<TokenUid>,
    /// What would happen and why, as a sentence.
    pub says: String,
    /// What pressing the button does: `Hand out token 12`.
    pub act: String,
    /// The tokens that would do as well, as a sentence; empty when there is none.
    pub ties: String,
    /// The note and the expiry that a new token would have.
    pub planned: Option<Planned>,
    /// The owner's other tokens, by number.
    pub passed_over: Vec<Passed>,
}

/// What a new token would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Its note.
    pub note: String,
    /// When it would expire, in words.
    pub expires: String,
}

/// A token that would not be handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passed {
    /// The token.
    pub uid: TokenUid,
    /// `Token 12`.
    pub name: String,
    /// Its note.
    pub note: String,
    /// Why it would not be.
    pub why: &'static str,
}

impl ClientPreview {
    /// What the client would get, if it would get something.
    #[must_use]
    pub fn foreseen(&self) -> Option<&Foreseen> {
        match self {
            Self::Foreseen(foreseen) => Some(foreseen),
            Self::Nameless | Self::Refused(_) => None,
        }
    }
}

/// Tells what a call would do.
pub(super) fn foresee(
    workspace: &Workspace,
    registry: &GeneratorRegistry,
    call: &NewClientToken,
    now: Timestamp,
) -> ClientPreview {
    match preview_client_token(workspace, registry, call, now) {
        Ok(preview) => ClientPreview::Foreseen(foreseen(&preview, &call.owner)),
        Err(refusal) => ClientPreview::Refused(refused("No token can be handed out", &refusal)),
    }
}

fn foreseen(preview: &ClientTokenPreview, owner: &Username) -> Foreseen {
    let (existing, says, act) = match &preview.choice {
        ClientTokenChoice::Existing(token) => {
            let why = why_chosen(token, preview);
            let says = format!("Token {} will be handed out: {why}.", token.number);
            (Some(token.uid), says, format!("Hand out token {}", token.number))
        }
        ClientTokenChoice::New(_) => {
            let says = format!("A new token will be made: {}.", why_new(owner, preview.passed_over.len()));
            (None, says, "Make the token".to_owned())
        }
    };
    let planned = match &preview.choice {
        ClientTokenChoice::Existing(_) => None,
        ClientTokenChoice::New(PlannedToken { note, expires, .. }) => {
            let expires = expires.map_or_else(|| "never".to_owned(), format::day_and_time);
            Some(Planned { note: note.clone(), expires })
        }
    };
    Foreseen { existing, says, act, ties: ties(preview), planned, passed_over: passed_over(preview) }
}

fn why_chosen(token: &Token, preview: &ClientTokenPreview) -> String {
    let has_rival = preview.passed_over.iter().any(|(_, why)| *why == PassedOver::ExpiresSooner);
    match (token.expires, has_rival) {
        (None, _) => "it never expires".to_owned(),
        (Some(expires), true) => {
            format!("of those that fit it expires last, on {}", format::day_and_time(expires))
        }
        (Some(expires), false) => format!("it is this client’s, and works until {}", format::day_and_time(expires)),
    }
}

fn why_new(owner: &Username, tokens: usize) -> String {
    match tokens {
        0 => format!("{owner} has no token yet"),
        1 => format!("the one token of {owner} does not fit"),
        many => format!("none of the {} of {owner} fits", format::plural(many as u64, "token", "tokens")),
    }
}

/// Names the tokens that would do as well: where the original has no rule, its users should not rely on ours.
fn ties(preview: &ClientTokenPreview) -> String {
    let tied: Vec<String> = preview.tied().map(|token| format!("token {}", token.number)).collect();
    if tied.is_empty() {
        return String::new();
    }
    let names = format::list(tied.iter().map(String::as_str));
    format!(
        "As good: {names}. Of equals Tollgate takes the one with the lowest number; Review Board has no rule for them."
    )
}

fn passed_over(preview: &ClientTokenPreview) -> Vec<Passed> {
    let tied: Vec<TokenUid> = preview.tied().map(|token| token.uid).collect();
    let passed = |(token, why): &(Arc<Token>, PassedOver)| Passed {
        uid: token.uid,
        name: format!("Token {}", token.number),
        note: if token.note.is_empty() { "No note".to_owned() } else { token.note.clone() },
        why: if tied.contains(&token.uid) { "it is as good, but has a higher number" } else { why.words() },
    };
    preview.passed_over.iter().map(passed).collect()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use tollgate_tokens::Journal as _;
    use tollgate_tokens::checked::NewToken;
    use tollgate_tokens::people::Powers;
    use tollgate_tokens::test_support::{memory_manager, noon};

    use super::super::test_support::at_once;
    use super::*;

    fn owner() -> Username {
        "ci-bot".parse().unwrap()
    }

    /// What RBTools would get where there are these tokens: for which client each is, and how many days it lives.
    fn foreseen_among(tokens: &[(&str, Option<i64>)]) -> Foreseen {
        let manager = memory_manager();
        at_once(manager.add_user(owner(), Powers::default())).unwrap();
        for (client, days) in tokens {
            let extra_data = serde_json::json!({"client_name": client}).as_object().cloned().unwrap();
            let expires = days.map(|days| noon() + TimeDelta::days(days));
            at_once(manager.generate(NewToken { extra_data, expires, ..NewToken::for_owner(owner()) })).unwrap();
        }
        let call = NewClientToken::for_client(owner(), "RBTools");
        let preview = manager.journal().read(|ledger| foresee(ledger.workspace(), manager.registry(), &call, noon()));
        preview.foreseen().cloned().unwrap()
    }

    #[track_caller]
    fn check_new(tokens: &[(&str, Option<i64>)], says: &str) {
        let foreseen = foreseen_among(tokens);
        assert_eq!(foreseen.says, says);
        assert_eq!((foreseen.act.as_str(), foreseen.existing), ("Make the token", None));
        let planned = foreseen.planned.unwrap();
        assert_eq!(planned.note, "API token automatically created for RBTools.");
        assert_eq!(planned.expires, "Tue 23 Nov 2027, 12:00 UTC");
        assert!(foreseen.passed_over.iter().all(|passed| passed.why == PassedOver::OtherClient.words()));
    }

    #[test]
    fn a_new_token_is_announced_with_what_it_would_be_and_why() {
        check_new(&[], "A new token will be made: ci-bot has no token yet.");
        check_new(&[("other", None)], "A new token will be made: the one token of ci-bot does not fit.");
        let two = [("other", None), ("rbtools", Some(90))];
        check_new(&two, "A new token will be made: none of the 2 tokens of ci-bot fits.");
    }

    #[track_caller]
    fn check_existing(tokens: &[(&str, Option<i64>)], says: &str, ties: &str) {
        let foreseen = foreseen_among(tokens);
        assert_eq!(foreseen.says, says);
        assert!(foreseen.existing.is_some() && foreseen.planned.is_none());
        assert!(foreseen.act.starts_with("Hand out token "), "{}", foreseen.act);
        assert_eq!(foreseen.ties.split(". ").next(), Some(ties));
        assert_eq!(foreseen.passed_over.len() + 1, tokens.len());
    }

    #[test]
    fn an_existing_token_is_announced_with_why_it_is_chosen() {
        let [never, week, other_week] = [("RBTools", None), ("RBTools", Some(7)), ("RBTools", Some(7))];
        check_existing(&[week, never], "Token 2 will be handed out: it never expires.", "");
        let until = "Mon 30 Nov 2026, 12:00 UTC";
        let alone = format!("Token 1 will be handed out: it is this client’s, and works until {until}.");
        check_existing(&[week], &alone, "");
        let sooner = ("RBTools", Some(6));
        let last = format!("Token 2 will be handed out: of those that fit it expires last, on {until}.");
        check_existing(&[sooner, week], &last, "");
        check_existing(&[sooner, week, other_week], &last, "As good: token 3");
    }

    #[test]
    fn a_call_that_would_be_refused_says_why_and_what_to_do() {
        let manager = memory_manager();
        let call = NewClientToken::for_client(owner(), "RBTools");
        let preview = manager.journal().read(|ledger| foresee(ledger.workspace(), manager.registry(), &call, noon()));
        let ClientPreview::Refused(why) = preview else { panic!("{preview:?}") };
        assert!(why.starts_with("No token can be handed out: there is no user `ci-bot`. What to do: "), "{why}");
        assert!(why.ends_with("(T0101)"), "{why}");
    }
}
