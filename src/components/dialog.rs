//! Dialogs on the platform's own `<dialog>`: modal, closed by Escape, focus returned by the browser.

use super::button::{Button, ButtonLook};
use super::field::Field;
use super::icon::IconName;
use super::text_input::{TextInput, TextKind};
use leptos::html;
use leptos::prelude::*;

/// Opens and closes the element as the signal says; the only thing that touches it.
pub(super) fn follow_open(dialog: NodeRef<html::Dialog>, open: Signal<bool>) {
    Effect::new(move |_| {
        let wanted = open.get();
        let Some(element) = dialog.get() else { return };
        match (wanted, element.open()) {
            // A dialog that is not in the document cannot be shown; the signal stays true and the next change retries.
            (true, false) => drop(element.show_modal()),
            (false, true) => element.close(),
            _ => {}
        }
    });
}

/// How wide a dialog is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DialogSize {
    /// A question and a field or two.
    #[default]
    Usual,
    /// A form with an editor or a table.
    Wide,
}

/// A modal dialog with a title and a close button.
#[component]
pub fn Dialog(
    /// Id, unique in the page.
    #[prop(into)]
    id: String,
    /// Whether it is shown.
    #[prop(into)]
    open: Signal<bool>,
    /// Runs when the user closes it, by Escape or by its button; the caller sets `open` to false.
    #[prop(into)]
    on_close: Callback<()>,
    /// The title.
    #[prop(into)]
    title: Signal<String>,
    /// How wide it is.
    #[prop(optional)]
    size: DialogSize,
    /// Whether only what is inside closes it, so that no key throws away what is shown once.
    #[prop(optional, into)]
    held: Signal<bool>,
    /// What it asks or shows.
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    follow_open(dialog, open);
    let class = match size {
        DialogSize::Usual => "dialog",
        DialogSize::Wide => "dialog wide",
    };
    // Older browsers do not know `closedby`.
    let keys = move |event: leptos::ev::KeyboardEvent| {
        if held.get_untracked() && event.key() == "Escape" {
            event.prevent_default();
        }
    };
    // Closing it from outside also fires the event; only the user's own closing is news.
    let closed = move |_: leptos::ev::Event| {
        if open.get_untracked() {
            on_close.run(());
        }
    };
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    view! {
        <dialog
            id=id
            class=class
            node_ref=dialog
            aria-labelledby=labelled_by
            closedby=move || held.get().then_some("none")
            on:close=closed
            on:keydown=keys
        >
            <header class="dialog-h">
                <h2 id=title_id>{move || title.get()}</h2>
                <Show when=move || !held.get()>
                    <Button on_click=on_close look=ButtonLook::Quiet icon=IconName::X label="Close" />
                </Show>
            </header>
            <div class="dialog-b">{children()}</div>
        </dialog>
    }
}

/// The row of buttons at the end of a dialog.
#[component]
pub fn DialogActions(
    /// The buttons, the act first.
    children: Children,
) -> impl IntoView {
    view! { <div class="dialog-acts">{children()}</div> }
}

/// Everything a confirmation says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confirmation {
    /// The question: "Invalidate 14 tokens of svn-hook?".
    pub title: String,
    /// What will be true afterwards, and what cannot be undone.
    pub text: String,
    /// The act on the button: "Invalidate 14 tokens".
    pub act: String,
    /// A word to type before the act can be pressed; empty for none.
    pub word: String,
    /// Label of the text that is asked for, such as "Reason"; empty for none.
    pub asks: String,
    /// Whether the act can be pressed without that text.
    pub need: Need,
}

/// Whether a text that is asked for may be left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Need {
    /// It may.
    #[default]
    Optional,
    /// It may not.
    Required,
}

/// Asks before an act that should not happen by accident; what exactly it touches may stand below the words.
#[component]
pub fn ConfirmDialog(
    /// Id, unique in the page.
    #[prop(into)]
    id: String,
    /// Whether it is shown.
    #[prop(into)]
    open: Signal<bool>,
    /// What it says.
    #[prop(into)]
    says: Signal<Confirmation>,
    /// Runs with the reason typed, empty where none is asked for.
    #[prop(into)]
    on_confirm: Callback<String>,
    /// Runs when the user thinks better of it.
    #[prop(into)]
    on_close: Callback<()>,
    /// How loud the act is.
    #[prop(default = Signal::stored(ButtonLook::Danger), into)]
    look: Signal<ButtonLook>,
    /// Whether the act cannot be pressed, whatever is typed.
    #[prop(optional, into)]
    locked: Signal<bool>,
    /// What the act touches, or a choice that it needs.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    let typed = RwSignal::new(String::new());
    let is_locked = Signal::derive(move || {
        let is_answered = says.with(|says| {
            let has_word = says.word.is_empty() || typed.get().trim() == says.word;
            has_word && (says.need == Need::Optional || !reason.get().trim().is_empty())
        });
        locked.get() || !is_answered
    });
    // What was typed stays while the dialog does: an act that failed is tried again with it.
    Effect::new(move |_| {
        if !open.get() {
            typed.set(String::new());
            reason.set(String::new());
        }
    });
    let confirm = Callback::new(move |()| {
        if !is_locked.get_untracked() {
            on_confirm.run(reason.get_untracked());
        }
    });
    let asks = move || says.with(|says| !says.asks.is_empty());
    let has_word = move || says.with(|says| !says.word.is_empty());
    let (reason_id, word_id) = (format!("{id}-reason"), format!("{id}-word"));
    let title = Signal::derive(move || says.with(|says| says.title.clone()));
    let reason_label = Signal::derive(move || says.with(|says| says.asks.clone()));
    let word_label = Signal::derive(move || says.with(|says| format!("Type {} to confirm", says.word)));
    let act = move || {
        view! {
            <Button on_click=confirm look=look.get() disabled=is_locked>
                {move || says.with(|says| says.act.clone())}
            </Button>
        }
    };
    view! {
        <Dialog id=id open=open on_close=on_close title=title>
            <p>{move || says.with(|says| says.text.clone())}</p>
            {children.map(|children| children())}
            <div class="stack" class:gone=move || !asks()>
                <Field id=reason_id.clone() label=reason_label>
                    <TextInput id=reason_id value=reason on_input=move |text: String| reason.set(text) />
                </Field>
            </div>
            <div class="stack" class:gone=move || !has_word()>
                <Field id=word_id.clone() label=word_label>
                    <TextInput
                        id=word_id
                        kind=TextKind::Code
                        value=typed
                        on_input=move |text: String| typed.set(text)
                    />
                </Field>
            </div>
            <DialogActions>
                {act}
                <Button on_click=on_close>"Cancel"</Button>
            </DialogActions>
        </Dialog>
    }
}
