//! What giving tokens a policy would do, or why it was not done.

use leptos::prelude::*;

use crate::components::{Notice, Tone};
use crate::pages::effect_rows::Effect;
use crate::pages::words::sentence;
use crate::state::library::{AssignForm, AssignView};

/// What would be done, or why nothing would be.
#[component]
pub(super) fn Told(
    /// What would be done.
    view: Memo<Result<AssignView, String>>,
) -> impl IntoView {
    let summary = move || view.with(|view| view.as_ref().map_or_else(|why| sentence(why), AssignView::summary));
    let details = move || view.get().ok().map(details);
    view! {
        <p role="status">{summary}</p>
        {details}
    }
}

fn details(told: AssignView) -> impl IntoView {
    let AssignView { effects, rest, .. } = told;
    let effects = effects.into_iter().map(|effect| view! { <Effect title=effect.tokens look=effect.look /> });
    let rest = (!rest.is_empty()).then(|| view! { <p>{rest}</p> });
    view! {
        {effects.collect_view()}
        {rest}
    }
}

/// Why the last try was refused.
#[component]
pub(super) fn Refused(
    /// The form's state.
    form: AssignForm,
) -> impl IntoView {
    let error = form.error();
    let has_error = Memo::new(move |_| error.with(|error| !error.is_empty()));
    view! {
        <Show when=move || has_error.get()>
            <Notice tone=Tone::Bad heading="The tokens are as they were." text=error />
        </Show>
    }
}
