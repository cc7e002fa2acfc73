//! The page of the form.

use super::fields::Fields;
use super::handed_out::HandedOutToken;
use super::preview::Preview;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use tollgate_tokens::TokenUid;

use crate::components::{Button, Crumb, PageHead};
use crate::pages::owner_fields::NoUsers;
use crate::pages::secret_once::SecretOnce;
use crate::pages::words::{console, title};
use crate::state::ClientTokenForm;

/// The page.
#[component]
pub(crate) fn ClientTokenPage() -> impl IntoView {
    title("Token for a client");
    let console = console();
    let form = ClientTokenForm::new(console);
    let crumbs = vec![Crumb { href: "/tokens".to_owned(), label: "Tokens".to_owned() }];
    let has_users = Memo::new(move |_| !console.active_users().is_empty());
    let is_made = Memo::new(move |_| form.secret.made().with(Option::is_some));
    let handed_out = form.handed_out();
    let body = move || match (is_made.get(), handed_out.get(), has_users.get()) {
        (true, _, _) => view! { <Secret form=form /> }.into_any(),
        (false, Some(token), _) => view! { <HandedOutToken form=form token=token /> }.into_any(),
        (false, None, true) => view! { <Form form=form /> }.into_any(),
        (false, None, false) => view! { <NoUsers /> }.into_any(),
    };
    view! {
        <PageHead title="Token for a client" crumbs=crumbs />
        <div class="page">{body}</div>
    }
}

#[component]
fn Form(
    /// The form's state.
    form: ClientTokenForm,
) -> impl IntoView {
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.ask();
    };
    view! {
        <div class="cols form-cols">
            <form class="form" id="client-token" on:submit=submit>
                <Fields fields=form.fields />
            </form>
            <Preview form=form />
        </div>
    }
}

/// The secret of a token that was made.
#[component]
fn Secret(
    /// The form's state, which holds the secret until it is dismissed.
    form: ClientTokenForm,
) -> impl IntoView {
    let navigate = use_navigate();
    let done = move |uid: TokenUid| {
        form.begin_anew();
        navigate(&format!("/tokens?open={uid}"), Default::default());
    };
    view! {
        <SecretOnce secret=form.secret on_done=done>
            <Button on_click=move |()| form.begin_anew()>"Ask for another client"</Button>
        </SecretOnce>
    }
}
