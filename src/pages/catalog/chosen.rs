//! Which catalog is on show, and what can be done with it.

use leptos::prelude::*;

use crate::components::{Button, ButtonKind, ButtonLink, ButtonLook, Choice, Field, Notice, Select, TextInput, Tone};
use crate::pages::words::sentence;
use crate::state::catalog::CatalogShelf;
use crate::state::workbench::WorkbenchPlace;

#[component]
pub(super) fn Chosen(
    /// The page.
    shelf: CatalogShelf,
) -> impl IntoView {
    let (on_offer, in_use) = (shelf.on_offer(), shelf.in_use());
    let choices = Signal::derive(move || {
        on_offer.get().into_iter().map(|offer| Choice::new(offer.name, offer.title)).collect::<Vec<_>>()
    });
    let name = Signal::derive(move || in_use.with(|catalog| catalog.name().to_owned()));
    let origin = Signal::derive(move || {
        in_use.with(|catalog| match catalog.origin() {
            "" => String::new(),
            origin => format!("Imported from {origin}"),
        })
    });
    view! {
        <div class="stack">
            <div class="row wrap chosen">
                <Field id="catalog" label="Catalog">
                    <Select id="catalog" choices=choices value=name on_change=move |name: String| shelf.show(name) />
                </Field>
                <Acts shelf=shelf />
                <span class="meta">{move || origin.get()}</span>
            </div>
            <RenameForm shelf=shelf />
            <Outcome shelf=shelf />
        </div>
    }
}

/// What can be done with an imported catalog.
#[component]
fn Acts(
    /// The page.
    shelf: CatalogShelf,
) -> impl IntoView {
    let (in_use, is_pending) = (shelf.in_use(), shelf.is_pending());
    let is_imported = Memo::new(move |_| in_use.with(|catalog| !catalog.name().is_empty()));
    let policies = Signal::derive(move || {
        let catalog = in_use.with(|catalog| Some(catalog.name().to_owned()).filter(|name| !name.is_empty()));
        WorkbenchPlace { catalog, ..WorkbenchPlace::default() }.url()
    });
    view! {
        <Show when=move || is_imported.get()>
            <div class="row wrap">
                <ButtonLink href=policies>"Policies for it"</ButtonLink>
                <Button disabled=is_pending on_click=move |()| shelf.begin_renaming()>
                    "Rename"
                </Button>
                <Button disabled=is_pending on_click=move |()| shelf.remove()>
                    "Remove"
                </Button>
            </div>
        </Show>
    }
}

/// The form that gives it another name.
#[component]
fn RenameForm(
    /// The page.
    shelf: CatalogShelf,
) -> impl IntoView {
    let form = shelf.renaming;
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        shelf.rename();
    };
    let error = Signal::derive(move || form.error.with(|error| said(error)));
    view! {
        <Show when=move || form.is_open.get()>
            <form class="stack" aria-label="Another name" on:submit=submit>
                <Field id="new-name" label="New name" error=error>
                    <TextInput
                        id="new-name"
                        value=form.name
                        invalid=Signal::derive(move || form.error.with(|error| !error.is_empty()))
                        on_input=move |name: String| form.name.set(name)
                    />
                </Field>
                <div class="row wrap">
                    <Button kind=ButtonKind::Submit disabled=shelf.is_pending()>
                        "Save name"
                    </Button>
                    <Button look=ButtonLook::Quiet on_click=move |()| form.is_open.set(false)>
                        "Cancel"
                    </Button>
                </div>
            </form>
        </Show>
    }
}

/// What became of the last act, with the way back, and what is wrong.
#[component]
fn Outcome(
    /// The page.
    shelf: CatalogShelf,
) -> impl IntoView {
    let (way_back, error, missing) = (shelf.way_back(), shelf.error(), shelf.missing());
    Effect::new(move |was_done: Option<bool>| {
        let is_done = way_back.with(Option::is_some);
        // The button that was pressed is gone.
        if is_done != was_done.unwrap_or_default() {
            drop(tollgate_browser::focus("catalog"));
        }
        is_done
    });
    let done = move || {
        way_back.get().map(|way_back| {
            view! {
                <Notice tone=Tone::Info heading=format!("{}.", way_back.words)>
                    <Button disabled=shelf.is_pending() on_click=move |()| shelf.undo()>
                        "Undo"
                    </Button>
                </Notice>
            }
        })
    };
    let refused = move || {
        let why = error.with(|error| said(error));
        (!why.is_empty()).then(|| view! { <Notice tone=Tone::Bad heading="Nothing was done." text=why /> })
    };
    let gone = move || {
        let name = Some(missing.get()).filter(|name| !name.is_empty())?;
        let heading = format!("There is no catalog {name} in this workspace.");
        Some(view! { <Notice tone=Tone::Warn heading=heading text="Import it again, or choose another." /> })
    };
    view! {
        {done}
        {refused}
        {gone}
    }
}

/// A reason as a sentence; empty for none.
fn said(why: &str) -> String {
    if why.is_empty() { String::new() } else { sentence(why) }
}
