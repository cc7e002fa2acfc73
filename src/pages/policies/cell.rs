//! One cell of the table, looked into: what it is, why, and what would turn it around.

use leptos::prelude::*;

use super::proposals::proposals;
use super::tools::Tools;
use crate::components::{Button, ButtonLook, ButtonSize, Icon, IconName};
use crate::pages::words::sentence;
use crate::state::workbench::CellLook;

/// What a cell is about: `PUT on review 7`.
pub(super) fn about(cell: &CellLook) -> String {
    let name = &cell.name;
    let item = name.item_id.as_ref().map(|item_id| format!(" {item_id}")).unwrap_or_default();
    format!("{} on {}{item}", name.method, name.policy_id)
}

/// What a cell says, as one sentence.
pub(super) fn says(cell: &CellLook) -> String {
    format!("{} is {}: {}.", about(cell), if cell.is_allowed { "allowed" } else { "blocked" }, cell.says)
}

/// The cell in a box.
pub(super) fn inspected(tools: Tools, cell: CellLook) -> impl IntoView {
    let (class, icon, word) = match cell.is_allowed {
        true => ("verdict ok", IconName::Active, "allowed"),
        false => ("verdict bad", IconName::Invalid, "blocked"),
    };
    let heading = format!("{}: {word}", about(&cell));
    let CellLook { name, is_allowed, says, pointer, at, request, flips, unchangeable } = cell;
    let rule = at.map(|at| {
        view! {
            <button class="pointer" type="button" title="Show in the text" on:click=move |_| tools.jump(at)>
                {pointer}
            </button>
        }
    });
    let method = name.method;
    let try_it = (!request.is_empty()).then(|| {
        let label = format!("Explain such a request: {method} {request}");
        view! {
            <Button size=ButtonSize::Small label=label on_click=move |()| tools.explain(&method, &request)>
                "Explain such a request"
            </Button>
        }
    });
    let verb = if is_allowed { "blocks" } else { "allows" };
    let unchangeable = (!unchangeable.is_empty()).then(|| view! { <p class="t2">{unchangeable}</p> });
    view! {
        <section class="inspected stack4" aria-label="The chosen cell">
            <div class="row">
                <h2 class=class>
                    <Icon name=icon />
                    {heading}
                </h2>
                <span class="grow" />
                <Button
                    look=ButtonLook::Quiet
                    size=ButtonSize::Small
                    icon=IconName::X
                    label="Close the cell"
                    on_click=move |()| tools.bench.choices.cell.set(None)
                />
            </div>
            <p>{sentence(&says)} " " {rule}</p>
            <p>{try_it}</p>
            {proposals(tools, verb, flips)}
            {unchangeable}
        </section>
    }
}
