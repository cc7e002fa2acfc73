//! The pages, one per route: they show what the state says and hand acts on to it.

mod activity;
mod catalog;
mod chrome;
mod new_token;
mod not_found;
mod overview;
mod people;
mod policies;
mod settings;
mod theme;
mod token;
mod token_panel;
mod tokens;
mod words;

pub(crate) use activity::ActivityPage;
pub(crate) use catalog::CatalogPage;
pub(crate) use chrome::Chrome;
pub(crate) use new_token::NewTokenPage;
pub(crate) use not_found::NotFoundPage;
pub(crate) use overview::OverviewPage;
pub(crate) use people::PeoplePage;
pub(crate) use policies::PoliciesPage;
pub(crate) use settings::SettingsPage;
pub(crate) use token::TokenPage;
pub(crate) use tokens::TokensPage;
