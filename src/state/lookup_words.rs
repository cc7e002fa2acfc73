//! What a look-up says, in words: what is true, what a server answers, and what to do.

use tollgate_tokens::{
    Admission, Authentication, Timestamp, Token, TokenDigest, TokenForm, TokenStatus, Username, VendorChecksum,
    Workspace, server_date,
};

use super::lookup::{LookedUp, LookupTone, Match, Spelling};
use crate::format;

/// The words of an answer.
pub(super) struct Words {
    headline: String,
    tone: LookupTone,
    server: String,
    advice: String,
}

impl Words {
    fn new(
        tone: LookupTone,
        headline: impl Into<String>,
        server: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        Self { headline: headline.into(), tone, server: server.into(), advice: advice.into() }
    }

    /// The answer that these words are part of.
    pub(super) fn looked_up(self, code: &'static str, tokens: Vec<Match>, admission: String) -> LookedUp {
        let Self { headline, tone, server, advice } = self;
        LookedUp { headline, tone, server, advice, code, tokens, admission }
    }

    /// Says what is wrong with how a token stood in what was pasted.
    pub(super) fn spelled(mut self, spelling: Spelling) -> Self {
        if spelling == Spelling::Within {
            let within = "The token was found in a longer text and looked up by itself. A server takes it as `Authorization: token`, one space, and the token.";
            self.advice = join(&[&self.advice, within]);
        }
        self
    }
}

/// What becomes of a login.
pub(super) fn of_login(
    workspace: &Workspace,
    outcome: &Authentication,
    digest: &TokenDigest,
    form: &TokenForm,
    now: Timestamp,
) -> Words {
    match outcome {
        Authentication::LoggedIn { token, deprecated } => logged_in(token, *deprecated, now),
        Authentication::Unknown => unknown(workspace, digest, form),
        Authentication::Invalid { token } => invalid(token, now),
        Authentication::Expired { token } => expired(token, now),
        Authentication::Uncertain { token } => Words::new(
            LookupTone::Unclear,
            format!("Nobody can tell from here whether token {} logs in.", token.number),
            "Only a server can say: a damaged entry of the journal, or one of a newer kind, may have changed the token.",
            "Repair the record under Activity. Then invalidate the token, or ask its owner before you rely on it.",
        ),
        Authentication::InactiveOwner { token } => Words::new(
            LookupTone::Bad,
            format!("Token {} does not log in: its owner {} is inactive.", token.number, token.owner),
            "It answers 401, error 104, as if it did not know the token.",
            "Make the owner active under People, or give the client a token of somebody else.",
        ),
        Authentication::UnknownOwner { token } => Words::new(
            LookupTone::Unclear,
            format!("Nobody can tell from here whether token {} logs in.", token.number),
            format!("Only a server can say: its owner {} is not known here.", token.owner),
            "Add the owner under People if they may log in.",
        ),
        Authentication::TooManyFailedLogins => Words::new(
            LookupTone::Bad,
            "Logins failed too often.",
            "It refuses every login from there for a while, those with good tokens included.",
            "Wait, and try again.",
        ),
    }
}

fn logged_in(token: &Token, deprecated: bool, now: Timestamp) -> Words {
    let expires = token.expires.filter(|_| token.status_at(now) == TokenStatus::Expiring);
    let expiring =
        expires.map(|expires| format!("It expires {}: rotate it before then.", format::relative(expires, now)));
    let (said, advice) = if deprecated {
        (
            "Its format is deprecated, which is said with every answer.",
            "Rotate it: its successor has the present format.",
        )
    } else {
        ("", "")
    };
    Words::new(
        LookupTone::Good,
        format!("Token {} logs in as {}.", token.number, token.owner),
        join(&["It takes the token; what the token may do then, its policy and its Local Site decide.", said]),
        join(&[expiring.as_deref().unwrap_or_default(), advice]),
    )
}

fn invalid(token: &Token, now: Timestamp) -> Words {
    let when = token.invalid_date.map(|date| format!(" {}", format::relative(date, now))).unwrap_or_default();
    let (why, reason) = match token.invalid_reason.as_str() {
        "" => (String::new(), String::new()),
        reason => (format!(": “{reason}”"), format!(", with “{reason}” as the reason")),
    };
    let date = server_date(token.invalid_date);
    Words::new(
        LookupTone::Bad,
        format!("Token {} was invalidated{when}{why}.", token.number),
        format!("It answers 401, error 104, and names {date} as the time since when the token is invalid{reason}."),
        "Give the client another token. If this one was invalidated by mistake, undo that on its page.",
    )
}

