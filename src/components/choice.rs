//! One out of several: select, segments, and a list of choices that explain themselves.

use super::field::described_by;
use leptos::prelude::*;

/// One thing that can be chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What the callback gets.
    pub value: String,
    /// What is shown.
    pub label: String,
}

impl Choice {
    /// A choice with its value and its words.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Choice {
        Choice { value: value.into(), label: label.into() }
    }
}

/// A select in a `Field` with the same id.
#[component]
pub fn Select(
    /// Id, the same as the field's.
    #[prop(into)]
    id: String,
    /// What can be chosen.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The chosen value.
    #[prop(into)]
    value: Signal<String>,
    /// Runs with the newly chosen value.
    #[prop(into)]
    on_change: Callback<String>,
    /// Whether the value is refused; the field says why.
    #[prop(optional, into)]
    invalid: Signal<bool>,
    /// Whether it cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let described = described_by(&id);
    let options = move || {
        let chosen = value.get();
        let option = |choice: Choice| {
            let selected = choice.value == chosen;
            view! {
                <option value=choice.value prop:selected=selected>
                    {choice.label}
                </option>
            }
        };
        choices.get().into_iter().map(option).collect_view()
    };
    view! {
        <select
            id=id
            class="in"
            aria-describedby=described
            aria-invalid=move || invalid.get().then_some("true")
            disabled=move || disabled.get()
            on:change=move |event| on_change.run(event_target_value(&event))
        >
            {options}
        </select>
    }
}

/// How tall the segments are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SegmentedSize {
    /// 32 pixels.
    #[default]
    Usual,
    /// 24 pixels, in the navigation's foot.
    Small,
}

/// A few short choices side by side: a radio group.
#[component]
pub fn Segmented(
    /// Name of the radio group, unique in the page.
    #[prop(into)]
    name: String,
    /// What is chosen, for assistive technology.
    #[prop(into)]
    legend: String,
    /// The choices.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The chosen value.
    #[prop(into)]
    value: Signal<String>,
    /// Runs with the newly chosen value.
    #[prop(into)]
    on_change: Callback<String>,
    /// How tall.
    #[prop(optional)]
    size: SegmentedSize,
) -> impl IntoView {
    let class = match size {
        SegmentedSize::Usual => "seg",
        SegmentedSize::Small => "seg xs",
    };
    let segments = move || {
        let segment = |choice: Choice| {
            let name = name.clone();
            let (here, picked) = (choice.value.clone(), choice.value.clone());
            view! {
                <label>
                    <input
                        type="radio"
                        name=name
                        value=choice.value
                        prop:checked=move || value.get() == here
                        on:change=move |_| on_change.run(picked.clone())
                    />
                    {choice.label}
                </label>
            }
        };
        choices.get().into_iter().map(segment).collect_view()
    };
    view! {
        <fieldset class=class>
            <legend class="vh">{legend}</legend>
            {segments}
        </fieldset>
    }
}

/// A choice that explains itself in a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pick {
    /// What the callback gets.
    pub value: String,
    /// Two or three words.
    pub title: String,
    /// What choosing it means.
    pub lead: String,
    /// A number at the end: "85 of 168".
    pub count: String,
}

/// Choices below one another, each with a title, a line that explains it, and a number.
#[component]
pub fn PickList(
    /// Name of the radio group, unique in the page.
    #[prop(into)]
    name: String,
    /// The choices.
    #[prop(into)]
    picks: Signal<Vec<Pick>>,
    /// The chosen value.
    #[prop(into)]
    value: Signal<String>,
    /// Runs with the newly chosen value.
    #[prop(into)]
    on_change: Callback<String>,
) -> impl IntoView {
    let rows = move || {
        let row = |pick: Pick| {
            let name = name.clone();
            let (here, picked) = (pick.value.clone(), pick.value.clone());
            view! {
                <label>
                    <input
                        type="radio"
                        name=name
                        value=pick.value
                        prop:checked=move || value.get() == here
                        on:change=move |_| on_change.run(picked.clone())
                    />
                    <b>{pick.title}</b>
                    <small>{pick.lead}</small>
                    <span class="n">{pick.count}</span>
                </label>
            }
        };
        picks.get().into_iter().map(row).collect_view()
    };
    view! { <div class="pick">{rows}</div> }
}
