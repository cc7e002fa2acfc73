//! The form that writes a test, or changes one.

use leptos::prelude::*;

use super::explain::methods;
use crate::components::{Button, ButtonKind, ButtonLook, Choice, Field, IconName, Select, TextInput, TextKind};
use crate::pages::words::sentence;
use crate::state::workbench::{ALLOWED, BLOCKED, TestList};

#[component]
pub(super) fn TestFields(
    /// The tests.
    tests: TestList,
) -> impl IntoView {
    let form = tests.form;
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        tests.submit();
    };
    let error = form.error();
    let says =
        Signal::derive(move || error.with(|error| if error.is_empty() { String::new() } else { sentence(error) }));
    let is_change = Memo::new(move |_| form.is_change());
    let act = move || if is_change.get() { "Save test" } else { "Add test" };
    let wanted: Vec<Choice> = [ALLOWED, BLOCKED].map(|word| Choice::new(word, word)).to_vec();
    view! {
        <form class="test-form" aria-label="A test" on:submit=submit>
            <Field id="test-method" label="Test method">
                <Select
                    id="test-method"
                    choices=methods()
                    value=form.method
                    on_change=move |method: String| form.method.set(method)
                />
            </Field>
            <Field id="test-path" label="Test request" error=says>
                <TextInput
                    id="test-path"
                    kind=TextKind::Code
                    placeholder="/api/review-requests/42/"
                    value=form.path
                    invalid=Signal::derive(move || error.with(|error| !error.is_empty()))
                    on_input=move |path: String| form.path.set(path)
                />
            </Field>
            <Field id="test-wanted" label="Must be">
                <Select
                    id="test-wanted"
                    choices=wanted
                    value=form.wanted
                    on_change=move |wanted: String| form.wanted.set(wanted)
                />
            </Field>
            <Field id="test-note" label="Why (optional)">
                <TextInput id="test-note" value=form.note on_input=move |note: String| form.note.set(note) />
            </Field>
            <div class="row wrap">
                <Button kind=ButtonKind::Submit icon=IconName::Plus>
                    {act}
                </Button>
                <Show when=move || is_change.get()>
                    <Button look=ButtonLook::Quiet on_click=move |()| form.clear()>
                        "Leave it as it was"
                    </Button>
                </Show>
            </div>
        </form>
    }
}
