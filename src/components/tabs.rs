//! Tabs whose panels share one place: arrow keys move, the chosen one is the only Tab stop.

use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

/// The element of a tab.
type TabButton = <html::Button as html::ElementType>::Output;

/// One tab.
#[derive(Clone, Debug)]
pub struct Tab {
    /// Names it in the callback, in ids and in the URL.
    pub id: String,
    /// Its words.
    pub label: String,
    /// A number or two behind them, already formatted; empty for none.
    pub count: Signal<String>,
}

fn tab_id(group: &str, tab: &str) -> String {
    format!("{group}-tab-{tab}")
}

fn panel_id(group: &str, tab: &str) -> String {
    format!("{group}-panel-{tab}")
}

/// Which tab a key leads to, if any.
fn step(key: &str, at: usize, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    match key {
        "ArrowRight" | "ArrowDown" => Some(if at >= last { 0 } else { at + 1 }),
        "ArrowLeft" | "ArrowUp" => Some(if at == 0 { last } else { at - 1 }),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

/// The row of tabs.
#[component]
pub fn TabList(
    /// Id shared with the panels, unique in the page.
    #[prop(into)]
    id: String,
    /// What the tabs are sides of: "Sides of the policy".
    #[prop(into)]
    label: String,
    /// The tabs.
    tabs: Vec<Tab>,
    /// Id of the chosen one.
    #[prop(into)]
    chosen: Signal<String>,
    /// Runs with the id of the newly chosen one.
    #[prop(into)]
    on_choose: Callback<String>,
) -> impl IntoView {
    let row = NodeRef::<html::Div>::new();
    let ids: Vec<String> = tabs.iter().map(|tab| tab.id.clone()).collect();
    let keys = move |event: leptos::ev::KeyboardEvent| {
        let at = chosen.with_untracked(|chosen| ids.iter().position(|id| id == chosen).unwrap_or(0));
        let Some(next) = step(&event.key(), at, ids.len()).and_then(|next| ids.get(next)) else { return };
        event.prevent_default();
        on_choose.run(next.clone());
        request_animation_frame(move || {
            let Some(row) = row.get_untracked() else { return };
            if let Ok(Some(tab)) = row.query_selector("[aria-selected='true']")
                && let Some(tab) = tab.dyn_ref::<TabButton>()
            {
                drop(tab.focus());
            }
        });
    };
    // Each button stays what it is, so that the focus stays where it is when a number changes.
    let button = |tab: Tab| {
        let (here, pick) = (tab.id.clone(), tab.id.clone());
        let is_chosen = Memo::new(move |_| chosen.with(|chosen| *chosen == here));
        view! {
            <button
                type="button"
                role="tab"
                id=tab_id(&id, &tab.id)
                aria-controls=panel_id(&id, &tab.id)
                aria-selected=move || if is_chosen.get() { "true" } else { "false" }
                tabindex=move || if is_chosen.get() { "0" } else { "-1" }
                on:click=move |_| on_choose.run(pick.clone())
            >
                {tab.label}
                " "
                <span class="n">{move || tab.count.get()}</span>
            </button>
        }
    };
    let buttons = tabs.into_iter().map(button).collect_view();
    view! {
        <div class="views inset">
            <div class="tabs" role="tablist" aria-label=label node_ref=row on:keydown=keys>
                {buttons}
            </div>
        </div>
    }
}

/// What one tab shows; all panels stay in the document, so that `aria-controls` always leads somewhere.
#[component]
pub fn TabPanel(
    /// Id of the group.
    #[prop(into)]
    group: String,
    /// Id of the tab.
    #[prop(into)]
    tab: String,
    /// Id of the chosen tab.
    #[prop(into)]
    chosen: Signal<String>,
    /// What it shows.
    children: Children,
) -> impl IntoView {
    let (labelled, id) = (tab_id(&group, &tab), panel_id(&group, &tab));
    view! {
        <div class="pane" role="tabpanel" id=id aria-labelledby=labelled hidden=move || chosen.get() != tab>
            {children()}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::step;

    #[test]
    fn arrows_go_round() {
        assert_eq!(step("ArrowRight", 2, 3), Some(0));
        assert_eq!(step("ArrowLeft", 0, 3), Some(2));
        assert_eq!(step("End", 0, 3), Some(2));
        assert_eq!(step("a", 0, 3), None);
        assert_eq!(step("End", 0, 0), None);
    }
}
