//! Which of a user's tokens a client is handed, and why each of the others is not.

use std::cmp::Reverse;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::generator::GeneratorRegistry;
use crate::ids::{SiteName, Username};
use crate::model::{Standing, Token, Workspace};
use crate::time::Timestamp;

/// The key of a token's extra data that names the client it was made for. ANOTHER KEY ORPHANS EVERY CLIENT'S TOKEN.
pub const CLIENT_NAME: &str = "client_name";

/// What a client would get if it asked now. Nothing is changed by looking.
#[derive(Debug, Clone, PartialEq)]
pub struct ClientTokenPreview {
    /// What the client would get.
    pub choice: ClientTokenChoice,
    /// The user's other tokens, in the order of their numbers, each with why it is not handed out.
    pub passed_over: Vec<(Arc<Token>, PassedOver)>,
}

/// What a client gets.
#[derive(Debug, Clone, PartialEq)]
pub enum ClientTokenChoice {
    /// A token that is there, with nothing of it changed.
    Existing(Arc<Token>),
    /// A new token.
    New(PlannedToken),
}

/// What a client's new token would be.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedToken {
    /// The note, which names the client.
    pub note: String,
    /// When it expires; `None` is never.
    pub expires: Option<Timestamp>,
    /// The extra data, with the client's name in it.
    pub extra_data: Map<String, Value>,
}

/// Why a token is not handed out: the first of these that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassedOver {
    /// A damaged journal entry may have changed it. Only the checked layer asks.
    Uncertain,
    /// It was invalidated.
    Invalid,
    /// It does not outlive the minimum validity.
    ExpiresTooSoon,
    /// It is not of the Local Site that was asked for, or it is of one and a global token was asked for.
    OtherSite,
    /// Its extra data names another client, or none.
    OtherClient,
    /// Its generator is deprecated, and such tokens are ignored.
    Deprecated,
    /// It would do, but the chosen one expires later, or at the same time and has a lower number.
    ExpiresSooner,
}

impl PassedOver {
    /// The reason in words, to be read after the token's name and a colon.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Uncertain => "a damaged journal entry may have changed it",
            Self::Invalid => "it was invalidated",
            Self::ExpiresTooSoon => "it expires too soon",
            Self::OtherSite => "it is not of this Local Site",
            Self::OtherClient => "it is not this client's",
            Self::Deprecated => "its format is deprecated",
            Self::ExpiresSooner => "another one comes first",
        }
    }
}

impl ClientTokenPreview {
    /// How many tokens would do just as well as the one that is chosen. Linear in the tokens that were passed over.
    #[must_use]
    pub fn ties(&self) -> usize {
        self.tied().count()
    }

    /// The tokens that would do just as well as the one that is chosen, in the order of their numbers.
    pub fn tied(&self) -> impl Iterator<Item = &Arc<Token>> {
        let chosen = match &self.choice {
            ClientTokenChoice::Existing(chosen) => Some(chosen),
            ClientTokenChoice::New(_) => None,
        };
        let as_good = self.passed_over.iter().filter(move |(token, why)| {
            *why == PassedOver::ExpiresSooner && chosen.is_some_and(|chosen| token.expires == chosen.expires)
        });
        as_good.map(|(token, _)| token)
    }
}

impl PlannedToken {
    /// The token of a client; its name wins over one in the extra data.
    pub(crate) fn for_client(
        client_name: Option<&str>,
        expires: Option<Timestamp>,
        mut extra_data: Map<String, Value>,
    ) -> Self {
        // Python writes a missing name as `None`.
        let note = format!("API token automatically created for {}.", client_name.unwrap_or("None"));
        extra_data.insert(CLIENT_NAME.to_owned(), client_name.map_or(Value::Null, Value::from));
        Self { note, expires, extra_data }
    }
}

/// What a client's token must be.
pub(crate) struct Wanted<'c> {
    pub(crate) user: &'c Username,
    pub(crate) client_name: Option<&'c str>,
    /// It must expire after this instant, or never.
    pub(crate) valid_until: Timestamp,
    pub(crate) site: SiteRule<'c>,
    pub(crate) ignore_deprecated: bool,
    pub(crate) uncertain: Uncertain,
}

