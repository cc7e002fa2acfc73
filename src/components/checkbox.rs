//! Yes or no: checkboxes and switches.

use leptos::prelude::*;

/// What a checkbox that stands for several things shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CheckState {
    /// None of them.
    #[default]
    Off,
    /// All of them.
    On,
    /// Some of them.
    Mixed,
}

impl CheckState {
    /// The state that says how many of `all` are chosen.
    pub fn of(chosen: usize, all: usize) -> CheckState {
        match chosen {
            0 => CheckState::Off,
            n if n >= all => CheckState::On,
            _ => CheckState::Mixed,
        }
    }
}

/// A checkbox with words beside it.
#[component]
pub fn Checkbox(
    /// Whether it is checked.
    #[prop(into)]
    checked: Signal<bool>,
    /// Runs with the new value.
    #[prop(into)]
    on_change: Callback<bool>,
    /// Whether it cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=move || checked.get()
                disabled=move || disabled.get()
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
            <span>{children()}</span>
        </label>
    }
}

/// A checkbox without visible words, for rows and for "select all shown".
#[component]
pub fn SelectBox(
    /// What it shows.
    #[prop(into)]
    state: Signal<CheckState>,
    /// Its name: "Select nightly mirror, labs".
    #[prop(into)]
    label: Signal<String>,
    /// Runs with the new value.
    #[prop(into)]
    on_change: Callback<bool>,
    /// Whether the keyboard stops there; rows of a grid answer the space key instead.
    #[prop(optional)]
    stop: TabStop,
) -> impl IntoView {
    let tabindex = match stop {
        TabStop::Yes => None,
        TabStop::No => Some("-1"),
    };
    view! {
        <label class="box-only">
            <input
                type="checkbox"
                aria-label=move || label.get()
                tabindex=tabindex
                prop:checked=move || state.get() == CheckState::On
                prop:indeterminate=move || state.get() == CheckState::Mixed
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
        </label>
    }
}

/// Whether the Tab key stops at a control.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TabStop {
    /// It does.
    #[default]
    Yes,
    /// It does not, because the surrounding grid has a key for it.
    No,
}

/// A setting that takes effect at once.
#[component]
pub fn Switch(
    /// Whether it is on.
    #[prop(into)]
    on: Signal<bool>,
    /// Runs with the new value.
    #[prop(into)]
    on_change: Callback<bool>,
    /// Whether it cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <label class="switch">
            <input
                type="checkbox"
                role="switch"
                prop:checked=move || on.get()
                disabled=move || disabled.get()
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
            <span>{children()}</span>
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_for_many_is_on_only_when_all_are() {
        assert_eq!(CheckState::of(0, 0), CheckState::Off);
        assert_eq!(CheckState::of(2, 3), CheckState::Mixed);
        assert_eq!(CheckState::of(3, 3), CheckState::On);
    }
}
