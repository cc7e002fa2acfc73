//! The frame around every page: navigation, search, status bar.

use super::icon::{Icon, IconName};
use super::key_hint::KeyHint;
use super::tone::classes;
use leptos::html;
use leptos::prelude::*;

/// How a count in the navigation is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CountLook {
    /// A quiet number.
    #[default]
    Plain,
    /// Something waits.
    Waiting,
}

/// One place in the navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its path: "/tokens".
    pub href: String,
    /// Its name.
    pub label: String,
    /// Its icon.
    pub icon: IconName,
    /// A number behind the name, already formatted; empty for none.
    pub count: String,
    /// What the number means, for assistive technology: "changes not on server"; empty for none.
    pub counts: String,
    /// How the number is shown.
    pub look: CountLook,
}

/// Whether `href` is the place that `path` lies in; "/" only counts for itself.
fn is_current(href: &str, path: &str) -> bool {
    path == href || (href != "/" && path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/')))
}

fn place_link(place: Place, path: &str) -> impl IntoView + use<> {
    let current = is_current(&place.href, path).then_some("page");
    let look = match place.look {
        CountLook::Plain => "n",
        CountLook::Waiting => "n hot",
    };
    let meaning = (!place.counts.is_empty()).then(|| view! { <span class="vh">" " {place.counts}</span> });
    let count = (!place.count.is_empty()).then(|| view! { <span class=look>{place.count} {meaning}</span> });
    let title = place.label.clone();
    view! {
        <li>
            <a href=place.href aria-current=current title=title>
                <Icon name=place.icon />
                <span class="lbl">{place.label}</span>
                {count}
            </a>
        </li>
    }
}

/// Brand, search, places and foot.
#[component]
fn Nav(
    places: Signal<Vec<Place>>,
    path: Signal<String>,
    on_search: Callback<()>,
    search_keys: Signal<String>,
    foot: ViewFn,
) -> impl IntoView {
    let nav = NodeRef::<html::Nav>::new();
    // Narrow, the navigation is a popover: following a link in it has to close it.
    let close = move || {
        if let Some(nav) = nav.get_untracked() {
            drop(nav.hide_popover());
        }
    };
    Effect::new(move |_| {
        path.track();
        close();
    });
    let links = move || {
        let path = path.get();
        places.get().into_iter().map(|place| place_link(place, &path)).collect_view()
    };
    view! {
        <nav class="nav" id="nav" popover="auto" aria-label="Main" node_ref=nav>
            <a class="brand" href="/">
                <Icon name=IconName::Gate />
                <span class="lbl">"Tollgate"</span>
            </a>
            <button
                class="nav-find"
                type="button"
                title="Search or act"
                on:click=move |_| {
                    close();
                    on_search.run(());
                }
            >
                <Icon name=IconName::Search />
                <span class="lbl">"Search or act"</span>
                <KeyHint keys=search_keys />
            </button>
            <ul>{links}</ul>
            <div class="foot">{foot.run()}</div>
        </nav>
    }
}

/// The whole page: skip link, top bar when narrow, navigation, main, status bar.
#[component]
pub fn Frame(
    /// The places, in order.
    #[prop(into)]
    places: Signal<Vec<Place>>,
    /// The path shown now; the place it lies in is marked.
    #[prop(into)]
    path: Signal<String>,
    /// Runs when search is pressed; the caller opens the palette.
    #[prop(into)]
    on_search: Callback<()>,
    /// The key for search: "Ctrl K".
    #[prop(into)]
    search_keys: Signal<String>,
    /// The navigation's foot: what it is connected to, the theme switch.
    #[prop(into)]
    foot: ViewFn,
    /// The status bar.
    #[prop(into)]
    status: ViewFn,
    /// Whether the main area is as tall as the window with its own scrolling parts, as lists and the workbench are.
    #[prop(optional, into)]
    fixed: Signal<bool>,
    /// The page.
    children: Children,
) -> impl IntoView {
    let main = NodeRef::<html::Main>::new();
    // The router would take the link as a navigation and leave the focus where it is.
    let skip = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        if let Some(main) = main.get_untracked() {
            drop(main.focus());
        }
    };
    view! {
        <a class="skip" href="#main" on:click=skip>
            "Skip to content"
        </a>
        <div class=move || classes(&["app", if fixed.get() { "fixed" } else { "" }])>
            <header class="topbar">
                <a class="brand" href="/">
                    <Icon name=IconName::Gate />
                    "Tollgate"
                </a>
                <button
                    class="b quiet ico"
                    type="button"
                    aria-label="Search or act"
                    on:click=move |_| on_search.run(())
                >
                    <Icon name=IconName::Search />
                </button>
                <button class="b quiet ico" type="button" aria-label="Menu" popovertarget="nav">
                    <Icon name=IconName::Menu />
                </button>
            </header>
            <Nav places=places path=path on_search=on_search search_keys=search_keys foot=foot />
            <main class="main" id="main" tabindex="-1" node_ref=main>
                {children()}
            </main>
            {status.run()}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::is_current;

    #[test]
    fn a_place_is_current_for_what_lies_below_it() {
        assert!(is_current("/tokens", "/tokens/new"));
        assert!(is_current("/", "/"));
        assert!(!is_current("/", "/tokens"));
        assert!(!is_current("/to", "/tokens"));
    }
}
