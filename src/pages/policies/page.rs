//! The page: text on one side, meaning on the other.

use leptos::prelude::*;

use super::sides::Sides;
use super::text::Text;
use leptos_router::hooks::use_query_map;
use tollgate_tokens::TokenUid;

use crate::components::{EditorPlace, PageHead};
use crate::pages::words::{console, title};
use crate::state::{self, Console, PolicyBench};

/// The page.
#[component]
pub(crate) fn PoliciesPage() -> impl IntoView {
    title("Policies");
    let console = console();
    let query = use_query_map();
    let uid = Memo::new(move |_| query.with(|query| query.get("token").and_then(|uid| uid.parse::<TokenUid>().ok())));
    move || view! { <Bench console=console token=uid.get() /> }
}

/// The workbench on the draft, or on the policy of a token.
#[component]
fn Bench(
    /// The console.
    console: Console,
    /// The token whose policy is tried.
    token: Option<TokenUid>,
) -> impl IntoView {
    let token = token.and_then(|uid| console.workspace().with_untracked(|workspace| workspace.token(uid).cloned()));
    let sub = token.as_ref().map_or_else(
        || "a draft kept on this device".to_owned(),
        |token| format!("the policy of token {}, to be tried; changes here do not change the token", token.number),
    );
    let text = token.map(|token| state::pretty(&token.policy));
    let bench = PolicyBench::new(console, text);
    let go = RwSignal::new(None::<EditorPlace>);
    view! {
        <PageHead title="Policies" sub=sub />
        <div class="split wb">
            <Text bench=bench go=go />
            <Sides bench=bench go=go />
        </div>
    }
}
