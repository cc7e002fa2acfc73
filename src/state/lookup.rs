//! Looking a text up: whose token it is, and what becomes of a login with it. Of the text only its digest is kept.

use std::sync::Arc;

use leptos::prelude::*;
use tollgate_tokens::{
    Credential, GeneratorRegistry, LoginAttempt, Pasted, RequestPlace, SiteName, Timestamp, Token, TokenDigest,
    TokenForm, TokenSecret, TokenStatus, TokenUid, Workspace, admit, authenticate_by_digest, find_by_last_four,
    looks_like_token,
};
use zeroize::Zeroizing;

use super::Console;
use super::lookup_words::{self, Words};

/// What is asked: never a whole text, only its digest and its form, or the four characters that were asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Question {
    /// A text that may be a token.
    Token {
        /// Its digest.
        digest: TokenDigest,
        /// Its form.
        form: TokenForm,
        /// How it stood in what was pasted.
        spelling: Spelling,
    },
    /// The last four characters of a token.
    LastFour(String),
    /// A user name and a password.
    Password,
    /// A token of OAuth 2.
    OAuth,
    /// A text that no server takes for credentials.
    Unrecognized,
}

/// How a token stood in what was pasted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// Alone, or in a header as a server reads it.
    Plain,
    /// In a longer text.
    Within,
}

/// How good an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookupTone {
    /// The token logs in.
    Good,
    /// It does not.
    Bad,
    /// Nobody can tell from here.
    Unclear,
    /// It is not about one token.
    Plain,
}

/// A token that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The token.
    pub uid: TokenUid,
    /// `Token 12`.
    pub name: String,
    /// Its status.
    pub status: TokenStatus,
    /// Its owner.
    pub owner: String,
    /// Where it works, in words.
    pub site: String,
    /// Its note, or words that say that there is none.
    pub note: String,
    /// What is kept of its secret.
    pub fingerprint: String,
    /// Whether its format is deprecated.
    pub is_deprecated: bool,
}

/// What a look-up says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookedUp {
    /// What is true, as a sentence.
    pub headline: String,
    /// How good that is.
    pub tone: LookupTone,
    /// What a server answers, in sentences; empty where nobody asks one.
    pub server: String,
    /// What to do, in sentences; empty for nothing.
    pub advice: String,
    /// The stable code of the outcome; empty where there is none.
    pub code: &'static str,
    /// The tokens that were found, by number.
    pub tokens: Vec<Match>,
    /// What the chosen part of a server does after the login; empty where there is none.
    pub admission: String,
}

/// The page, which shows what was asked last.
#[derive(Clone, Copy)]
pub struct Lookup {
    console: Console,
    /// The part of a server that a request is for: the name of a Local Site, or empty for the root.
    pub place: RwSignal<String>,
    answer: Memo<Option<LookedUp>>,
    error: RwSignal<String>,
}

impl Lookup {
    /// The state of the page; what was handed over to it is answered at once.
    #[must_use]
    pub fn new(console: Console) -> Self {
        let place = RwSignal::new(String::new());
        let answer = Memo::new(move |_| {
            let question = console.asked.question.get()?;
            let (place, now, registry) = (request_place(&place.get()), console.now().get(), console.registry());
            Some(console.workspace().with(|workspace| answer(workspace, &registry, &question, &place, now)))
        });
        on_cleanup(move || console.asked.set(None));
        Self { console, place, answer, error: RwSignal::new(String::new()) }
    }

    /// Looks a text up. It goes no further than this function, which wipes it.
    pub fn ask(self, text: String) {
        let question = question(self.console, &Zeroizing::new(text));
        self.error.set(match question {
            Some(_) => String::new(),
            None => "paste a token, a header, or the last four characters of a token".to_owned(),
        });
        self.console.asked.set(question);
    }

    /// What the look-up says; `None` before the first.
    #[must_use]
    pub fn answer(self) -> Memo<Option<LookedUp>> {
        self.answer
    }

