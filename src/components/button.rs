//! Buttons and links that look like buttons.

use super::icon::{Icon, IconName};
use super::tone::{classes, non_empty};
use leptos::prelude::*;

/// How loud a button is; a view has one primary button.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonLook {
    /// Bordered.
    #[default]
    Plain,
    /// The one act of the view.
    Primary,
    /// Without a border, for acts that should not draw the eye.
    Quiet,
    /// Takes something away.
    Danger,
}

/// How tall a button is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonSize {
    /// 32 pixels.
    #[default]
    Usual,
    /// 28 pixels, inside rows and bars.
    Small,
}

/// What pressing does inside a form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// Only runs its callback.
    #[default]
    Act,
    /// Also submits the form it stands in.
    Submit,
}

fn button_class(look: ButtonLook, size: ButtonSize, bare: Bare) -> String {
    let look = match look {
        ButtonLook::Plain => "",
        ButtonLook::Primary => "pri",
        ButtonLook::Quiet => "quiet",
        ButtonLook::Danger => "danger",
    };
    let size = match size {
        ButtonSize::Usual => "",
        ButtonSize::Small => "s",
    };
    let bare = match bare {
        Bare::IconOnly => "ico",
        Bare::Words => "",
    };
    classes(&["b", look, size, bare])
}

#[derive(Clone, Copy)]
enum Bare {
    IconOnly,
    Words,
}

/// A button: its words say the act and its number ("Send 2, fetch 14").
///
/// Without children it shows its icon alone and needs a `label`, which is then its name and its tooltip.
#[component]
pub fn Button(
    /// Runs when pressed.
    #[prop(optional, into)]
    on_click: Option<Callback<()>>,
    /// How loud it is.
    #[prop(optional)]
    look: ButtonLook,
    /// How tall it is.
    #[prop(optional)]
    size: ButtonSize,
    /// What it does in a form.
    #[prop(optional)]
    kind: ButtonKind,
    /// Icon before the words, or alone.
    #[prop(optional)]
    icon: Option<IconName>,
    /// The accessible name where the words alone do not say enough ("Undo entry 4185").
    #[prop(optional, into)]
    label: Signal<String>,
    /// Whether it cannot be pressed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The words.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let bare = if children.is_some() { Bare::Words } else { Bare::IconOnly };
    let title = move || match bare {
        Bare::IconOnly => non_empty(label.get()),
        Bare::Words => None,
    };
    let kind = match kind {
        ButtonKind::Act => "button",
        ButtonKind::Submit => "submit",
    };
    view! {
        <button
            type=kind
            class=button_class(look, size, bare)
            aria-label=move || non_empty(label.get())
            title=title
            disabled=move || disabled.get()
            on:click=move |_| {
                if let Some(on_click) = on_click {
                    on_click.run(());
                }
            }
        >
            {icon.map(|name| view! { <Icon name=name /> })}
            {children.map(|children| children())}
        </button>
    }
}

/// A link that looks like a button, for acts that are places.
#[component]
pub fn ButtonLink(
    /// Where it leads.
    #[prop(into)]
    href: Signal<String>,
    /// How loud it is.
    #[prop(optional)]
    look: ButtonLook,
    /// How tall it is.
    #[prop(optional)]
    size: ButtonSize,
    /// Icon before the words, or alone.
    #[prop(optional)]
    icon: Option<IconName>,
    /// The accessible name where the words alone do not say enough.
    #[prop(optional, into)]
    label: Signal<String>,
    /// The words.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let bare = if children.is_some() { Bare::Words } else { Bare::IconOnly };
    view! {
        <a class=button_class(look, size, bare) href=move || href.get() aria-label=move || non_empty(label.get())>
            {icon.map(|name| view! { <Icon name=name /> })}
            {children.map(|children| children())}
        </a>
    }
}
