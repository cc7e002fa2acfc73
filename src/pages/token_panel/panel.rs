//! The panel beside the list.

use super::acts::Acts;
use super::facts::Facts;
use leptos::prelude::*;
use tollgate_tokens::TokenUid;

use crate::components::{Button, ButtonLink, ButtonLook, ButtonSize, IconName};
use crate::pages::words::console;
use crate::state::TokenView;

/// The panel beside the list.
#[component]
pub(in crate::pages) fn TokenPanel(
    /// The token.
    uid: TokenUid,
    /// Runs when the panel shall go.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let token = TokenView::new(console(), uid);
    let name = move || match (token.facts().get(), token.deleted().get()) {
        (Some(facts), _) => facts.name,
        (None, Some(deleted)) => format!("{} was deleted", deleted.name),
        (None, None) => "No such token".to_owned(),
    };
    view! {
        <aside class="panel" aria-labelledby="panel-title">
            <div class="panel-in">
                <div class="row">
                    <span class="grow meta">{name}</span>
                    <ButtonLink href=format!("/tokens/{uid}") size=ButtonSize::Small>
                        "Open"
                    </ButtonLink>
                    <Button
                        icon=IconName::X
                        size=ButtonSize::Small
                        look=ButtonLook::Quiet
                        label="Close the panel"
                        on_click=move |()| on_close.run(())
                    />
                </div>
                {move || token.facts().get().map(|facts| view! { <Facts token=token facts=facts /> })}
                <Acts token=token on_deleted=on_close />
            </div>
        </aside>
    }
}