    /// What is wrong with what was asked; empty when nothing is.
    #[must_use]
    pub fn error(self) -> Signal<String> {
        // What is handed over from elsewhere is answered, whatever was wrong before.
        Signal::derive(move || if self.answer.with(Option::is_some) { String::new() } else { self.error.get() })
    }
}

/// What is looked up now: the way from a line where a token was typed by mistake to the page that looks it up.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    question: RwSignal<Option<Question>>,
}

impl Asked {
    pub(super) fn new() -> Self {
        Self { question: RwSignal::new(None) }
    }

    fn set(self, question: Option<Question>) {
        self.question.try_set(question);
    }
}

/// A line where a token may be typed by mistake: its text is not kept, but it can be looked up.
#[derive(Clone, Copy)]
pub struct Caught {
    console: Console,
    question: RwSignal<Option<Question>>,
    times: RwSignal<u32>,
}

impl Caught {
    /// Nothing was caught yet.
    #[must_use]
    pub fn new(console: Console) -> Self {
        Self { console, question: RwSignal::new(None), times: RwSignal::new(0) }
    }

    /// Looks at what a line holds now, whether that is a token.
    pub fn look_at(self, text: &str) {
        if looks_like_token(text) {
            self.question.set(question(self.console, text));
            self.times.update(|times| *times = times.wrapping_add(1));
        } else {
            self.forget();
        }
    }

    /// Gives back what a line holds now, unless that is a token, which is wiped.
    #[must_use]
    pub fn sift(self, text: String) -> Option<String> {
        self.look_at(&text);
        if self.question.with_untracked(Option::is_some) {
            drop(Zeroizing::new(text));
            return None;
        }
        Some(text)
    }

    /// Whether the line held a token last.
    #[must_use]
    pub fn is_any(self) -> Signal<bool> {
        Signal::derive(move || self.question.with(Option::is_some))
    }

    /// Counts the tokens that were caught: after each the line has to show its own text again.
    #[must_use]
    pub fn times(self) -> ReadSignal<u32> {
        self.times.read_only()
    }

    /// Hands what was caught, if anything was, to the page that looks it up.
    pub fn look_up(self) {
        if let Some(question) = self.question.get_untracked() {
            self.console.asked.set(Some(question));
            self.forget();
        }
    }

    /// Forgets what was caught.
    pub fn forget(self) {
        if self.question.with_untracked(Option::is_some) {
            self.question.set(None);
        }
    }
}

/// What a pasted text asks; nothing if it is empty.
fn question(console: Console, text: &str) -> Option<Question> {
    let registry = console.registry();
    console.workspace().with_untracked(|workspace| question_of(workspace, &registry, text))
}

fn question_of(workspace: &Workspace, registry: &GeneratorRegistry, text: &str) -> Option<Question> {
    let settings = workspace.settings();
    let registry = settings.apply(registry);
    let token = |secret: TokenSecret, spelling| Question::Token {
        digest: secret.digest(),
        form: secret.form(&registry, &settings.token_type),
        spelling,
    };
    Some(match Pasted::read(text) {
        Pasted::Nothing => return None,
        Pasted::Header(Credential::Token(secret)) | Pasted::Token(secret) => token(secret, Spelling::Plain),
        Pasted::Within(secret) => token(secret, Spelling::Within),
        Pasted::LastFour(last_four) => Question::LastFour(last_four),
        Pasted::Header(Credential::Password) => Question::Password,
        Pasted::Header(Credential::OAuth) => Question::OAuth,
        Pasted::Header(Credential::Unrecognized) => Question::Unrecognized,
    })
}

/// The part of a server that a name stands for. The names on offer are those of sites, so each can be parsed.
fn request_place(name: &str) -> RequestPlace {
    name.parse::<SiteName>().map_or(RequestPlace::Root, RequestPlace::Site)
}

