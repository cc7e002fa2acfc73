//! The secret of the token, where it is in the vault.

use leptos::prelude::*;

use crate::components::{Button, ButtonLook, ConfirmDialog, Confirmation, CopyButton, IconName};
use crate::pages::secret_output::SecretOutput;
use crate::state::{KeptSecret, TokenView};

/// What can be done with a secret that is in the vault. Nothing stands here where it is not.
#[component]
pub(super) fn Kept(
    /// The token's state.
    token: TokenView,
) -> impl IntoView {
    let secret = token.kept_secret();
    let (is_kept, is_shown) = (secret.is_kept(), secret.text.is_shown());
    let [reveals, removes] = [(); 2].map(|()| RwSignal::new(false));
    view! {
        <Show when=move || is_kept.get()>
            <section class="stack" aria-labelledby="kept">
                <h3 id="kept">"In the vault"</h3>
                <div class="row wrap">
                    <CopyButton label="Copy secret" copied=secret.is_copied() on_copy=move |()| secret.copy() />
                    <Button icon=IconName::Eye disabled=is_shown on_click=move |()| reveals.set(true)>
                        "Reveal"
                    </Button>
                    <Button look=ButtonLook::Danger on_click=move |()| removes.set(true)>
                        "Remove from the vault"
                    </Button>
                </div>
                <Show when=move || is_shown.get()>
                    <Shown secret=secret />
                </Show>
            </section>
        </Show>
        <Reveal token=token secret=secret open=reveals />
        <Remove token=token secret=secret open=removes />
    }
}

/// The secret, for half a minute.
#[component]
fn Shown(
    /// The secret's state.
    secret: KeptSecret,
) -> impl IntoView {
    view! {
        <div class="secret">
            <SecretOutput text=secret.text />
            <Button on_click=move |()| secret.text.forget()>"Hide"</Button>
        </div>
        <p class="t3">"It is hidden after 30 seconds."</p>
    }
}

#[component]
fn Reveal(
    /// The token's state.
    token: TokenView,
    /// The secret's state.
    secret: KeptSecret,
    /// Whether it is asked.
    open: RwSignal<bool>,
) -> impl IntoView {
    let says = Signal::derive(move || Confirmation {
        title: format!("Reveal the secret of {}?", token.name()),
        text: "It is shown on this page for 30 seconds. The record keeps that it was taken out, by whom and when."
            .to_owned(),
        act: "Reveal".to_owned(),
        ..Confirmation::default()
    });
    view! {
        <ConfirmDialog
            id="reveal-secret"
            open=open
            says=says
            look=ButtonLook::Primary
            on_confirm=move |_: String| {
                open.set(false);
                secret.reveal();
            }
            on_close=move |()| open.set(false)
        />
    }
}

#[component]
fn Remove(
    /// The token's state.
    token: TokenView,
    /// The secret's state.
    secret: KeptSecret,
    /// Whether it is asked.
    open: RwSignal<bool>,
) -> impl IntoView {
    let says = Signal::derive(move || Confirmation {
        title: format!("Remove the secret of {} from the vault?", token.name()),
        text: "The token goes on working. Its secret cannot be had here any more, and this cannot be undone."
            .to_owned(),
        act: "Remove".to_owned(),
        ..Confirmation::default()
    });
    view! {
        <ConfirmDialog
            id="remove-secret"
            open=open
            says=says
            on_confirm=move |_: String| {
                open.set(false);
                secret.remove();
            }
            on_close=move |()| open.set(false)
        />
    }
}
