//! The dialog that saves a policy: under a name of its own, or as the next version.

use leptos::prelude::*;
use tollgate_tokens::library::SavedPolicy;

use super::effect_rows::Effect;
use super::words::console;
use crate::components::{
    Button, ButtonKind, ButtonLook, Dialog, DialogActions, DialogSize, Field, Notice, TextInput, Tone,
};
use crate::state::library::{SaveForm, ToSave};

/// Asks for a name and a note, and says what is found and what changes.
#[component]
pub(super) fn SaveDialog(
    /// Id, unique in the page.
    id: &'static str,
    /// Whether it is shown.
    open: RwSignal<bool>,
    /// The title.
    #[prop(into)]
    title: Signal<String>,
    /// What is saved, asked each time when it is opened.
    what: Callback<(), ToSave>,
    /// Runs with the version, once it is saved.
    on_saved: Callback<SavedPolicy>,
) -> impl IntoView {
    let console = console();
    let done = Callback::new(move |saved: SavedPolicy| {
        open.set(false);
        on_saved.run(saved);
    });
    let fields = move || {
        open.get().then(|| {
            let form = SaveForm::new(console, what.run(()), done);
            view! { <Fields id=id form=form open=open /> }
        })
    };
    view! {
        <Dialog id=id open=open on_close=move |()| open.set(false) title=title size=DialogSize::Wide>
            {fields}
        </Dialog>
    }
}

#[component]
fn Fields(
    /// Id of the dialog.
    id: &'static str,
    /// The form's state.
    form: SaveForm,
    /// Whether the dialog is shown.
    open: RwSignal<bool>,
) -> impl IntoView {
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.save();
    };
    let (error, can_be_saved) = (form.error(), form.can_be_saved());
    let has_error = Memo::new(move |_| error.with(|error| !error.is_empty()));
    let (name_id, note_id) = (format!("{id}-name"), format!("{id}-note"));
    let name = form.is_new().then(|| {
        view! {
            <Field id=name_id.clone() label="Name" help="Short and in your own words: CI bots, mirror, reviewers.">
                <TextInput id=name_id value=form.name on_input=move |name: String| form.name.set(name) />
            </Field>
        }
    });
    let effect = move || form.effect().map(|effect| view! { <Effect title="What changes" look=effect /> });
    view! {
        <form class="form" on:submit=submit>
            {name}
            <Field id=note_id.clone() label="Note (optional)" help="What is new, for whoever reads it later. Never a token.">
                <TextInput id=note_id value=form.note on_input=move |note: String| form.note.set(note) />
            </Field>
            <div class="stack">
                <p role="status">{move || form.found()}</p>
                <p>{form.beside()}</p>
            </div>
            {effect}
            <Show when=move || has_error.get()>
                <Notice tone=Tone::Bad heading="The library is as it was." text=error />
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
