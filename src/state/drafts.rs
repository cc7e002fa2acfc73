//! The form for a new token, what it will mean, and the secret for the one time it is shown.

use leptos::prelude::*;
use tollgate_policy::{Catalog, presets};
use tollgate_tokens::checked::NewToken;
use tollgate_tokens::{ParseNameError, SiteName, Username};

use super::Console;
use super::bench::{Findings, findings};
use super::console::{After, refused};
use super::expiry::ExpiryForm;
use super::shown_secret::{ShownSecret, Unseen};
use super::task::task;
use super::token_view::PolicyMeaning;

/// What the new token may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyChoice {
    /// Read everything.
    ReadOnly,
    /// Read everything, write reviews.
    PostReviews,
    /// One repository.
    OneRepository,
    /// Everything that its user may do.
    Everything,
    /// A text written in place.
    Custom,
}

impl PolicyChoice {
    /// The choices in the order of the form, with title and meaning.
    pub const ALL: [(Self, &'static str, &'static str); 5] = [
        (Self::ReadOnly, "Read everything", "For dashboards, search and backups"),
        (Self::PostReviews, "Post reviews", "Reads all; writes reviews, replies and their comments"),
        (Self::OneRepository, "One repository", "Reads one repository you choose, nothing else"),
        (Self::Everything, "Everything", "All the user can do, deleting included"),
        (Self::Custom, "Custom", "Write a policy here"),
    ];

    /// The choice's name in the form.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::ReadOnly => "read-only",
            Self::PostReviews => "post-reviews",
            Self::OneRepository => "one-repository",
            Self::Everything => "everything",
            Self::Custom => "custom",
        }
    }
}

/// The page of the form.
#[derive(Clone, Copy)]
pub struct NewTokenForm {
    /// The owner's name.
    pub owner: RwSignal<String>,
    /// The Local Site's name; empty for a global token.
    pub site: RwSignal<String>,
    /// What the token is for.
    pub note: RwSignal<String>,
    /// When it expires.
    pub expiry: ExpiryForm,
    /// What it may do.
    pub choice: RwSignal<PolicyChoice>,
    /// The repository's id, for one repository.
    pub repository: RwSignal<String>,
    /// The text written in place.
    pub custom: RwSignal<String>,
    /// The secret of the token that was made.
    pub secret: ShownSecret,
    error: RwSignal<String>,
    generate: Action<NewToken, ()>,
}

impl NewTokenForm {
    /// An empty form.
    #[must_use]
    pub fn new(console: Console) -> Self {
        let after = console.after();
        let (error, secret) = (RwSignal::new(String::new()), ShownSecret::new(after));
        let first_owner = console.active_users().first().map(ToString::to_string).unwrap_or_default();
        let form = Self {
            owner: RwSignal::new(first_owner),
            site: RwSignal::new(String::new()),
            note: RwSignal::new(String::new()),
            expiry: ExpiryForm::new(console),
            choice: RwSignal::new(PolicyChoice::ReadOnly),
            repository: RwSignal::new("1".to_owned()),
            custom: RwSignal::new(CUSTOM.to_owned()),
            secret,
            error,
            generate: task(move |call: &NewToken| generate(after, call.clone(), secret, error)),
        };
        let pending = form.generate.pending();
        // Once the token is on its way, its secret is as well.
        after.program.unsaved.watch("the form for a new token", move || pending.get() || form.is_begun());
        form
    }

    /// The policy's text, as chosen.
    #[must_use]
    pub fn policy(self) -> String {
        match self.choice.get() {
            PolicyChoice::ReadOnly => presets::read_only().to_owned(),
            PolicyChoice::PostReviews => presets::post_reviews(),
            PolicyChoice::OneRepository => presets::one_repository(&self.repository.get().trim().into()),
            PolicyChoice::Everything => presets::full_access().to_owned(),
            PolicyChoice::Custom => self.custom.get(),
        }
    }

    /// What the policy means; `None` when the service would refuse it.
    #[must_use]
    pub fn meaning(self) -> Memo<Option<PolicyMeaning>> {
        Memo::new(move |_| PolicyMeaning::of_stored(&self.policy()))
    }

    /// How many operations each choice allows, in the order of the form; `None` for the custom one.
    #[must_use]
    pub fn choice_counts(self) -> Vec<Option<(usize, usize)>> {
        let texts = [
            Some(presets::read_only().to_owned()),
            Some(presets::post_reviews()),
            Some(presets::one_repository(&self.repository.get().trim().into())),
            Some(presets::full_access().to_owned()),
            None,
        ];
        let counts = |text: String| PolicyMeaning::of_stored(&text).map(|meaning| (meaning.allowed, meaning.total));
        texts.into_iter().map(|text| text.and_then(counts)).collect()
    }

    /// What is wrong with the text written in place.
    #[must_use]
    pub fn custom_findings(self) -> Signal<Findings> {
        Signal::derive(move || {
            self.custom.with(|text| findings(&tollgate_policy::check(text, Catalog::review_board_8_1())))
        })
    }

    /// Why the last try was refused; empty when it was not.
    #[must_use]
    pub fn error(self) -> Signal<String> {
        self.error.into()
    }

    /// Whether the token is on its way to the store.
    #[must_use]
    pub fn is_pending(self) -> Signal<bool> {
        self.generate.pending().into()
    }

    /// Makes the token, or says what is wrong with the form.
    pub fn create(self) {
        match self.call() {
            Ok(call) => {
                self.error.set(String::new());
                self.generate.dispatch(call);
            }
            Err(error) => self.error.set(error),
        }
    }

    /// Whether somebody would miss what is in the form.
    fn is_begun(self) -> bool {
        let typed = [self.note, self.site, self.expiry.never_reason];
        typed.iter().any(|field| field.with(|text| !text.is_empty()))
            || self.choice.get() != PolicyChoice::ReadOnly
            || self.custom.with(|text| text != CUSTOM)
    }

    fn call(self) -> Result<NewToken, String> {
        let owner: Username =
            self.owner.get_untracked().trim().parse().map_err(|error: ParseNameError| error.to_string())?;
        let site = self.site.get_untracked();
        let local_site: Option<SiteName> = match site.trim() {
            "" => None,
            name => Some(name.parse().map_err(|error: ParseNameError| error.to_string())?),
        };
        let (expires, note) = untrack(|| self.expiry.chosen(&self.note.get()))?;
        let expires = expires.instant();
        let policy = untrack(|| self.policy());
        Ok(NewToken { local_site, note, policy, expires, ..NewToken::for_owner(owner) })
    }
}

/// What the text written in place begins with.
const CUSTOM: &str = "{\n  \"resources\": {\n    \"*\": { \"allow\": [\"GET\"], \"block\": [\"*\"] }\n  }\n}\n";

async fn generate(after: After, call: NewToken, secret: ShownSecret, error: RwSignal<String>) {
    let services = after.services();
    let outcome = services.manager.generate(call).await;
    match after.settle(outcome) {
        Some(Ok(generated)) => {
            let number = generated.number;
            if secret.show(generated) == Err(Unseen) {
                after.notices.failed(format!(
                    "Token {number} was made, but its page was left before the secret was shown. Invalidate it and make another."
                ));
            }
            after.storage.ask_to_persist().await;
        }
        Some(Err(refusal)) => {
            error.try_set(refused("No token was made", &refusal));
        }
        None => {
            error.try_set("No token was made: the change was not saved.".to_owned());
        }
    }
}
