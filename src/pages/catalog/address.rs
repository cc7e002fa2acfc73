//! The address that a document is fetched from.

use leptos::prelude::*;

use crate::components::{Button, ButtonKind, Field, TextInput, TextKind};
use crate::format;
use crate::pages::words::sentence;
use crate::state::catalog::AddressFetch;

/// What becomes of the address, and where it leads.
const HELP: &str = "The root resource of a server, or an OpenAPI document. What comes takes the place of the document \
                    below. Redirects are not followed.";

#[component]
pub(super) fn AddressField(
    /// The address.
    from: AddressFetch,
) -> impl IntoView {
    let (why, came) = (from.error(), from.came());
    let is_under_way = Memo::new(move |_| came.with(Option::is_some));
    let is_refused = Signal::derive(move || why.with(|why| !why.is_empty()));
    let error = Signal::derive(move || if is_refused.get() { sentence(&why.get()) } else { String::new() });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        from.fetch();
    };
    let cancel = move |()| {
        from.cancel();
        // The button goes with what it stopped, and the focus would go with the button.
        let _ = tollgate_browser::focus("import-address");
    };
    let amount = move || came.get().filter(|bytes| *bytes > 0).map(format::bytes);
    view! {
        <form aria-label="Fetch from an address" on:submit=submit>
            <Field id="import-address" label="Address of an API" help=HELP error=error>
                <div class="row">
                    <TextInput
                        id="import-address"
                        value=from.address()
                        on_input=move |address: String| from.set_address(address)
                        kind=TextKind::Code
                        invalid=is_refused
                    />
                    <Button kind=ButtonKind::Submit>"Fetch"</Button>
                    <Show when=move || is_under_way.get()>
                        <Button label="Cancel fetching" on_click=cancel>
                            "Cancel"
                        </Button>
                    </Show>
                </div>
            </Field>
            <div class="row">
                <span role="status">{move || is_under_way.get().then_some("Fetching the document…")}</span>
                <span class="t3">{amount}</span>
            </div>
        </form>
    }
}