/// Which Local Site a client's token must be of.
#[derive(Clone, Copy)]
pub(crate) enum SiteRule<'c> {
    /// Whichever: the server has none.
    Any,
    /// This one; `None` is a global token.
    Only(Option<&'c SiteName>),
}

/// What becomes of tokens that damage made uncertain.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Uncertain {
    /// They are taken for what they seem to be: the original knows no damage.
    Trusted,
    /// They are never handed out.
    PassedOver,
}

/// The outcome of choosing.
pub(crate) struct Selection {
    pub(crate) chosen: Option<Arc<Token>>,
    /// The number of a token that the original comes to before it finds one, and crashes at.
    pub(crate) stumbling_block: Option<u64>,
    pub(crate) passed_over: Vec<(Arc<Token>, PassedOver)>,
}

/// How one token does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    Usable,
    /// The original would ask its extra data for a key and crash, because it is no object.
    Unreadable,
    Not(PassedOver),
}

impl Wanted<'_> {
    /// Chooses among the user's tokens: those that never expire first, then those that expire last, then by number.
    ///
    /// Costs a look at every token of the workspace.
    pub(crate) fn select(&self, workspace: &Workspace, registry: &GeneratorRegistry) -> Selection {
        let tokens: Vec<(&Arc<Token>, Fit)> =
            workspace.tokens_of(self.user).map(|token| (token, self.fit(token, registry))).collect();
        let first = |wanted: Fit| {
            let fitting = tokens.iter().filter(|(_, fit)| *fit == wanted).map(|(token, _)| *token);
            fitting.min_by_key(|token| rank(token))
        };
        let chosen = first(Fit::Usable);
        let stumbling_block =
            first(Fit::Unreadable).filter(|token| chosen.is_none_or(|chosen| rank(token) < rank(chosen)));
        let others = tokens.iter().filter(|(token, _)| chosen.is_none_or(|chosen| chosen.uid != token.uid));
        Selection {
            chosen: chosen.cloned(),
            stumbling_block: stumbling_block.map(|token| token.number),
            passed_over: others.map(|(token, fit)| (Arc::clone(token), fit.why_not())).collect(),
        }
    }

    fn fit(&self, token: &Token, registry: &GeneratorRegistry) -> Fit {
        if self.uncertain == Uncertain::PassedOver && token.standing == Standing::Uncertain {
            return Fit::Not(PassedOver::Uncertain);
        }
        if !token.valid {
            return Fit::Not(PassedOver::Invalid);
        }
        if token.expires.is_some_and(|expires| expires <= self.valid_until) {
            return Fit::Not(PassedOver::ExpiresTooSoon);
        }
        if let SiteRule::Only(site) = self.site
            && token.local_site.as_ref() != site
        {
            return Fit::Not(PassedOver::OtherSite);
        }
        let Value::Object(extra_data) = &token.extra_data else { return Fit::Unreadable };
        let client = extra_data.get(CLIENT_NAME).unwrap_or(&Value::Null);
        let is_same_client = match self.client_name {
            Some(name) => client.as_str() == Some(name),
            None => client.is_null(),
        };
        if !is_same_client {
            return Fit::Not(PassedOver::OtherClient);
        }
        if self.ignore_deprecated && token.is_deprecated(registry) {
            return Fit::Not(PassedOver::Deprecated);
        }
        Fit::Usable
    }
}

impl Fit {
    /// Why a token that was not chosen was not.
    fn why_not(self) -> PassedOver {
        match self {
            Self::Usable => PassedOver::ExpiresSooner,
            Self::Unreadable => PassedOver::OtherClient,
            Self::Not(why) => why,
        }
    }
}

/// The original's order. It has no rule for ties; SQLite gives the lowest id, which is the number here.
fn rank(token: &Token) -> (bool, Reverse<Option<Timestamp>>, u64) {
    (token.expires.is_some(), Reverse(token.expires), token.number)
}
