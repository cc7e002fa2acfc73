//! Where the workbench is: the side that is open, the request that is tried and what is compared, as the URL says it.

use tollgate_tokens::{PolicyUid, TokenUid, looks_like_token};

use crate::state::token_list::encode;

/// The method of the request that is tried first.
const METHOD: &str = "GET";

/// Its path.
const PATH: &str = "/api/review-requests/42/reviews/9/";

/// One side of a policy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// What it allows.
    #[default]
    Meaning,
    /// What it decides about one request.
    Explain,
    /// What differs from another policy.
    Compare,
    /// What is wrong, odd or pointless.
    Lint,
    /// Whether it decides as expected.
    Tests,
}

impl Side {
    /// All sides, in the order of their tabs.
    pub const ALL: [Self; 5] = [Self::Meaning, Self::Explain, Self::Compare, Self::Lint, Self::Tests];

    /// Its name in ids and in the URL.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Meaning => "meaning",
            Self::Explain => "explain",
            Self::Compare => "compare",
            Self::Lint => "lint",
            Self::Tests => "tests",
        }
    }

    /// Its word.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Meaning => "Meaning",
            Self::Explain => "Explain",
            Self::Compare => "Compare",
            Self::Lint => "Lint",
            Self::Tests => "Tests",
        }
    }

    /// The side with this name, or the first one.
    #[must_use]
    pub fn named(id: &str) -> Self {
        Self::ALL.into_iter().find(|side| side.id() == id).unwrap_or_default()
    }
}

/// What a policy is compared with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Against {
    /// The text that the workbench was opened with.
    #[default]
    Opened,
    /// Full access.
    FullAccess,
    /// Reading only.
    ReadOnly,
    /// The policy of the token with this number; empty while none is typed.
    Token(String),
    /// The version with this number of the policy that is opened.
    Version(u32),
    /// A text that is pasted beside it, which no URL holds.
    Text,
}

impl Against {
    /// The kinds, with their names in the URL and their words.
    pub const KINDS: [(&'static str, &'static str); 5] = [
        ("opened", "As it was opened"),
        ("full", "Full access"),
        ("read-only", "Read only"),
        ("token", "A token’s policy"),
        ("text", "Another text"),
    ];

    /// The name of its kind.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::FullAccess => "full",
            Self::ReadOnly => "read-only",
            Self::Token(_) => "token",
            Self::Version(_) => "version",
            Self::Text => "text",
        }
    }

    /// What chooses it in a list: the name of its kind, and of a version its number as well.
    #[must_use]
    pub fn choice(&self) -> String {
        match self {
            Self::Version(number) => format!("version:{number}"),
            other => other.kind().to_owned(),
        }
    }

    /// What it is called in a sentence.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Opened => "the text that was opened".to_owned(),
            Self::FullAccess => "full access".to_owned(),
            Self::ReadOnly => "read only".to_owned(),
            Self::Token(number) => format!("token {number}"),
            Self::Version(number) => format!("version {number}"),
            Self::Text => "the other text".to_owned(),
        }
    }

    /// Reads a name with what may stand behind it, such as `token:7`; what is no such name is the default.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let (kind, rest) = text.split_once(':').unwrap_or((text, ""));
        match kind {
            "full" => Self::FullAccess,
            "read-only" => Self::ReadOnly,
            "token" => Self::Token(rest.chars().filter(char::is_ascii_digit).take(12).collect()),
            "version" => rest.parse().map_or(Self::Opened, Self::Version),
            "text" => Self::Text,
            _ => Self::Opened,
        }
    }

    fn written(&self) -> String {
        match self {
            Self::Token(number) => format!("token:{number}"),
            other => other.choice(),
        }
    }
}

/// What the URL says about the workbench. The text is never in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkbenchPlace {
    /// The policy of the library that was opened, if one was.
    pub policy: Option<PolicyUid>,
    /// The token whose policy was opened; none for the draft.
    pub token: Option<TokenUid>,
    /// The catalog that the text is looked at with, by its name; none for the usual one.
    pub catalog: Option<String>,
    /// The side that is open.
    pub side: Side,
    /// The method of the request that is tried.
    pub method: String,
    /// Its path.
    pub path: String,
    /// What the policy is compared with.
    pub against: Against,
}

impl Default for WorkbenchPlace {
    fn default() -> Self {
        Self {
            policy: None,
            token: None,
            catalog: None,
            side: Side::default(),
            method: METHOD.to_owned(),
            path: PATH.to_owned(),
            against: Against::default(),
        }
    }
}

