//! The status bar: where the data lives and whether that is durable, on every page.

use super::button::{Button, ButtonLook, ButtonSize};
use super::icon::{Icon, IconName};
use super::tone::{Tone, classes, non_empty};
use leptos::either::Either;
use leptos::prelude::*;

/// Where in the bar an item stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StatusPlace {
    /// In the row, from the start.
    #[default]
    Start,
    /// At the far end.
    End,
}

/// One fact about the data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusItem {
    /// Icon before the words.
    pub icon: IconName,
    /// The fact: "Saved on this device".
    pub text: String,
    /// What its color means.
    pub tone: Tone,
    /// Where to act on it; empty for none.
    pub href: String,
    /// Longer words on hover, such as the exact time; empty for none.
    pub title: String,
    /// What can be done about it at once, such as "Lock"; empty for nothing.
    pub act: String,
    /// Where it stands.
    pub place: StatusPlace,
}

/// The facts, each an icon and words, in a region that assistive technology can find.
#[component]
pub fn StatusBar(
    /// The facts, most important first.
    #[prop(into)]
    items: Signal<Vec<StatusItem>>,
    /// Runs with the act that was pressed.
    #[prop(into)]
    on_act: Callback<String>,
) -> impl IntoView {
    let item = move |item: StatusItem| {
        let tone = match item.tone {
            Tone::Ok => "good",
            Tone::Warn => "todo",
            Tone::Bad => "wrong",
            Tone::Plain | Tone::Info | Tone::Off => "",
        };
        let place = match item.place {
            StatusPlace::Start => "",
            StatusPlace::End => "end",
        };
        let words = if item.href.is_empty() {
            Either::Left(view! { <span>{item.text}</span> })
        } else {
            Either::Right(view! { <a href=item.href>{item.text}</a> })
        };
        let act = (!item.act.is_empty()).then(|| {
            let (act, words) = (item.act.clone(), item.act.clone());
            view! {
                <Button size=ButtonSize::Small look=ButtonLook::Quiet on_click=move |()| on_act.run(act.clone())>
                    {words}
                </Button>
            }
        });
        view! {
            <li class=classes(&[tone, place]) title=non_empty(item.title)>
                <Icon name=item.icon />
                {words}
                {act}
            </li>
        }
    };
    view! {
        <footer class="status" aria-label="Where your data is">
            <div role="status" aria-atomic="false">
                <ul>{move || items.get().into_iter().map(item).collect_view()}</ul>
            </div>
        </footer>
    }
}
