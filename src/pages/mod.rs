//! The pages, one per route: they show what the state says and hand acts on to it.

mod activity;
mod catalog;
mod chrome;
mod client_token;
mod expiry_fields;
mod lazy;
mod lookup;
mod new_token;
mod not_found;
mod overview;
mod owner_fields;
mod people;
mod policies;
mod policy_fields;
mod secret_once;
mod secret_output;
mod settings;
mod theme;
mod token;
mod token_panel;
mod tokens;
mod words;

use activity::ActivityPage;
use catalog::CatalogPage;
pub(crate) use chrome::Chrome;
use client_token::ClientTokenPage;
pub(crate) use lazy::LazyPage;
use lookup::LookupPage;
use new_token::NewTokenPage;
pub(crate) use not_found::NotFoundPage;
pub(crate) use overview::OverviewPage;
use people::PeoplePage;
use policies::PoliciesPage;
use settings::SettingsPage;
use token::TokenPage;
use tokens::TokensPage;