fn answer(
    workspace: &Workspace,
    registry: &GeneratorRegistry,
    question: &Question,
    place: &RequestPlace,
    now: Timestamp,
) -> LookedUp {
    let registry = workspace.settings().apply(registry);
    let found = |token: &Arc<Token>| matched(token, &registry, now);
    let plain = |words: Words, tokens: Vec<Match>| words.looked_up("", tokens, String::new());
    match question {
        Question::Token { digest, form, spelling } => {
            let outcome = authenticate_by_digest(workspace, &registry, digest, LoginAttempt::at(now));
            let words = lookup_words::of_login(workspace, &outcome, digest, form, now).spelled(*spelling);
            let admission = outcome.token().filter(|_| outcome.logs_in()).map_or_else(String::new, |token| {
                lookup_words::of_admission(&admit(workspace, token, place), &token.owner)
            });
            words.looked_up(outcome.code(), outcome.token().map(found).into_iter().collect(), admission)
        }
        Question::LastFour(last_four) => {
            let tokens: Vec<Match> = find_by_last_four(workspace, last_four).into_iter().map(found).collect();
            plain(lookup_words::of_last_four(tokens.len()), tokens)
        }
        Question::Password => plain(lookup_words::of_password(), Vec::new()),
        Question::OAuth => plain(lookup_words::of_oauth(), Vec::new()),
        Question::Unrecognized => plain(lookup_words::of_no_credentials(), Vec::new()),
    }
}