impl WorkbenchPlace {
    /// Reads the place from the parts of a URL, the policy from its path. What looks like a token is dropped, never
    /// kept.
    #[must_use]
    pub fn read(part: impl Fn(&str) -> Option<String>) -> Self {
        let part = |name: &str| part(name).filter(|text| !looks_like_token(text));
        Self {
            policy: part("policy").and_then(|uid| uid.parse().ok()),
            token: part("token").and_then(|uid| uid.parse().ok()),
            catalog: part("for").filter(|name| !name.is_empty()),
            side: Side::named(&part("side").unwrap_or_default()),
            method: part("method").unwrap_or_else(|| METHOD.to_owned()),
            path: part("path").unwrap_or_else(|| PATH.to_owned()),
            against: Against::read(&part("against").unwrap_or_default()),
        }
    }

    /// The same side for another text: what was chosen for this one does not hold for that.
    #[must_use]
    pub fn for_another_text(&self) -> Self {
        Self { side: self.side, ..Self::default() }
    }

    /// The URL of this place, with what differs from the usual. What looks like a token is left out.
    #[must_use]
    pub fn url(&self) -> String {
        let usual = Self::default();
        let mut parts: Vec<(&str, String)> = Vec::new();
        let path = self.policy.map_or_else(|| "/policies".to_owned(), |uid| format!("/policies/{uid}"));
        let token = self.token.filter(|_| self.policy.is_none());
        parts.extend(token.map(|uid| ("token", uid.to_string())));
        parts.extend(self.catalog.clone().filter(|name| !looks_like_token(name)).map(|name| ("for", name)));
        if self.side != usual.side {
            parts.push(("side", self.side.id().to_owned()));
        }
        for (name, part, usual) in [("method", &self.method, &usual.method), ("path", &self.path, &usual.path)] {
            if part != usual && !looks_like_token(part) {
                parts.push((name, part.clone()));
            }
        }
        if self.against != usual.against {
            parts.push(("against", self.against.written()));
        }
        // The router decodes twice, so what stands for an escape is escaped before.
        let written = |(name, part): &(&str, String)| format!("{name}={}", encode(&part.replace('%', "%25")));
        let parts: Vec<String> = parts.iter().map(written).collect();
        if parts.is_empty() { path } else { format!("{path}?{}", parts.join("&")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> WorkbenchPlace {
        let query = url.split_once('?').map_or("", |(_, query)| query);
        let parts: Vec<(String, String)> = query
            .split('&')
            .filter_map(|part| part.split_once('='))
            .map(|(name, part)| (name.to_owned(), part.replace("%2F", "/")))
            .collect();
        WorkbenchPlace::read(|name| parts.iter().find(|(found, _)| found == name).map(|(_, part)| part.clone()))
    }

    #[test]
    fn a_place_is_read_as_it_was_written() {
        let tried = WorkbenchPlace {
            side: Side::Explain,
            method: "PUT".to_owned(),
            path: "/api/review-requests/1/".to_owned(),
            against: Against::Token("7".to_owned()),
            ..WorkbenchPlace::default()
        };
        assert_eq!(
            tried.url(),
            "/policies?side=explain&method=PUT&path=%2Fapi%2Freview-requests%2F1%2F&against=token:7"
        );
        assert_eq!(read(&tried.url()), tried);
        let pets = WorkbenchPlace { catalog: Some("Pets".to_owned()), ..WorkbenchPlace::default() };
        assert_eq!(pets.url(), "/policies?for=Pets");
        assert_eq!(read(&pets.url()), pets);
        assert_eq!(WorkbenchPlace::default().url(), "/policies");
        assert_eq!(read("/policies?side=nothing&against=what"), WorkbenchPlace::default());
        for (name, _) in Against::KINDS {
            assert_eq!(Against::read(name).kind(), name);
        }
    }

    #[test]
    fn a_policy_of_the_library_is_in_the_path_and_its_versions_in_what_is_compared() {
        let policy = PolicyUid::from_bytes([7; 16]);
        let place = WorkbenchPlace {
            policy: Some(policy),
            token: Some(TokenUid::from_bytes([8; 16])),
            against: Against::Version(2),
            ..WorkbenchPlace::default()
        };
        assert_eq!(place.url(), format!("/policies/{policy}?against=version:2"));
        let read = WorkbenchPlace::read(|name| match name {
            "policy" => Some(policy.to_string()),
            "against" => Some("version:2".to_owned()),
            _ => None,
        });
        assert_eq!(read, WorkbenchPlace { token: None, ..place });
        assert_eq!(Against::read("version:two"), Against::Opened);
        assert_eq!(Against::read(&Against::Version(2).choice()).words(), "version 2");
    }

    #[test]
    fn a_token_that_is_typed_as_a_path_stays_out_of_the_url() {
        let token = tollgate_tokens::VendorChecksum::assemble("rbp", &"a".repeat(245));
        let place = WorkbenchPlace { path: format!("/api/{token}/"), ..WorkbenchPlace::default() };
        assert_eq!(place.url(), "/policies");
        assert_eq!(WorkbenchPlace::read(|_| Some(token.clone())), WorkbenchPlace::default());
    }
}
