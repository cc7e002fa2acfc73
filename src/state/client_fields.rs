//! What is asked when a client needs a token.

use leptos::prelude::*;
use tollgate_tokens::checked::{ClientExpiry, NewClientToken, TokenError};

use super::Console;
use super::client_preview::{ClientPreview, foresee};
use super::drafts::owner_and_site;
use super::expiry::{Expiry, ExpiryForm};
use super::override_reason::Stop;
use super::policy_choice::PolicyForm;
use super::refusal::refused;
use crate::format;

/// Who says when a new token expires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lifetime {
    /// The settings of the service.
    AsSet,
    /// The form.
    Chosen,
}

/// The fields of the form.
#[derive(Clone, Copy)]
pub struct ClientFields {
    console: Console,
    /// The owner's name.
    pub owner: RwSignal<String>,
    /// The Local Site's name; empty for a global token.
    pub site: RwSignal<String>,
    /// What the client calls itself.
    pub client: RwSignal<String>,
    /// How many seconds an existing token must still be valid for.
    pub min_validity_secs: RwSignal<String>,
    /// Whether tokens of a deprecated format are passed over.
    pub ignore_deprecated: RwSignal<bool>,
    /// What a new token may do.
    pub policy: PolicyForm,
    lifetime: RwSignal<Lifetime>,
    /// The date, or never; heeded only where the form says when a new token expires.
    expiry: ExpiryForm,
}

impl ClientFields {
    /// The names of the lifetimes to choose from, with their words.
    pub const LIFETIMES: [(&'static str, &'static str); 3] =
        [("as-set", "As the settings say"), ("date", "Date…"), ("never", "Never")];

    /// Fields with the defaults of the original, but for the policy, which begins as that of every new token does.
    pub(super) fn new(console: Console) -> Self {
        Self {
            console,
            owner: RwSignal::new(console.first_user()),
            site: RwSignal::new(String::new()),
            client: RwSignal::new(String::new()),
            min_validity_secs: RwSignal::new("300".to_owned()),
            ignore_deprecated: RwSignal::new(false),
            policy: PolicyForm::new(),
            lifetime: RwSignal::new(Lifetime::AsSet),
            expiry: ExpiryForm::new(console),
        }
    }

    /// The name of the chosen lifetime.
    #[must_use]
    pub fn lifetime(self) -> &'static str {
        match (self.lifetime.get(), self.expiry.expiry.get()) {
            (Lifetime::AsSet, _) => "as-set",
            (Lifetime::Chosen, Expiry::Never) => "never",
            (Lifetime::Chosen, _) => "date",
        }
    }

    /// Chooses the lifetime of a name.
    pub fn choose_lifetime(self, name: &str) {
        match name {
            "date" => self.set_last_day(String::new()),
            "never" => self.choose(Expiry::Never),
            _ => self.lifetime.set(Lifetime::AsSet),
        }
    }

    /// The last day of a new token, `YYYY-MM-DD`; empty while there is none.
    #[must_use]
    pub fn last_day(self) -> String {
        match self.expiry.expiry.get() {
            Expiry::On(date) => date,
            _ => String::new(),
        }
    }

    /// Says which day is the last one of a new token, `YYYY-MM-DD`.
    pub fn set_last_day(self, date: String) {
        self.choose(Expiry::On(date));
    }

    /// When a new token expires, in words, or what is wrong with the date.
    #[must_use]
    pub fn lifetime_words(self) -> String {
        if self.lifetime.get() == Lifetime::Chosen {
            return self.expiry.words();
        }
        let days = self.console.workspace().with(|workspace| workspace.settings().client_token_days);
        match days {
            0 => "The token works until it is invalidated.".to_owned(),
            days => format!("{} from now", format::plural(u64::from(days), "day", "days")),
        }
    }

    /// What the fields ask for.
    ///
    /// # Errors
    ///
    /// What is wrong with one of them, and what to do.
    pub(super) fn call(self) -> Result<NewClientToken, String> {
        let (owner, local_site) = owner_and_site(&self.owner.get(), &self.site.get())?;
        let expires = match self.lifetime.get() {
            Lifetime::AsSet => ClientExpiry::AsSet,
            Lifetime::Chosen => self.expiry.instant()?.map_or(ClientExpiry::Never, ClientExpiry::At),
        };
        let min_validity_secs = self.min_validity_secs.get().trim().parse::<f64>();
        Ok(NewClientToken {
            expires,
            min_validity_secs: min_validity_secs
                .map_err(|_| refused("No token can be handed out", &TokenError::MinValidity))?,
            default_policy: self.policy.policy(),
            local_site,
            ignore_deprecated: self.ignore_deprecated.get(),
            ..NewClientToken::for_client(owner, self.client.get().trim())
        })
    }

    /// The guardrails that a new token would go past.
    pub(super) fn stops(self) -> Vec<Stop> {
        match owner_and_site(&self.owner.get(), &self.site.get()) {
            Ok((owner, site)) => self.console.stops_of_new(&owner, site.as_ref(), &self.policy.policy()),
            Err(_) => Vec::new(),
        }
    }

    /// What the client would get now.
    pub(super) fn preview(self) -> ClientPreview {
        if self.client.with(|client| client.trim().is_empty()) {
            return ClientPreview::Nameless;
        }
        let call = match self.call() {
            Ok(call) => call,
            Err(why) => return ClientPreview::Refused(why),
        };
        let (now, registry) = (self.console.now().get(), self.console.registry());
        self.console.workspace().with(|workspace| foresee(workspace, &registry, &call, now))
    }

    fn choose(self, expiry: Expiry) {
        self.expiry.expiry.set(expiry);
        self.lifetime.set(Lifetime::Chosen);
    }
}