fn expired(token: &Token, now: Timestamp) -> Words {
    let when = token.expires.map(|expires| format!(" {}", format::relative(expires, now))).unwrap_or_default();
    let date = server_date(token.expires);
    Words::new(
        LookupTone::Bad,
        format!("Token {} expired{when}.", token.number),
        format!("It answers 401, error 104, names {date} as the time of the expiry, and tells the owner once by mail."),
        "Give the client another token.",
    )
}

/// No token of the workspace has this text, which its form, a deletion or a loss may explain.
fn unknown(workspace: &Workspace, digest: &TokenDigest, form: &TokenForm) -> Words {
    const SERVER: &str = "One that does not know it either answers 401, error 104, as to a wrong password.";
    if let Some(deleted) = workspace.deleted_token_by_digest(digest) {
        let headline = format!("Token {} was deleted here.", deleted.token.number);
        let advice = "Give the client another token. If this one was deleted by mistake, undo that under Activity.";
        return Words::new(LookupTone::Bad, headline, SERVER, advice);
    }
    let explained = match form {
        TokenForm::Whole { generator, deprecated: false } => format!(
            "It has the form of the tokens of `{generator}`, so it was not mistyped. It may be of another workspace or server; if it leaked, invalidate it there."
        ),
        TokenForm::Whole { generator, deprecated: true } => format!(
            "It has the form of the old tokens of `{generator}`. It may be of another workspace or server; if it leaked, invalidate it there."
        ),
        TokenForm::Surrounded => {
            "A whole token stands in it, with something around it, such as quotes. A server compares the whole text: leave out what is around it.".to_owned()
        }
        TokenForm::Broken { length: VendorChecksum::LENGTH } => {
            "It begins like a token, but its checksum is wrong: it is probably mistyped. Copy it again.".to_owned()
        }
        TokenForm::Broken { length } => format!(
            "It begins like a token, but has {} instead of {}: it is probably cut off. Copy the whole of it.",
            format::plural(*length as u64, "character", "characters"),
            VendorChecksum::LENGTH
        ),
        TokenForm::Foreign => {
            "No generator that is known here makes such texts: it is probably no token at all.".to_owned()
        }
    };
    let lost = match workspace.lost_tokens().count() {
        0 => String::new(),
        count => format!(
            "It may also be one of {} whose making was lost with a damaged entry.",
            format::plural(count as u64, "token", "tokens")
        ),
    };
    Words::new(LookupTone::Bad, "No token here has this text.", SERVER, join(&[&explained, &lost]))
}

/// What four characters find.
pub(super) fn of_last_four(found: usize) -> Words {
    let headline = match found {
        0 => "No token here ends with these four characters.".to_owned(),
        1 => "1 token here ends with these four characters.".to_owned(),
        many => format!("{} end with these four characters.", format::plural(many as u64, "token here", "tokens here")),
    };
    let advice = "Four characters prove nothing: a token of another workspace or server may end with them, too. Upper and lower case differ.";
    Words::new(LookupTone::Plain, headline, "", advice)
}

pub(super) fn of_password() -> Words {
    Words::new(
        LookupTone::Plain,
        "That is a user name and a password, and no token.",
        "Only a server can check a password.",
        "Nothing of it was kept here.",
    )
}

pub(super) fn of_oauth() -> Words {
    Words::new(
        LookupTone::Plain,
        "That is a header for a token of OAuth 2.",
        "Only a server can check it. An API token in its place gets 401, error 104, like a wrong password.",
        "Send an API token with the word `token` in the place of `Bearer`.",
    )
}

pub(super) fn of_no_credentials() -> Words {
    Words::new(
        LookupTone::Bad,
        "That is neither a token nor a header that a server recognizes.",
        "As a header it leaves the request anonymous, which is refused with 401, error 103.",
        "Send `Authorization: token`, one space, and the token.",
    )
}

/// What a part of a server does with a token that logged in.
pub(super) fn of_admission(admission: &Admission, owner: &Username) -> String {
    let words = match admission {
        Admission::Admitted => "It may be used there; its policy decides the rest.".to_owned(),
        Admission::IfMember(site) => format!(
            "It may be used there if {owner} has access to {site}: as a member, as staff, or because the site is public. Only the server knows that, and answers 403, error 101, if not."
        ),
        Admission::WrongSite { bound_to } => {
            format!("It is refused there with 403, error 101: it works on {bound_to} only.")
        }
        Admission::UnknownSite(site) => format!("There is no Local Site {site}: the answer is 404, error 100."),
    };
    format!("{words} ({})", admission.code())
}

/// Sentences one after the other, without those that are empty.
fn join(sentences: &[&str]) -> String {
    let sentences: Vec<&str> = sentences.iter().copied().filter(|sentence| !sentence.is_empty()).collect();
    sentences.join(" ")
}
