//! The filter, and what is said where there is nothing to list.

use leptos::prelude::*;

use crate::components::{ButtonLink, ButtonLook, EmptyState, FilterBox};
use crate::state::library::{LibraryList, LibraryState, LibraryView};

#[component]
pub(super) fn Filter(
    /// The list.
    list: LibraryList,
    /// Puts another state of the list in the place of this one.
    put: Callback<LibraryState>,
) -> impl IntoView {
    let text = Signal::derive(move || list.state().with(|state| state.query.clone()));
    let on_input = move |query: String| put.run(LibraryState { query, ..list.state().get_untracked() });
    view! {
        <div class="filter">
            <FilterBox
                id="filter"
                label="Filter policies"
                placeholder="Filter: words of a name, a note or what it allows"
                text=text
                on_input=on_input
            />
        </div>
    }
}

/// What this place is for while it is empty, or that no policy matches.
#[component]
pub(super) fn Nothing(
    /// The list.
    list: LibraryList,
) -> impl IntoView {
    let templates = LibraryState { view: LibraryView::Templates, ..LibraryState::default() }.path();
    let shown = move || {
        let (part, (_, all)) = (list.state().with(|state| state.view), list.counts());
        match (part, all) {
            (LibraryView::Archived, 0) => view! {
                <EmptyState
                    title="No policy is archived"
                    lead="A policy that is not given to tokens any more is put away here, with all its versions."
                />
            }
            .into_any(),
            (_, 0) => {
                let href = templates.clone();
                view! {
                    <EmptyState
                        title="No policies in the library yet"
                        lead="A policy with a name keeps every version and its tests, and is given to many tokens in one act."
                    >
                        <ButtonLink href=href look=ButtonLook::Primary>
                            "Start from a template"
                        </ButtonLink>
                        <ButtonLink href="/policies">"Write one"</ButtonLink>
                    </EmptyState>
                }
                .into_any()
            }
            _ => view! {
                <EmptyState title="No policy matches this filter" lead="Drop a word to see more." />
            }
            .into_any(),
        }
    };
    view! {
        <div class="scroll tall">
            <div class="page">{shown}</div>
        </div>
    }
}
