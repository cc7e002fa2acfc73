//! The form for a new token, and the secret for the one time it is shown.

use leptos::prelude::*;
use tollgate_tokens::checked::NewToken;
use tollgate_tokens::{ParseNameError, SiteName, Username};

use super::Console;
use super::console::After;
use super::expiry::ExpiryForm;
use super::override_reason::OverrideReason;
use super::policy_choice::PolicyForm;
use super::refusal::refused;
use super::secret_text::Unseen;
use super::shown_secret::ShownSecret;
use super::task::task;

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
    pub policy: PolicyForm,
    /// The guardrails that stop the token, and why it may go past them.
    pub past: OverrideReason,
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
        let (owner, site) = (RwSignal::new(console.first_user()), RwSignal::new(String::new()));
        let policy = PolicyForm::new();
        let stops = Memo::new(move |_| match owner_and_site(&owner.get(), &site.get()) {
            Ok((owner, site)) => console.stops_of_new(&owner, site.as_ref(), &policy.policy()),
            Err(_) => Vec::new(),
        });
        let past = OverrideReason::new(stops.into());
        let form = Self {
            owner,
            site,
            note: RwSignal::new(String::new()),
            expiry: ExpiryForm::new(console),
            policy,
            past,
            secret,
            error,
            generate: task(move |call: &NewToken| generate(after, call.clone(), (secret, past), error)),
        };
        let pending = form.generate.pending();
        // Once the token is on its way, its secret is as well.
        after.program.unsaved.watch("the form for a new token", move || pending.get() || form.is_begun());
        form
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

    /// Whether the token cannot be made as the form is now: it is on its way, or a guardrail stops it.
    #[must_use]
    pub fn is_locked(self) -> Signal<bool> {
        let pending = self.is_pending();
        Signal::derive(move || pending.get() || self.past.is_stopped())
    }

    /// Makes the token, past the guardrails that stop it if there is a reason, or says what is wrong with the form.
    pub fn create(self) {
        match untrack(|| self.call()) {
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
        typed.iter().any(|field| field.with(|text| !text.is_empty())) || self.policy.is_begun()
    }

    fn call(self) -> Result<NewToken, String> {
        let (owner, local_site) = owner_and_site(&self.owner.get(), &self.site.get())?;
        let (expires, note) = self.expiry.chosen(&self.note.get())?;
        let expires = expires.instant();
        let policy = self.policy.policy();
        let overrides = self.past.given();
        Ok(NewToken { local_site, note, policy, expires, overrides, ..NewToken::for_owner(owner) })
    }
}

/// The names of an owner and of a Local Site, as two fields hold them; no site is a global token.
pub(super) fn owner_and_site(owner: &str, site: &str) -> Result<(Username, Option<SiteName>), String> {
    let words = |error: ParseNameError| error.to_string();
    let owner: Username = owner.trim().parse().map_err(words)?;
    let local_site: Option<SiteName> = match site.trim() {
        "" => None,
        name => Some(name.parse().map_err(words)?),
    };
    Ok((owner, local_site))
}

async fn generate(
    after: After,
    call: NewToken,
    (secret, past): (ShownSecret, OverrideReason),
    error: RwSignal<String>,
) {
    let services = after.services();
    let outcome = services.manager.generate(call).await;
    match after.settle(outcome) {
        Some(Ok(generated)) => {
            let number = generated.number;
            past.forget();
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
