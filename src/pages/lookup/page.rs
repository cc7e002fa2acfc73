//! The page: a line to paste into, and the answer.

use super::answer::Answer;
use leptos::prelude::*;

use crate::components::{Crumb, Field, IconName, Notice, PageHead, PasteLine, Tone};
use crate::pages::words::{console, sentence, title};
use crate::state::Lookup;

/// The page.
#[component]
pub(crate) fn LookupPage() -> impl IntoView {
    title("Look up a token");
    let lookup = Lookup::new(console());
    let crumbs = vec![Crumb { href: "/tokens".to_owned(), label: "Tokens".to_owned() }];
    let error = lookup.error();
    let is_refused = Signal::derive(move || error.with(|error| !error.is_empty()));
    let says = Signal::derive(move || if is_refused.get() { sentence(&error.get()) } else { String::new() });
    view! {
        <PageHead title="Look up a token" crumbs=crumbs />
        <div class="page">
            <div class="cols c2">
                <section class="stack4" aria-label="Look-up">
                    <Field
                        id="pasted"
                        label="Token, header or last four characters"
                        help="A token, an Authorization header that holds one, or the four characters that it ends with."
                        error=says
                    >
                        <PasteLine
                            id="pasted"
                            act="Look up"
                            icon=IconName::Search
                            invalid=is_refused
                            on_submit=move |text: String| lookup.ask(text)
                        />
                    </Field>
                    <Answer lookup=lookup />
                </section>
                <Notice
                    tone=Tone::Info
                    heading="Looking is not recorded."
                    text="The text becomes a digest at once and the line is emptied. It reaches neither the address nor the storage, and no token counts as used."
                    detail="Should the browser or an extension offer to keep it as a password, decline."
                />
            </div>
        </div>
    }
}
