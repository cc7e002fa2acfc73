//! The dialog that gives the policy another name.

use leptos::prelude::*;

use crate::components::{Button, ButtonKind, ButtonLook, Dialog, DialogActions, Field, TextInput};
use crate::state::library::NamedView;

#[component]
pub(super) fn Rename(
    /// The policy.
    named: NamedView,
    /// Whether it is shown.
    open: RwSignal<bool>,
) -> impl IntoView {
    let error = named.error();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        named.rename(open);
    };
    let inside = move || {
        open.get().then(|| {
            view! {
                <form class="form" on:submit=submit>
                    <Field
                        id="rename"
                        label="New name"
                        help="Tokens that use it go on doing so; the record keeps the old name."
                        error=error
                    >
                        <TextInput
                            id="rename"
                            value=named.name
                            invalid=Signal::derive(move || error.with(|error| !error.is_empty()))
                            on_input=move |name: String| named.name.set(name)
                        />
                    </Field>
                    <DialogActions>
                        <Button look=ButtonLook::Primary kind=ButtonKind::Submit>
                            "Rename"
                        </Button>
                        <Button on_click=move |()| open.set(false)>"Cancel"</Button>
                    </DialogActions>
                </form>
            }
        })
    };
    view! {
        <Dialog id="rename-policy" open=open on_close=move |()| open.set(false) title="Rename the policy">
            {inside}
        </Dialog>
    }
}
