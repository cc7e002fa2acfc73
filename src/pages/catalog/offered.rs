//! The catalog that was read, before it is kept.

use leptos::prelude::*;

use super::table::{CatalogTable, Columns};
use crate::components::{Button, ButtonKind, ButtonLook, Field, TextInput};
use crate::format;
use crate::state::catalog::{CatalogImport, CatalogSource, Offered};

#[component]
pub(super) fn Offer(
    /// The import.
    import: CatalogImport,
) -> impl IntoView {
    let offered = import.offered();
    let is_there = Memo::new(move |_| offered.with(Option::is_some));
    let says = move || offered.with(|offered| offered.as_ref().map(summary));
    let rows = Signal::derive(move || {
        offered.with(|offered| offered.as_ref().map(|offered| offered.rows.clone()).unwrap_or_default())
    });
    let more = move || offered.with(|offered| offered.as_ref().and_then(rest));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        import.keep();
    };
    let replaces = import.replaces();
    let help = Signal::derive(move || {
        let words = "There is a catalog of this name. It gives way to this one.";
        if replaces.get() { words.to_owned() } else { String::new() }
    });
    view! {
        <p class="says" role="status">
            {says}
        </p>
        <Show when=move || is_there.get()>
            <div class="box">
                <CatalogTable label="The first resources" rows=rows columns=Columns::Few />
            </div>
            <p class="t3">{more}</p>
            <form class="form" aria-label="Keep the catalog" on:submit=submit>
                <Field id="catalog-name" label="Name" help=help>
                    <TextInput
                        id="catalog-name"
                        value=import.name()
                        on_input=move |name: String| import.set_name(name)
                    />
                </Field>
                <div class="row wrap">
                    <Button kind=ButtonKind::Submit look=ButtonLook::Primary disabled=import.is_keeping()>
                        {move || if replaces.get() { "Replace" } else { "Keep" }}
                    </Button>
                </div>
            </form>
        </Show>
    }
}

fn summary(offered: &Offered) -> String {
    let source = match offered.source {
        CatalogSource::OpenApi => "an OpenAPI document",
        CatalogSource::Root => "a root resource, beside the resources of Review Board 8.1",
    };
    let resources = format::plural(offered.resources as u64, "resource", "resources");
    let operations = format::plural(offered.operations as u64, "operation", "operations");
    format!("{resources} with {operations}, from {source}.")
}

fn rest(offered: &Offered) -> Option<String> {
    let more = offered.resources.saturating_sub(offered.rows.len());
    (more > 0).then(|| format!("and {}", format::plural(more as u64, "more resource", "more resources")))
}
