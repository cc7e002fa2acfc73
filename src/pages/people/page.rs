//! The page.

use super::sites::Sites;
use super::users::Users;
use leptos::prelude::*;

use crate::components::PageHead;
use crate::pages::words::{console, title};
use crate::state::People;

/// The page.
#[component]
pub(crate) fn PeoplePage() -> impl IntoView {
    title("People");
    let people = People::new(console());
    view! {
        <PageHead title="People" sub="who owns tokens, and where they work" />
        <div class="page">
            <div class="cols c2">
                <Users people=people />
                <Sites people=people />
            </div>
        </div>
    }
}
