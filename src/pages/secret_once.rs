//! The secret of a token that was just made, for the one time it is shown.

use leptos::prelude::*;
use tollgate_tokens::TokenUid;

use super::secret_output::SecretOutput;
use crate::components::{Button, ButtonLook, Checkbox, CopyButton, IconName, Notice, Tone};
use crate::state::ShownSecret;

/// The secret, what cannot be done later, and the way on.
#[component]
pub(super) fn SecretOnce(
    /// Holds the secret until it is dismissed.
    secret: ShownSecret,
    /// Runs with the token once its secret is stored elsewhere; the caller takes the secret off the page.
    #[prop(into)]
    on_done: Callback<TokenUid>,
    /// Other ways on.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let stored = RwSignal::new(false);
    let made = secret.made();
    let token = made.with_untracked(|made| made.as_ref().map(|made| (made.uid, made.number)));
    let number = token.map(|(_, number)| number).unwrap_or_default();
    let length = move || secret.text.read(|text| text.chars().count());
    let is_kept = secret.is_kept();
    let done = move |()| {
        if let Some((uid, _)) = token {
            on_done.run(uid);
        }
    };
    view! {
        <section class="stack4 narrow-page">
            <h2>{format!("Token {number} is made. Copy the secret now.")}</h2>
            <div class="secret">
                <SecretOutput text=secret.text />
                <CopyButton label="Copy secret" copied=secret.is_copied() on_copy=move |()| secret.copy() look=ButtonLook::Primary />
            </div>
            <Once secret=secret />
            <Keep secret=secret />
            <div class="row wrap stored">
                <span class="grow">
                    <Checkbox checked=stored on_change=move |on: bool| stored.set(on)>
                        "I have stored it where the client will read it"
                    </Checkbox>
                </span>
                {children.map(|children| children())}
                <Button look=ButtonLook::Primary disabled=Signal::derive(move || !stored.get() && !is_kept.get()) on_click=done>
                    "Done"
                </Button>
            </div>
            <dl class="kv">
                <dt>"Length"</dt>
                <dd>{move || format!("{} characters", length())}</dd>
                <dt>"Checksum"</dt>
                <dd>"finds typing errors and leaks; proves nothing"</dd>
                <dt>"Clipboard"</dt>
                <dd>"Other programs can read what you copy."</dd>
            </dl>
        </section>
    }
}

/// What becomes of the secret when it leaves the page.
#[component]
fn Once(
    /// Holds the secret.
    secret: ShownSecret,
) -> impl IntoView {
    let is_kept = secret.is_kept();
    let words = move |once: &'static str, kept: &'static str| {
        Signal::derive(move || if is_kept.get() { kept.to_owned() } else { once.to_owned() })
    };
    let heading = words("Tollgate cannot show this secret again.", "This secret is kept in the vault.");
    let text = words(
        "It keeps the digest, the prefix and the last 4 characters, so that it can recognize the token but not use it.",
        "It can be copied and revealed on the token’s page for as long as you know the passphrase.",
    );
    view! {
        <Notice
            tone=Tone::Warn
            heading=heading
            text=text
            detail="Review Board itself stores the secret in clear and shows it on the owner’s account page."
        />
    }
}

/// The choice to keep the secret, where there is a vault.
#[component]
fn Keep(
    /// Holds the secret.
    secret: ShownSecret,
) -> impl IntoView {
    let (can_be_kept, is_kept, is_being_kept) = (secret.can_be_kept(), secret.is_kept(), secret.is_being_kept());
    let disabled = Signal::derive(move || is_kept.get() || is_being_kept.get());
    view! {
        <Show when=move || can_be_kept.get()>
            <div class="row wrap">
                <Button icon=IconName::Key disabled=disabled on_click=move |()| secret.keep()>
                    "Keep in the vault"
                </Button>
                <span class="t2" role="status">
                    {move || is_kept.get().then_some("Kept, sealed under your passphrase")}
                </span>
            </div>
        </Show>
    }
}
