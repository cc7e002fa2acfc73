//! A saved vault that comes back: picked, opened with its passphrase, and taken in after a look at the plan.

use leptos::ev;
use leptos::prelude::*;

use crate::components::{
    Button, ButtonLook, ChangeList, Dialog, DialogActions, Field, FileButton, Notice, PassphraseForm, PassphraseInput,
    Tone,
};
use crate::format;
use crate::pages::words::change_row;
use crate::state::{VaultFileForm, VaultFileStage, VaultFileStep};

/// The button that asks for a file, and why one was refused.
#[component]
pub(super) fn TakeInVault(
    /// The file's state.
    form: VaultFileForm,
    /// What else stands in the row, before it.
    children: Children,
) -> impl IntoView {
    let stage = form.stage();
    let reading = move || match stage.get() {
        VaultFileStage::Reading { name } => format!("Reading {name}…"),
        _ => String::new(),
    };
    let refusal = move || match stage.get() {
        VaultFileStage::Refused { name, why } => {
            let heading = format!("Nothing was taken in from {name}:");
            Some(view! { <Notice tone=Tone::Bad heading=heading text=why /> })
        }
        _ => None,
    };
    view! {
        <div class="row wrap">
            {children()}
            <FileButton
                label="Take in a saved vault…"
                accept=".vault,application/json"
                disabled=form.is_pending()
                on_pick=move |event: ev::Event| form.pick(&event)
            />
            <span role="status">{reading}</span>
        </div>
        {refusal}
        <Question form=form />
    }
}

/// What is asked about a file that is a vault.
#[component]
fn Question(
    /// The file's state.
    form: VaultFileForm,
) -> impl IntoView {
    let step = form.step();
    let inside = move || {
        step.get().map(|step| match step {
            VaultFileStep::Passphrase => view! { <Passphrase form=form /> }.into_any(),
            VaultFileStep::Plan => view! { <Plan form=form /> }.into_any(),
        })
    };
    view! {
        <Dialog
            id="vault-file"
            open=Signal::derive(move || step.get().is_some())
            on_close=move |()| form.cancel()
            title=form.title()
        >
            {inside}
        </Dialog>
    }
}

#[component]
fn Passphrase(
    /// The file's state.
    form: VaultFileForm,
) -> impl IntoView {
    let act = Signal::derive(move || match form.progress() {
        progress if progress.is_empty() => "Open the file".to_owned(),
        progress => progress,
    });
    view! {
        <PassphraseForm
            id="vault-file-form"
            act=act
            pending=form.is_pending()
            refusal="The file is still sealed:"
            error=form.error()
            on_submit=move |()| form.open()
            on_cancel=move |()| form.cancel()
        >
            <p>{move || form.holds()}</p>
            <Field
                id=VaultFileForm::PASSPHRASE
                label="Passphrase of the file"
                help="The one that the vault had when it was saved. Nothing is changed yet."
            >
                <PassphraseInput id=VaultFileForm::PASSPHRASE />
            </Field>
        </PassphraseForm>
    }
}

/// What would become of each secret, and the button that does it.
#[component]
fn Plan(
    /// The file's state.
    form: VaultFileForm,
) -> impl IntoView {
    let (error, is_pending) = (form.error(), form.is_pending());
    let has_error = Memo::new(move |_| error.with(|error| !error.is_empty()));
    let fitting = Memo::new(move |_| form.fitting());
    let sentences = move || form.sentences().into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view();
    let changes = Memo::new(move |_| form.changes());
    let rows = Signal::derive(move || changes.get().lines.into_iter().map(change_row).collect::<Vec<_>>());
    let rest = Signal::derive(move || changes.with(|changes| changes.rest()));
    let act = move || match fitting.get() {
        0 => "Take in".to_owned(),
        count => format!("Take in {}", format::plural(count as u64, "secret", "secrets")),
    };
    view! {
        <div class="stack" role="status">
            {sentences}
        </div>
        <Show when=move || fitting.get() != 0>
            <ChangeList caption="What changes" head="Token" rows=rows rest=rest />
        </Show>
        <Show when=move || has_error.get()>
            <Notice tone=Tone::Bad heading="Nothing was taken in:" text=error />
        </Show>
        <DialogActions>
            <Button
                look=ButtonLook::Primary
                disabled=Signal::derive(move || is_pending.get() || fitting.get() == 0)
                on_click=move |()| form.take_in()
            >
                {act}
            </Button>
            <Button on_click=move |()| form.cancel()>"Cancel"</Button>
        </DialogActions>
    }
}
