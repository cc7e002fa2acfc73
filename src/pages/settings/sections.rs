//! The record, the look, the workspace, and what this program is.

use leptos::prelude::*;

use crate::components::{Button, ButtonLook, Field, TextInput};
use crate::pages::theme::ThemeSwitch;
use crate::pages::words::console;
use crate::state::{Settings, about};

#[component]
pub(super) fn RecordSection() -> impl IntoView {
    let settings = Settings::new(console());
    view! {
        <section aria-labelledby="record">
            <div>
                <h2 id="record">"Record"</h2>
                <p class="why">"Every act is kept. A name makes it plain who did it."</p>
            </div>
            <div class="body">
                <Field id="actor" label="Your name in the record" help="Kept on this device; nobody checks it.">
                    <TextInput id="actor" value=settings.actor() on_input=move |name: String| settings.set_actor(name) />
                </Field>
            </div>
        </section>
    }
}

#[component]
pub(super) fn LookSection() -> impl IntoView {
    view! {
        <section aria-labelledby="look">
            <div>
                <h2 id="look">"Look"</h2>
                <p class="why">"Contrast and motion follow the system."</p>
            </div>
            <div class="body">
                <ThemeSwitch name="look" />
            </div>
        </section>
    }
}

#[component]
pub(super) fn WorkspaceSection() -> impl IntoView {
    let console = console();
    let (words, act) = if console.is_sample() {
        ("This workspace holds sample data. Your own is as you left it.", "Back to your own")
    } else {
        ("This workspace is your own. Sample data lives in another one and never touches it.", "Load sample data")
    };
    let remove = console.is_sample().then(|| {
        view! {
            <Button look=ButtonLook::Danger on_click=move |()| console.remove_sample()>
                "Remove sample data"
            </Button>
        }
    });
    view! {
        <section aria-labelledby="workspace">
            <div>
                <h2 id="workspace">"Workspace"</h2>
                <p class="why">"A database of its own."</p>
            </div>
            <div class="body">
                <p>{words}</p>
                <div class="row wrap">
                    <Button on_click=move |()| console.switch_workspace()>{act}</Button>
                    {remove}
                </div>
            </div>
        </section>
    }
}

#[component]
pub(super) fn AboutSection() -> impl IntoView {
    let row = |(term, value): (&'static str, String)| view! { <dt>{term}</dt><dd>{value}</dd> };
    view! {
        <section aria-labelledby="about">
            <div>
                <h2 id="about">"About"</h2>
                <p class="why">"Tollgate is compared with answers recorded from the original."</p>
            </div>
            <div class="body">
                <dl class="kv">{about::facts().into_iter().map(row).collect_view()}</dl>
            </div>
        </section>
    }
}
