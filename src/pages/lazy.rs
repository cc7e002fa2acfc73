//! The pages and overlays that are loaded when they are first shown.

use leptos::prelude::*;
use leptos_router::ChooseView;

use super::chrome::{Overlays, Shortcuts};
use super::{
    ActivityPage, CatalogPage, ClientTokenPage, GuardrailsPage, LibraryPage, LookupPage, NewTokenPage, PeoplePage,
    PoliciesPage, SettingsPage, TokenPage, TokensPage,
};
use crate::lazy::{NotLoaded, NotLoadedNotice, loaded};

/// A page that is loaded when it is first shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LazyPage {
    /// The list of tokens.
    Tokens,
    /// The form for a new token.
    NewToken,
    /// The form that hands a client its token.
    ClientToken,
    /// One token.
    Token,
    /// Looking a text up.
    Lookup,
    /// The policy workbench.
    Policies,
    /// Limits that every policy must keep to.
    Guardrails,
    /// The policies of the library, and templates.
    Library,
    /// The resource catalog.
    Catalog,
    /// Users and Local Sites.
    People,
    /// The journal.
    Activity,
    /// Storage, appearance and what Tollgate is.
    Settings,
}

impl ChooseView for LazyPage {
    async fn choose(self) -> AnyView {
        shown(loaded!(page_view(self)))
    }

    async fn preload(&self) {}
}

/// The palette and the list of keys.
pub(super) async fn overlays(shortcuts: Shortcuts) -> AnyView {
    shown(loaded!(overlays_view(shortcuts)))
}

fn shown(outcome: Result<AnyView, NotLoaded>) -> AnyView {
    outcome.unwrap_or_else(|error| view! { <NotLoadedNotice error=error /> }.into_any())
}

#[cfg_attr(feature = "split", leptos::wasm_split::wasm_split(rest, fallible, wasm_split_path = leptos::wasm_split))]
fn page_view(page: LazyPage) -> Result<AnyView, NotLoaded> {
    Ok(match page {
        LazyPage::Tokens => view! { <TokensPage /> }.into_any(),
        LazyPage::NewToken => view! { <NewTokenPage /> }.into_any(),
        LazyPage::ClientToken => view! { <ClientTokenPage /> }.into_any(),
        LazyPage::Token => view! { <TokenPage /> }.into_any(),
        LazyPage::Lookup => view! { <LookupPage /> }.into_any(),
        LazyPage::Policies => view! { <PoliciesPage /> }.into_any(),
        LazyPage::Guardrails => view! { <GuardrailsPage /> }.into_any(),
        LazyPage::Library => view! { <LibraryPage /> }.into_any(),
        LazyPage::Catalog => view! { <CatalogPage /> }.into_any(),
        LazyPage::People => view! { <PeoplePage /> }.into_any(),
        LazyPage::Activity => view! { <ActivityPage /> }.into_any(),
        LazyPage::Settings => view! { <SettingsPage /> }.into_any(),
    })
}

#[cfg_attr(feature = "split", leptos::wasm_split::wasm_split(rest, fallible, wasm_split_path = leptos::wasm_split))]
fn overlays_view(shortcuts: Shortcuts) -> Result<AnyView, NotLoaded> {
    Ok(view! { <Overlays shortcuts=shortcuts /> }.into_any())
}
