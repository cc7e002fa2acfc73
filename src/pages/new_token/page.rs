//! The page of the form.

use super::summary::Summary;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use tollgate_tokens::TokenUid;

use crate::components::{Button, ButtonLink, Crumb, Field, PageHead, TextInput};
use crate::pages::expiry_fields::ExpiryFields;
use crate::pages::owner_fields::{NoUsers, OwnerFields};
use crate::pages::policy_fields::PolicyFields;
use crate::pages::secret_once::SecretOnce;
use crate::pages::words::{console, title};
use crate::state::NewTokenForm;

/// The page.
#[component]
pub(crate) fn NewTokenPage() -> impl IntoView {
    title("New token");
    let console = console();
    let form = NewTokenForm::new(console);
    let crumbs = vec![Crumb { href: "/tokens".to_owned(), label: "Tokens".to_owned() }];
    let has_users = Memo::new(move |_| !console.active_users().is_empty());
    let is_made = Memo::new(move |_| form.secret.made().with(Option::is_some));
    let body = move || match (is_made.get(), has_users.get()) {
        (true, _) => view! { <Secret form=form /> }.into_any(),
        (false, true) => view! { <Form form=form /> }.into_any(),
        (false, false) => view! { <NoUsers /> }.into_any(),
    };
    view! {
        <PageHead title="New token" crumbs=crumbs>
            <ButtonLink href="/tokens/client">"Token for a client"</ButtonLink>
        </PageHead>
        <div class="page">{body}</div>
    }
}

#[component]
fn Secret(
    /// The form's state, which holds the secret until it is dismissed.
    form: NewTokenForm,
) -> impl IntoView {
    let navigate = use_navigate();
    let done = move |uid: TokenUid| {
        form.secret.forget();
        navigate(&format!("/tokens?open={uid}"), Default::default());
    };
    view! {
        <SecretOnce secret=form.secret on_done=done>
            <Button on_click=move |()| form.secret.forget()>"Make another like it"</Button>
        </SecretOnce>
    }
}

#[component]
fn Form(
    /// The form's state.
    form: NewTokenForm,
) -> impl IntoView {
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.create();
    };
    view! {
        <div class="cols form-cols">
            <form class="form" id="new-token" on:submit=submit>
                <OwnerFields owner=form.owner site=form.site />
                <Field id="note" label="Note" help="What the token is for and where it is kept. Never the token itself.">
                    <TextInput
                        id="note"
                        value=form.note
                        on_input=move |note: String| form.note.set(note)
                        placeholder="Review bot on build farm 2"
                    />
                </Field>
                <ExpiryFields form=form.expiry />
                <PolicyFields form=form.policy />
            </form>
            <Summary form=form />
        </div>
    }
}
