//! The tokens that use the policy, and in which version.

use leptos::prelude::*;

use crate::components::{ButtonLink, ButtonSize, Dialog, DialogSize};
use crate::state::library::{NamedView, UseRow};

/// How many tokens are listed; the others are counted.
const MOST_LISTED: usize = 100;

#[component]
pub(super) fn Uses(
    /// The policy.
    named: NamedView,
    /// Whether they are shown.
    open: RwSignal<bool>,
) -> impl IntoView {
    let inside = move || open.get().then(|| listed(named.uses(), named.users_path()));
    view! {
        <Dialog id="uses" open=open on_close=move |()| open.set(false) title="Used by" size=DialogSize::Wide>
            {inside}
        </Dialog>
    }
}

fn listed(uses: Vec<UseRow>, list: String) -> AnyView {
    if uses.is_empty() {
        return view! { <p>"No token uses it yet. Assign it to tokens here, or in the list of tokens."</p> }.into_any();
    }
    let more = uses.len().saturating_sub(MOST_LISTED);
    let more = (more > 0).then(|| view! { <p class="meta">{format!("and {more} more")}</p> });
    let rows = uses.into_iter().take(MOST_LISTED).map(row).collect_view();
    view! {
        <table class="plain-table stacks" role="table" aria-label="Tokens that use it">
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col">"Token"</th>
                    <th role="columnheader" scope="col">"User"</th>
                    <th role="columnheader" scope="col">"Version"</th>
                </tr>
            </thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
        {more}
        <p>
            <ButtonLink href=list size=ButtonSize::Small>
                "Show them in the list of tokens"
            </ButtonLink>
        </p>
    }
    .into_any()
}

fn row(by: UseRow) -> impl IntoView {
    let UseRow { uid, name, owner, note, version } = by;
    let note = if note.is_empty() { String::new() } else { format!(", {note}") };
    view! {
        <tr role="row">
            <td role="cell">
                <a href=format!("/tokens/{uid}")>{name}</a>
                {note}
            </td>
            <td role="cell">
                <a href=format!("/tokens?q=user:{owner}")>{owner.clone()}</a>
            </td>
            <td role="cell">{version}</td>
        </tr>
    }
}
