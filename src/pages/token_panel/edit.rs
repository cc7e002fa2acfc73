//! Editing the token: note, expiry and policy, and what that changes.

use leptos::prelude::*;

use crate::components::{
    Button, ButtonKind, ButtonLook, ChangeList, ChangeRow, Dialog, DialogActions, DialogSize, EditorCaret, Field,
    FieldGroup, Notice, TextInput, Tone,
};
use crate::pages::expiry_fields::ExpiryFields;
use crate::pages::guardrail_stop::GuardrailStop;
use crate::pages::policy_text::PolicyText;
use crate::pages::words::{change_row, sentence};
use crate::state::{EditForm, TokenView};

#[component]
pub(super) fn EditDialog(
    /// The token's state.
    token: TokenView,
    /// Whether the token is edited now.
    open: RwSignal<bool>,
) -> impl IntoView {
    let title = Signal::derive(move || format!("Edit {}", token.name()));
    // Each time the form begins with what the token has then.
    let fields = move || open.get().then(|| view! { <Fields form=token.edit_form(open) open=open /> });
    view! {
        <Dialog id="edit-one" open=open on_close=move |()| open.set(false) title=title size=DialogSize::Wide>
            {fields}
        </Dialog>
    }
}

#[component]
fn Fields(
    /// The form's state.
    form: EditForm,
    /// Whether the token is edited now.
    open: RwSignal<bool>,
) -> impl IntoView {
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.save();
    };
    let (error, can_be_saved) = (form.error(), form.can_be_saved());
    let has_error = Memo::new(move |_| error.with(|error| !error.is_empty()));
    view! {
        <form class="form" id="edit-token" on:submit=submit>
            <Field id="edit-note" label="Note" help="What the token is for and where it is kept. Never the token itself.">
                <TextInput id="edit-note" value=form.note on_input=move |note: String| form.note.set(note) />
            </Field>
            <ExpiryFields form=form.expiry />
            <Policy form=form />
            <Changes form=form />
            <GuardrailStop
                id="edit-override"
                past=form.past
                act="Override and save"
                pending=form.is_pending()
                on_override=move |()| form.save()
            />
            <Show when=move || has_error.get()>
                <Notice tone=Tone::Bad heading="The token is as it was." text=error />
            </Show>
            <DialogActions>
                <Button
                    look=ButtonLook::Primary
                    kind=ButtonKind::Submit
                    disabled=Signal::derive(move || !can_be_saved.get())
                >
                    "Save"
                </Button>
                <Button on_click=move |()| open.set(false)>"Cancel"</Button>
            </DialogActions>
        </form>
    }
}

#[component]
fn Policy(
    /// The form's state.
    form: EditForm,
) -> impl IntoView {
    view! {
        <FieldGroup id="edit-may" legend="What it may do">
            <PolicyText
                id="edit-policy"
                text=form.policy
                on_input=move |text: String| form.policy.set(text)
                findings=form.findings()
                caret=EditorCaret::new()
            />
        </FieldGroup>
    }
}

/// What saving would change, or why nothing can be saved.
#[component]
fn Changes(
    /// The form's state.
    form: EditForm,
) -> impl IntoView {
    let why = move || form.changes().err().map(|why| sentence(&why));
    let rows = Signal::derive(move || {
        form.changes().unwrap_or_default().into_iter().map(change_row).collect::<Vec<ChangeRow>>()
    });
    let has_rows = Memo::new(move |_| rows.with(|rows| !rows.is_empty()));
    view! {
        <div>
            <h3>"What changes"</h3>
            <p class="t2" role="status">
                {why}
            </p>
            <Show when=move || has_rows.get()>
                <ChangeList caption="What changes" head="Part" rows=rows />
            </Show>
        </div>
    }
}
