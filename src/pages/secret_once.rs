//! The secret of a token that was just made, for the one time it is shown.

use leptos::prelude::*;
use tollgate_tokens::TokenUid;

use crate::components::{Button, ButtonLook, Checkbox, CopyButton, Notice, Tone};
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
    let text = move || made.with(|made| made.as_ref().map(|made| made.secret.clone()).unwrap_or_default());
    let length = move || made.with(|made| made.as_ref().map_or(0, |made| made.secret.chars().count()));
    let done = move |()| {
        if let Some((uid, _)) = token {
            on_done.run(uid);
        }
    };
    view! {
        <section class="stack4 narrow-page">
            <h2>{format!("Token {number} is made. Copy the secret now.")}</h2>
            <div class="secret">
                <output aria-label="Secret">{text}</output>
                <CopyButton label="Copy secret" copied=secret.is_copied() on_copy=move |()| secret.copy() look=ButtonLook::Primary />
            </div>
            <Notice
                tone=Tone::Warn
                heading="Tollgate cannot show this secret again."
                text="It keeps the digest, the prefix and the last 4 characters, so that it can recognize the token but not use it."
                detail="Review Board itself stores the secret in clear and shows it on the owner’s account page."
            />
            <div class="row wrap stored">
                <span class="grow">
                    <Checkbox checked=stored on_change=move |on: bool| stored.set(on)>
                        "I have stored it where the client will read it"
                    </Checkbox>
                </span>
                {children.map(|children| children())}
                <Button look=ButtonLook::Primary disabled=Signal::derive(move || !stored.get()) on_click=done>
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
