//! The dialog: which tokens get which policy, and the question whether they shall.

use leptos::prelude::*;

use super::told::{Refused, Told};
use crate::components::{
    Button, ButtonLook, ButtonSize, Choice, ConfirmDialog, Confirmation, Field, Need, Select, TextInput, TextKind,
};
use crate::format;
use crate::state::library::{AssignForm, AssignView};

/// How many tokens fit on a screen: an act on more asks for their number.
const SCREENFUL: usize = 20;

const TEXT: &str = "They hold this version until they are given something else: a newer version changes nothing for them \
                    by itself. This can be undone, as a whole.";

/// What the dialog asks for; the other is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pages) enum Asks {
    /// Which tokens.
    Tokens,
    /// Which policy.
    Policy,
}

#[component]
pub(in crate::pages) fn AssignDialog(
    /// Id, unique in the page.
    id: &'static str,
    /// Whether it is shown.
    open: RwSignal<bool>,
    /// The form's state.
    form: AssignForm,
    /// What it asks for.
    asks: Asks,
    /// Runs once it is done.
    #[prop(optional, into)]
    on_done: Option<Callback<()>>,
) -> impl IntoView {
    let close = move || {
        open.set(false);
        form.reset();
    };
    let done = Callback::new(move |()| {
        close();
        if let Some(on_done) = on_done {
            on_done.run(());
        }
    });
    let view = Memo::new(move |_| if open.get() { form.view() } else { Err(String::new()) });
    let says = Signal::derive(move || view.with(|view| confirmation(asks, view, form)));
    let inside = move || {
        open.get().then(|| {
            view! {
                <Question id=id form=form asks=asks />
                <Told view=view />
                <Refused form=form />
            }
        })
    };
    view! {
        <ConfirmDialog
            id=id
            open=open
            says=says
            look=ButtonLook::Primary
            locked=Signal::derive(move || open.get() && form.is_locked())
            on_confirm=move |reason: String| form.assign(reason, done)
            on_close=move |()| close()
        >
            {inside}
        </ConfirmDialog>
    }
}

fn confirmation(asks: Asks, view: &Result<AssignView, String>, form: AssignForm) -> Confirmation {
    let changed = view.as_ref().map_or(0, |view| view.changed);
    let needs_reason = view.is_ok() && form.needs_reason();
    Confirmation {
        title: match asks {
            Asks::Tokens => "Assign to tokens".to_owned(),
            Asks::Policy => "Assign a policy".to_owned(),
        },
        text: TEXT.to_owned(),
        act: match changed {
            0 => "Assign".to_owned(),
            count => format!("Assign to {}", format::plural(count as u64, "token", "tokens")),
        },
        word: if changed > SCREENFUL { changed.to_string() } else { String::new() },
        asks: if needs_reason { "Why it may go past the guardrail".to_owned() } else { String::new() },
        need: if needs_reason { Need::Required } else { Need::Optional },
    }
}

/// Which tokens, or which policy.
#[component]
fn Question(
    /// Id of the dialog.
    id: &'static str,
    /// The form's state.
    form: AssignForm,
    /// What it asks for.
    asks: Asks,
) -> impl IntoView {
    match asks {
        Asks::Tokens => {
            let id = format!("{id}-filter");
            view! {
                <Field
                    id=id.clone()
                    label="Tokens"
                    help="A filter as in the list of tokens: words, user:ci-bot, state:live, site:acme, expires<30d."
                >
                    <TextInput
                        id=id
                        kind=TextKind::Code
                        value=form.filter
                        on_input=move |filter: String| form.type_filter(filter)
                    />
                </Field>
                <p>
                    <Button size=ButtonSize::Small on_click=move |()| form.choose_users()>
                        "Choose those that use it"
                    </Button>
                </p>
            }
            .into_any()
        }
        Asks::Policy => {
            let id = format!("{id}-policy");
            let none = Choice::new("", "Choose a policy");
            let choices = Signal::derive(move || {
                let named = form.choices().into_iter().map(|(uid, name)| Choice::new(uid, name));
                std::iter::once(none.clone()).chain(named).collect::<Vec<_>>()
            });
            view! {
                <Field id=id.clone() label="Policy">
                    <Select
                        id=id
                        choices=choices
                        value=form.policy
                        on_change=move |uid: String| form.policy.set(uid)
                    />
                </Field>
            }
            .into_any()
        }
    }
}
