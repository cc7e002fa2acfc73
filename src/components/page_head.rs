//! The head of a page, and the tabs below it.

use leptos::either::Either;
use leptos::prelude::*;

/// A link back up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    /// Where it leads.
    pub href: String,
    /// Its words.
    pub label: String,
}

/// Title, a line beside it, links back up, and the acts of the page at the end.
#[component]
pub fn PageHead(
    /// The title.
    #[prop(into)]
    title: Signal<String>,
    /// A count or a date beside it.
    #[prop(optional, into)]
    sub: Signal<String>,
    /// Links back up.
    #[prop(optional)]
    crumbs: Vec<Crumb>,
    /// The acts, the primary one last.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let crumb = |crumb: Crumb| view! { <a href=crumb.href>{crumb.label}</a> };
    let trail = (!crumbs.is_empty()).then(|| {
        view! {
            <nav class="crumb" aria-label="Up">
                {crumbs.into_iter().map(crumb).collect_view()}
            </nav>
        }
    });
    view! {
        <div class="head">
            <div>
                {trail}
                <h1>{move || title.get()}</h1>
            </div>
            <span class="sub">{move || sub.get()}</span>
            {children.map(|children| view! { <div class="acts">{children()}</div> })}
        </div>
    }
}

/// A view of a list, as a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewTab {
    /// Where it leads.
    pub href: String,
    /// Its name.
    pub label: String,
    /// How many it holds, already formatted; empty for none.
    pub count: String,
}

/// The views of a list: links, because each view is a place.
#[component]
pub fn ViewTabs(
    /// Its name for assistive technology: "Views".
    #[prop(into)]
    label: String,
    /// The views.
    #[prop(into)]
    tabs: Signal<Vec<ViewTab>>,
    /// The `href` of the view shown now.
    #[prop(into)]
    current: Signal<String>,
) -> impl IntoView {
    let links = move || {
        let current = current.get();
        let link = |tab: ViewTab| {
            let here = (tab.href == current).then_some("page");
            let count = (!tab.count.is_empty()).then(|| view! { <span class="n">{tab.count}</span> });
            view! {
                <li>
                    <a href=tab.href aria-current=here>
                        {tab.label}
                        " "
                        {count}
                    </a>
                </li>
            }
        };
        tabs.get().into_iter().map(link).collect_view()
    };
    view! {
        <nav class="views" aria-label=label>
            <ul>{links}</ul>
        </nav>
    }
}

/// A section heading with something at its end.
#[component]
pub fn SectionHead(
    /// Id for `aria-labelledby` of the section.
    #[prop(into)]
    id: String,
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// A quiet line at the end, where there are no children.
    #[prop(optional, into)]
    end: Signal<String>,
    /// Links or buttons at the end.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let end = match children {
        Some(children) => Either::Left(view! { <span class="end row">{children()}</span> }),
        None => Either::Right(view! { <span class="end meta">{move || end.get()}</span> }),
    };
    view! {
        <div class="sec-h">
            <h2 id=id>{move || title.get()}</h2>
            {end}
        </div>
    }
}
