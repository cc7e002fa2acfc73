//! The page of the form.

use super::fields::PolicyFields;
use super::summary::Summary;
use crate::pages::expiry_fields::ExpiryFields;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use tollgate_tokens::TokenUid;

use crate::components::{
    Button, ButtonLink, ButtonLook, Choice, Crumb, Field, Notice, PageHead, Select, TextInput, Tone,
};
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
        <PageHead title="New token" crumbs=crumbs />
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
fn NoUsers() -> impl IntoView {
    view! {
        <Notice
            tone=Tone::Info
            heading="A token belongs to a user, and there is none who is active."
            text="Add the user first; it takes a name."
        >
            <ButtonLink href="/people" look=ButtonLook::Primary>
                "Add a user"
            </ButtonLink>
        </Notice>
    }
}

#[component]
fn Form(
    /// The form's state.
    form: NewTokenForm,
) -> impl IntoView {
    let console = console();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.create();
    };
    let users = Signal::derive(move || {
        console.active_users().iter().map(|user| Choice::new(user.as_str(), user.as_str())).collect::<Vec<_>>()
    });
    let sites = Signal::derive(move || {
        let mut choices = vec![Choice::new("", "Every site (global token)")];
        choices.extend(console.sites().iter().map(|site| Choice::new(site.as_str(), site.as_str())));
        choices
    });
    let site_help = move || match form.site.get().as_str() {
        "" => "Works on every site its user belongs to.".to_owned(),
        site => format!("Works under /s/{site}/ only."),
    };
    view! {
        <div class="cols form-cols">
            <form class="form" id="new-token" on:submit=submit>
                <div class="two">
                    <Field id="owner" label="User" help="The token acts as this user and can never do more.">
                        <Select id="owner" choices=users value=form.owner on_change=move |user: String| form.owner.set(user) />
                    </Field>
                    <Field id="site" label="Local Site" help=Signal::derive(site_help)>
                        <Select id="site" choices=sites value=form.site on_change=move |site: String| form.site.set(site) />
                    </Field>
                </div>
                <Field id="note" label="Note" help="What the token is for and where it is kept. Never the token itself.">
                    <TextInput
                        id="note"
                        value=form.note
                        on_input=move |note: String| form.note.set(note)
                        placeholder="Review bot on build farm 2"
                    />
                </Field>
                <ExpiryFields form=form.expiry />
                <PolicyFields form=form />
            </form>
            <Summary form=form />
        </div>
    }
}