fn matched(token: &Token, registry: &GeneratorRegistry, now: Timestamp) -> Match {
    Match {
        uid: token.uid,
        name: format!("Token {}", token.number),
        status: token.status_at(now),
        owner: token.owner.to_string(),
        site: match &token.local_site {
            Some(site) => format!("{site} only"),
            None => "every site its owner belongs to".to_owned(),
        },
        note: if token.note.is_empty() { "No note".to_owned() } else { token.note.clone() },
        fingerprint: token.fingerprint.to_string(),
        is_deprecated: token.is_deprecated(registry),
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use tollgate_tokens::checked::{Generated, NewToken};
    use tollgate_tokens::people::Powers;
    use tollgate_tokens::test_support::{CountingEntropy, SteadyClock, memory_manager, noon};
    use tollgate_tokens::{Journal as _, Manager, MemoryJournal, Username};

    use super::super::test_support::at_once;
    use super::*;

    type TestManager = Manager<MemoryJournal, SteadyClock, CountingEntropy>;

    fn owner() -> Username {
        "ci-bot".parse().unwrap()
    }

    /// A token for the Local Site acme that expires in a day, and its text.
    fn with_token() -> (TestManager, TokenUid, String) {
        let manager = memory_manager();
        at_once(manager.add_user(owner(), Powers::default())).unwrap();
        at_once(manager.add_site("acme".parse().unwrap())).unwrap();
        let expires = Some(noon() + TimeDelta::days(1));
        let call = NewToken { local_site: Some("acme".parse().unwrap()), expires, ..NewToken::for_owner(owner()) };
        let Generated { uid, secret, .. } = at_once(manager.generate(call)).unwrap();
        (manager, uid, secret.expose_once().as_str().to_owned())
    }

    fn look_up(manager: &TestManager, text: &str, place: &str, now: Timestamp) -> LookedUp {
        manager.journal().read(|ledger| {
            let workspace = ledger.workspace();
            let question = question_of(workspace, manager.registry(), text).unwrap();
            answer(workspace, manager.registry(), &question, &request_place(place), now)
        })
    }

    #[track_caller]
    fn check(manager: &TestManager, text: &str, code: &str, headline: &str) -> LookedUp {
        let found = look_up(manager, text, "", noon());
        assert_eq!((found.code, found.headline.as_str()), (code, headline));
        assert!(!found.server.is_empty() && !found.server.contains(text) && !found.advice.contains(text));
        found
    }

    #[test]
    fn a_token_is_found_however_it_was_pasted() {
        let (manager, uid, secret) = with_token();
        for pasted in [secret.clone(), format!("token {secret}"), format!(" Authorization: token {secret}\n")] {
            let found = check(&manager, &pasted, "L0101", "Token 1 logs in as ci-bot.");
            assert_eq!(found.tokens.iter().map(|token| token.uid).collect::<Vec<_>>(), [uid]);
            assert_eq!(
                (found.tone, found.advice.as_str()),
                (LookupTone::Good, "It expires tomorrow: rotate it before then.")
            );
        }
        let quoted = check(&manager, &format!("TOKEN=\"{secret}\""), "L0101", "Token 1 logs in as ci-bot.");
        assert!(quoted.advice.contains("found in a longer text"), "{}", quoted.advice);
    }

    #[test]
    fn what_became_of_a_token_is_told() {
        let (manager, uid, secret) = with_token();
        let late = look_up(&manager, &secret, "", noon() + TimeDelta::days(2));
        assert_eq!((late.code, late.headline.as_str()), ("L0106", "Token 1 expired yesterday."));
        at_once(manager.change_user(owner(), Powers { active: false, superuser: false })).unwrap();
        check(&manager, &secret, "L0107", "Token 1 does not log in: its owner ci-bot is inactive.");
        at_once(manager.invalidate_one(uid, "leaked".to_owned())).unwrap();
        let invalid = check(&manager, &secret, "L0105", "Token 1 was invalidated just now: “leaked”.");
        assert!(invalid.server.contains("names Nov. 23, 2026, noon as the time"), "{}", invalid.server);
        assert!(invalid.server.contains("with “leaked” as the reason"), "{}", invalid.server);
        at_once(manager.delete(vec![uid], String::new())).unwrap();
        let deleted = check(&manager, &secret, "L0103", "Token 1 was deleted here.");
        assert!(deleted.tokens.is_empty());
    }

    #[test]
    fn an_unknown_text_is_explained_by_its_form() {
        let (manager, _, secret) = with_token();
        let mistyped = format!("rbp_{}", "q".repeat(251));
        for (text, says) in [
            (mistyped.as_str(), "its checksum is wrong"),
            (secret.get(..254).unwrap(), "has 254 characters instead of 255"),
            ("0123456789abcdef0123456789abcdef01234567", "the form of the old tokens of `legacy_sha1`"),
            ("hello-there", "probably no token at all"),
        ] {
            let found = check(&manager, text, "L0103", "No token here has this text.");
            assert!(found.advice.contains(says), "{}", found.advice);
            assert!(found.tokens.is_empty() && found.admission.is_empty());
        }
    }

    #[test]
    fn four_characters_find_every_token_that_ends_with_them() {
        let (manager, uid, secret) = with_token();
        let found = look_up(&manager, secret.get(251..).unwrap(), "", noon());
        assert_eq!(found.headline, "1 token here ends with these four characters.");
        let tokens: Vec<(TokenUid, TokenStatus)> = found.tokens.iter().map(|token| (token.uid, token.status)).collect();
        assert_eq!(tokens, [(uid, TokenStatus::Expiring)]);
        assert_eq!(look_up(&manager, "----", "", noon()).headline, "No token here ends with these four characters.");
    }

    #[test]
    fn what_is_no_token_is_told_from_one() {
        let (manager, ..) = with_token();
        for (text, headline) in [
            ("Basic YTpi", "That is a user name and a password, and no token."),
            ("Authorization: Bearer x", "That is a header for a token of OAuth 2."),
            ("Authorization: Token x", "That is neither a token nor a header that a server recognizes."),
        ] {
            check(&manager, text, "", headline);
        }
        assert!(manager.journal().read(|ledger| question_of(ledger.workspace(), manager.registry(), " ")).is_none());
    }

    #[test]
    fn the_part_of_a_server_matters_to_a_token_that_logs_in() {
        let (manager, uid, secret) = with_token();
        for (place, says) in [("", "it works on acme only. (L0203)"), ("acme", "if not. (L0202)")] {
            let found = look_up(&manager, &secret, place, noon());
            assert!(found.admission.ends_with(says), "{}", found.admission);
        }
        at_once(manager.invalidate_one(uid, String::new())).unwrap();
        assert!(look_up(&manager, &secret, "acme", noon()).admission.is_empty());
    }
}
