//! The secret of a new token, for the one time it is shown.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::components::{Button, ButtonLook, Checkbox, CopyButton, Notice, Tone};
use crate::state::NewTokenForm;

/// The secret, what cannot be done later, and the way on.
#[component]
pub(super) fn SecretOnce(
    /// The form's state, which holds the secret until it is dismissed.
    form: NewTokenForm,
) -> impl IntoView {
    let stored = RwSignal::new(false);
    let navigate = use_navigate();
    let number = form.made().with_untracked(|made| made.as_ref().map(|made| made.number)).unwrap_or_default();
    let uid = form.made().with_untracked(|made| made.as_ref().map(|made| made.uid.to_string())).unwrap_or_default();
    let secret = move || form.made().with(|made| made.as_ref().map(|made| made.secret.clone()).unwrap_or_default());
    let length = move || form.made().with(|made| made.as_ref().map_or(0, |made| made.secret.chars().count()));
    let done = move |()| {
        form.forget_secret();
        navigate(&format!("/tokens?open={uid}"), Default::default());
    };
    view! {
        <section class="stack4 narrow-page">
            <h2>{format!("Token {number} is made. Copy the secret now.")}</h2>
            <div class="secret">
                <output aria-label="Secret">{secret}</output>
                <CopyButton label="Copy secret" copied=form.is_copied() on_copy=move |()| form.copy_secret() look=ButtonLook::Primary />
            </div>
            <Notice
                tone=Tone::Warn
                heading="Tollgate cannot show this secret again."
                text="It keeps the digest, the prefix and the last 4 characters, so that it can recognize the token but not use it."
                detail="Review Board itself stores the secret in clear and shows it on the owner’s account page."
            />
            <div class="row wrap">
                <span class="grow">
                    <Checkbox checked=stored on_change=move |on: bool| stored.set(on)>
                        "I have stored it where the client will read it"
                    </Checkbox>
                </span>
                <Button on_click=move |()| form.forget_secret()>"Make another like it"</Button>
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
