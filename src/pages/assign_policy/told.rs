//! What giving tokens a policy would do, or why it was not done.

use leptos::prelude::*;

use crate::components::{Notice, Tone};
use crate::format;
use crate::pages::effect_rows::Effect;
use crate::state::library::{AssignForm, AssignView, BreachLine};

/// What would be done, or why nothing would be.
#[component]
pub(super) fn Told(
    /// What would be done.
    view: Memo<Result<AssignView, String>>,
) -> impl IntoView {
    let summary = move || view.with(|view| view.as_ref().map_or_else(Clone::clone, AssignView::summary));
    let details = move || view.get().ok().map(details);
    view! {
        <p role="status">{summary}</p>
        {details}
    }
}

fn details(told: AssignView) -> impl IntoView {
    let breach = |breach: BreachLine| {
        view! { <Notice tone=Tone::Bad heading=format!("The guardrail “{}” is in the way.", breach.name) text=breach.says /> }
    };
    let more = (told.more > 0).then(|| {
        let groups = format::plural(told.more as u64, "more policy", "more policies");
        view! { <p class="meta">{format!("and tokens with {groups}")}</p> }
    });
    let effects = told.effects.into_iter().map(|effect| view! { <Effect title=effect.tokens look=effect.look /> });
    view! {
        {told.breaches.into_iter().map(breach).collect_view()}
        {effects.collect_view()}
        {more}
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
