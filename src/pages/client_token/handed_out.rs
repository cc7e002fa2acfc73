//! A token that was there: what is known of it, and how the client comes by its value.

use leptos::prelude::*;

use crate::components::{Button, ButtonLink, ButtonLook, CopyButton, IconName, Notice, Tone};
use crate::pages::words::console;
use crate::state::{ClientTokenForm, HandedOut, KeptSecret};

/// A token that was handed out: its value is not known unless it was kept, which is said before anything else.
#[component]
pub(super) fn HandedOutToken(
    /// The form's state.
    form: ClientTokenForm,
    /// The token.
    token: HandedOut,
) -> impl IntoView {
    let HandedOut { uid, number, fingerprint, expires } = token;
    let href = format!("/tokens/{uid}");
    let to_rotate = href.clone();
    let secret = KeptSecret::new(console(), uid);
    let is_kept = secret.is_kept();
    view! {
        <section class="stack4 narrow-page">
            <h2>{format!("Token {number} is this client’s. Nothing of it was changed.")}</h2>
            <Show when=move || !is_kept.get()>
                <Notice
                    tone=Tone::Info
                    heading="Its value is not known here."
                    text="Tollgate keeps the digest, the prefix and the last 4 characters. The value is where it was stored when the token was made."
                    detail="If it is lost, rotate the token: its successor’s secret is shown once. Once a server is connected, that can be asked as well."
                />
            </Show>
            <Show when=move || is_kept.get()>
                <Notice
                    tone=Tone::Info
                    heading="Its value is in the vault."
                    text="It is copied from there without being shown, once the vault is unlocked. The record keeps that it was taken out, by whom and when."
                />
                <div class="row wrap">
                    <CopyButton label="Copy secret" copied=secret.is_copied() on_copy=move |()| secret.copy() />
                </div>
            </Show>
            <dl class="kv">
                <dt>"Secret"</dt>
                <dd>
                    <span class="mono">{fingerprint}</span>
                    <span class="t3">{move || if is_kept.get() { " in the vault" } else { " digest only" }}</span>
                </dd>
                <dt>"Expires"</dt>
                <dd>{expires}</dd>
            </dl>
            <div class="row wrap">
                <ButtonLink href=href look=ButtonLook::Primary>
                    {format!("Open token {number}")}
                </ButtonLink>
                <ButtonLink href=to_rotate icon=IconName::Rotate>
                    "Rotate it"
                </ButtonLink>
                <Button on_click=move |()| form.begin_anew()>"Ask for another client"</Button>
            </div>
        </section>
    }
}
