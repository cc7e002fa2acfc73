//! The form that hands a client its token: the one that is there, or a new one whose secret is shown once.

use leptos::prelude::*;
use tollgate_tokens::checked::{ClientTokenOutcome, NewClientToken};
use tollgate_tokens::{Refreshed, TokenUid};

use super::Console;
use super::client_fields::ClientFields;
use super::client_preview::ClientPreview;
use super::console::After;
use super::override_reason::OverrideReason;
use super::refusal::refused;
use super::secret_text::Unseen;
use super::shown_secret::ShownSecret;
use super::task::task;
use crate::format;

/// A token that was there and was handed out: what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedOut {
    /// The token.
    pub uid: TokenUid,
    /// Its number.
    pub number: u64,
    /// What is kept of its secret.
    pub fingerprint: String,
    /// When it expires, in words.
    pub expires: String,
}

/// What is asked for, and which token was announced; `None` is a new one.
#[derive(Clone)]
struct Wish {
    call: NewClientToken,
    announced: Option<TokenUid>,
}

/// Where the answer goes.
#[derive(Clone, Copy)]
struct Answer {
    secret: ShownSecret,
    past: OverrideReason,
    handed_out: RwSignal<Option<HandedOut>>,
    error: RwSignal<String>,
}

/// The page of the form.
#[derive(Clone, Copy)]
pub struct ClientTokenForm {
    /// What is asked.
    pub fields: ClientFields,
    /// The guardrails that stop a new token, and why it may go past them.
    pub past: OverrideReason,
    /// The secret of a token that was made.
    pub secret: ShownSecret,
    preview: Memo<ClientPreview>,
    answer: Answer,
    ask: Action<Wish, ()>,
}

impl ClientTokenForm {
    /// An empty form.
    #[must_use]
    pub fn new(console: Console) -> Self {
        let after = console.after();
        let (fields, secret) = (ClientFields::new(console), ShownSecret::new(after));
        let preview = Memo::new(move |_| fields.preview());
        // A token that is there is handed out whatever it may do.
        let is_made =
            move || preview.with(|preview| preview.foreseen().is_some_and(|foreseen| foreseen.existing.is_none()));
        let stops = Memo::new(move |_| if is_made() { fields.stops() } else { Vec::new() });
        let past = OverrideReason::new(stops.into());
        let answer = Answer { secret, past, handed_out: RwSignal::new(None), error: RwSignal::new(String::new()) };
        let ask = task(move |wish: &Wish| ask(after, wish.clone(), preview, answer));
        let (pending, name) = (ask.pending(), fields.client);
        let is_begun = move || pending.get() || name.with(|name| !name.is_empty());
        after.program.unsaved.watch("the form for a client\u{2019}s token", is_begun);
        Self { fields, past, secret, preview, answer, ask }
    }

    /// What the client would get now.
    #[must_use]
    pub fn preview(self) -> Memo<ClientPreview> {
        self.preview
    }

    /// The token that was handed out, if one was there.
    #[must_use]
    pub fn handed_out(self) -> Signal<Option<HandedOut>> {
        self.answer.handed_out.into()
    }

    /// Why the last try was refused; empty when it was not.
    #[must_use]
    pub fn error(self) -> Signal<String> {
        self.answer.error.into()
    }

    /// Whether nothing can be asked for now: the form is not filled, a guardrail stops the token, or an answer is on its
    /// way.
    #[must_use]
    pub fn is_locked(self) -> Signal<bool> {
        let pending = self.is_pending();
        Signal::derive(move || {
            let is_unknown = self.preview.with(|preview| preview.foreseen().is_none());
            pending.get() || is_unknown || self.past.is_stopped()
        })
    }

    /// Whether an answer is on its way.
    #[must_use]
    pub fn is_pending(self) -> Signal<bool> {
        self.ask.pending().into()
    }

    /// Does what the preview announces, past the guardrails that stop it if there is a reason, and nothing else.
    pub fn ask(self) {
        let announced = self.preview.with_untracked(|preview| preview.foreseen().map(|foreseen| foreseen.existing));
        let (Some(announced), Ok(call)) = (announced, untrack(|| self.fields.call())) else { return };
        self.answer.error.set(String::new());
        let call = NewClientToken { overrides: self.past.given(), ..call };
        self.ask.dispatch(Wish { call, announced });
    }

    /// Takes the answer off the page, so that something else can be asked for.
    pub fn begin_anew(self) {
        self.secret.forget();
        self.answer.handed_out.set(None);
    }
}

async fn ask(after: After, wish: Wish, preview: Memo<ClientPreview>, answer: Answer) {
    let services = after.services();
    // What was announced may have changed in another tab. A store that cannot be read is reported by the act itself.
    if let Ok(Refreshed::Changed) = services.manager.refresh().await {
        after.publish(&services.manager);
    }
    let foreseen = preview.try_with_untracked(|preview| preview.foreseen().map(|foreseen| foreseen.existing));
    if foreseen.flatten() != Some(wish.announced) {
        let changed = "Nothing was done: what the client would get has changed meanwhile. Look at it again.";
        answer.error.try_set(changed.to_owned());
        return;
    }
    let outcome = services.manager.client_token(wish.call).await;
    match after.settle(outcome) {
        Some(Ok(ClientTokenOutcome::Made(generated))) => {
            let number = generated.number;
            answer.past.forget();
            if answer.secret.show(generated) == Err(Unseen) {
                after.notices.failed(format!(
                    "Token {number} was made, but its page was left before the secret was shown. Invalidate it and ask again."
                ));
            }
            after.storage.ask_to_persist().await;
        }
        Some(Ok(ClientTokenOutcome::Existing { uid, number, fingerprint, expires })) => {
            let expires = expires.map_or_else(|| "never".to_owned(), format::day_and_time);
            let handed_out = HandedOut { uid, number, fingerprint: fingerprint.to_string(), expires };
            answer.handed_out.try_set(Some(handed_out));
        }
        Some(Err(refusal)) => {
            answer.error.try_set(refused("No token was handed out", &refusal));
        }
        None => {
            answer.error.try_set("No token was handed out: the change was not saved.".to_owned());
        }
    }
}
