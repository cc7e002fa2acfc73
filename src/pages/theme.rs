//! The choice of a theme.

use leptos::prelude::*;

use super::words::console;
use crate::components::{Choice, Segmented, SegmentedSize};
use crate::state::THEMES;

/// Light, dark, or as the system has it: in the frame and under Settings.
#[component]
pub(super) fn ThemeSwitch(
    /// Name of the radio group, unique in the page.
    name: &'static str,
    /// How tall it is.
    #[prop(optional)]
    size: SegmentedSize,
) -> impl IntoView {
    let console = console();
    let choices: Vec<Choice> = THEMES.map(|(_, word, label)| Choice::new(word, label)).into();
    view! {
        <Segmented
            name=name
            legend="Theme"
            choices=choices
            value=console.theme()
            on_change=move |word: String| console.set_theme(&word)
            size=size
        />
    }
}
