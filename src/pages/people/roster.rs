//! The shape that users and Local Sites share.

use leptos::prelude::*;

/// The words over a column, and its class.
pub(super) type Head = (&'static str, &'static str);

/// A form to add one, and the table of those that are there.
#[component]
pub(super) fn Roster(
    /// Id of the heading.
    id: &'static str,
    /// The heading.
    title: &'static str,
    /// A quiet line at its end.
    meta: &'static str,
    /// The heads of the columns before the one with the acts.
    heads: &'static [Head],
    /// What is said where there is none.
    none: &'static str,
    /// Whether there is none.
    #[prop(into)]
    is_empty: Signal<bool>,
    /// The rows.
    #[prop(into)]
    rows: ViewFn,
    /// The form.
    children: Children,
) -> impl IntoView {
    let head = |&(words, class): &Head| view! { <th scope="col" class=class>{words}</th> };
    let table = move || {
        let rows = rows.clone();
        view! {
            <div class="box-t" tabindex="0" role="group" aria-label=title>
                <table class="plain-table">
                    <thead>
                        <tr>
                            {heads.iter().map(head).collect_view()}
                            <th scope="col"><span class="vh">"Acts"</span></th>
                        </tr>
                    </thead>
                    <tbody>{move || rows.run()}</tbody>
                </table>
            </div>
        }
    };
    view! {
        <section class="box" aria-labelledby=id>
            <div class="box-h">
                <h2 id=id>{title}</h2>
                <span class="end meta">{meta}</span>
            </div>
            {children()}
            <Show when=move || !is_empty.get() fallback=move || view! { <p class="box-b t2">{none}</p> }>
                {table()}
            </Show>
        </section>
    }
}
