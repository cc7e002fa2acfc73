//! Rotating the token: how long both work, and the secret of its successor.

use leptos::prelude::*;
use tollgate_tokens::TokenUid;

use crate::components::{
    Button, ButtonKind, ButtonLook, Choice, Dialog, DialogActions, DialogSize, FieldGroup, Notice, Segmented, Tone,
};
use crate::pages::expiry_fields::ExpiryFields;
use crate::pages::secret_once::SecretOnce;
use crate::pages::words::sentence;
use crate::state::{RotateForm, TokenView};

#[component]
pub(super) fn RotateDialog(
    /// The token's state.
    token: TokenView,
    /// The form's state.
    form: RotateForm,
) -> impl IntoView {
    let title = Signal::derive(move || format!("Rotate {}", token.name()));
    let is_made = Memo::new(move |_| form.secret.made().with(Option::is_some));
    let content = move || {
        form.open.get().then(|| match is_made.get() {
            true => view! { <SecretOnce secret=form.secret on_done=move |_: TokenUid| form.close() /> }.into_any(),
            false => view! { <Fields form=form /> }.into_any(),
        })
    };
    view! {
        <Dialog
            id="rotate-one"
            open=form.open
            on_close=move |()| form.close()
            title=title
            size=DialogSize::Wide
            held=form.holds_secret()
        >
            {content}
        </Dialog>
    }
}

#[component]
fn Fields(
    /// The form's state.
    form: RotateForm,
) -> impl IntoView {
    let overlaps: Vec<Choice> =
        RotateForm::overlaps().into_iter().map(|(name, words)| Choice::new(name, words)).collect();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.rotate();
    };
    let (error, can_be_rotated) = (form.error(), form.can_be_rotated());
    let has_error = Memo::new(move |_| error.with(|error| !error.is_empty()));
    view! {
        <form class="form" id="rotate-token" on:submit=submit>
            <p class="t2">
                "A successor is made, with a secret of its own. It inherits owner, Local Site, note and policy. Until it is in place, both may work."
            </p>
            <FieldGroup id="overlap" legend="Both work for">
                <div class="row wrap">
                    <Segmented
                        name="overlap"
                        legend="Both work for"
                        choices=overlaps
                        value=form.overlap()
                        on_change=move |name: String| form.choose_overlap(&name)
                    />
                </div>
            </FieldGroup>
            <ExpiryFields form=form.expiry />
            <p class="says" role="status">
                {move || sentence(&form.says())}
            </p>
            <Show when=move || has_error.get()>
                <Notice tone=Tone::Bad heading="The token is as it was." text=error />
            </Show>
            <DialogActions>
                <Button
                    look=ButtonLook::Primary
                    kind=ButtonKind::Submit
                    disabled=Signal::derive(move || !can_be_rotated.get())
                >
                    "Rotate and show the secret"
                </Button>
                <Button on_click=move |()| form.close()>"Cancel"</Button>
            </DialogActions>
        </form>
    }
}
