//! The way in: a document is fetched, chosen or pasted, what is found in it is said, and the catalog is kept.

use leptos::prelude::*;

use super::address::AddressField;
use super::document::DocumentFields;
use super::offered::Offer;
use crate::components::{Button, ButtonLook, IconName, Notice, Tone};
use crate::pages::words::sentence;
use crate::state::catalog::CatalogImport;

/// What comes in, and where it stays.
const WAY_IN: &str = "An OpenAPI 3 document written as JSON, or what a server of Review Board’s kind answers to GET /api/. \
                      It is read on this device and goes nowhere. An address may be one of this page’s own server, or of \
                      a server that whoever set Tollgate up allows; from anywhere else, choose a file or paste the text.";

#[component]
pub(super) fn ImportBox(
    /// The import.
    import: CatalogImport,
) -> impl IntoView {
    let is_open = import.is_open();
    Effect::new(move |was_open: Option<bool>| {
        let is_open = is_open.get();
        // The button that had the focus goes with the box, and the box is there in the next frame.
        let target = if is_open { "document" } else { "catalog" };
        if is_open != was_open.unwrap_or_default() {
            request_animation_frame(move || drop(tollgate_browser::focus(target)));
        }
        is_open
    });
    let error = import.error();
    let refused = move || {
        let why = error.get();
        (!why.is_empty()).then(|| view! { <Notice tone=Tone::Bad heading="Nothing was kept." text=sentence(&why) /> })
    };
    view! {
        <Show when=move || is_open.get()>
            <section class="box" aria-labelledby="import-title">
                <div class="box-h">
                    <h2 id="import-title">"Import a catalog"</h2>
                    <span class="end">
                        <Button
                            look=ButtonLook::Quiet
                            icon=IconName::X
                            label="Close the import"
                            on_click=move |()| import.close()
                        />
                    </span>
                </div>
                <div class="box-b import">
                    <p class="t2">
                        {WAY_IN}
                    </p>
                    <AddressField from=import.address />
                    <DocumentFields import=import />
                    <Offer import=import />
                    {refused}
                </div>
            </section>
        </Show>
    }
}
