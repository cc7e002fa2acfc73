//! The page: one catalog at a time, and the way in for others.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::chosen::Chosen;
use super::import::ImportBox;
use super::table::{CatalogTable, Columns};
use crate::components::{Button, ButtonLook, FilterBox, IconName, PageHead};
use crate::pages::words::{console, title};
use crate::state::catalog::CatalogShelf;

/// The page.
#[component]
pub(crate) fn CatalogPage() -> impl IntoView {
    title("Catalog");
    let query = use_query_map();
    let name = query.with_untracked(|query| query.get("for").unwrap_or_default());
    let shelf = CatalogShelf::new(console(), name);
    let (rows, in_use, words) = (shelf.rows(), shelf.in_use(), shelf.words);
    let sub = Signal::derive(move || {
        in_use.with(|catalog| {
            let (shown, all) = (rows.with(Vec::len), catalog.catalog().resources().len());
            format!("{shown} of {all} resources of {}", catalog.title())
        })
    });
    view! {
        <PageHead title="Catalog" sub=sub>
            <Button look=ButtonLook::Primary icon=IconName::Plus on_click=move |()| shelf.import.open()>
                "Import…"
            </Button>
        </PageHead>
        <div class="page">
            <ImportBox import=shelf.import />
            <Chosen shelf=shelf />
        </div>
        <div class="filter">
            <FilterBox
                id="filter"
                label="Filter resources"
                placeholder="Filter: a name, a method, a part of a URL"
                text=words
                on_input=move |text: String| words.set(text)
            />
        </div>
        <div class="page">
            <div class="box">
                <CatalogTable label="Resources" rows=rows columns=Columns::All />
            </div>
            <Show when=move || rows.with(Vec::is_empty)>
                <p class="t2">"No resource matches. Drop a word to see more."</p>
            </Show>
        </div>
    }
}
