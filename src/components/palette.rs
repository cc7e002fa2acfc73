//! The command palette: every act and every place, by typing; and the list of keys.

use super::dialog::{Dialog, follow_open};
use super::icon::{Icon, IconName};
use super::key_hint::KeyHint;
use super::tone::non_empty;
use leptos::html;
use leptos::prelude::*;

/// One act or place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaletteItem {
    /// What the callback gets.
    pub id: String,
    /// Its words: "New token".
    pub title: String,
    /// What kind of thing it is, or what it does: "Place", "12,480 tokens".
    pub hint: String,
    /// The keys that do the same; empty for none.
    pub keys: String,
}

/// Whether every word of `query` occurs in the item.
fn matches(item: &PaletteItem, query: &str) -> bool {
    let text = format!("{} {}", item.title, item.hint).to_lowercase();
    query.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

/// The items that match, those whose title begins with the query first, otherwise in their own order.
fn matching(items: &[PaletteItem], query: &str) -> Vec<PaletteItem> {
    let start = query.trim().to_lowercase();
    let begins = |item: &PaletteItem| item.title.to_lowercase().starts_with(&start);
    let (mut found, others): (Vec<_>, Vec<_>) =
        items.iter().filter(|item| matches(item, query)).cloned().partition(begins);
    found.extend(others);
    found
}

fn option_id(index: usize) -> String {
    format!("palette-option-{index}")
}

/// The palette: an input that lists what matches; arrows move, Enter picks, Escape closes.
#[component]
pub fn Palette(
    /// Whether it is shown.
    #[prop(into)]
    open: Signal<bool>,
    /// Everything that can be picked, most useful first.
    #[prop(into)]
    items: Signal<Vec<PaletteItem>>,
    /// Runs with the id picked; the caller closes the palette.
    #[prop(into)]
    on_pick: Callback<String>,
    /// Runs when the user closes it.
    #[prop(into)]
    on_close: Callback<()>,
    /// Runs with what is typed; what it answers is looked for, and stands in the input instead.
    on_type: Callback<String, String>,
    /// What there is to say about what was typed; empty for nothing.
    #[prop(into)]
    says: Signal<String>,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    follow_open(dialog, open);
    let query = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let found = Memo::new(move |_| items.with(|items| matching(items, &query.get())));
    let closed = move |_: leptos::ev::Event| {
        query.set(String::new());
        at.set(0);
        if open.get_untracked() {
            on_close.run(());
        }
    };
    let pick = move |index: usize| {
        if let Some(item) = found.with_untracked(|found| found.get(index).cloned()) {
            on_pick.run(item.id);
        }
    };
    let show = move |index: usize| {
        at.set(index);
        request_animation_frame(move || {
            if let Some(option) = document().get_element_by_id(&option_id(index)) {
                option.scroll_into_view_with_bool(false);
            }
        });
    };
    // Only a change is worth drawing the list again.
    let hover = move |index: usize| {
        if at.get_untracked() != index {
            at.set(index);
        }
    };
    let keys = move |event: leptos::ev::KeyboardEvent| {
        let last = found.with_untracked(Vec::len).saturating_sub(1);
        let now = at.get_untracked();
        match event.key().as_str() {
            "ArrowDown" => show(if now >= last { 0 } else { now + 1 }),
            "ArrowUp" => show(if now == 0 { last } else { now - 1 }),
            "Enter" => pick(now),
            _ => return,
        }
        event.prevent_default();
    };
    let options = move || {
        let here = at.get();
        let option = |(index, item): (usize, PaletteItem)| {
            let keys = non_empty(item.keys).map(|keys| view! { <KeyHint keys=keys /> });
            let chosen = index == here;
            view! {
                <li
                    role="option"
                    id=option_id(index)
                    aria-selected=chosen.to_string()
                    on:pointermove=move |_| hover(index)
                    on:click=move |_| pick(index)
                >
                    <span>{item.title}</span>
                    <span class="t3">{item.hint}</span>
                    {keys}
                </li>
            }
        };
        found.get().into_iter().enumerate().map(option).collect_view()
    };
    let active = move || found.with(|found| (!found.is_empty()).then(|| option_id(at.get())));
    let said = move || match found.with(Vec::is_empty) {
        true => Some("Nothing by that name".to_owned()),
        false => non_empty(says.get()),
    };
    view! {
        <dialog class="palette" aria-label="Search or act" node_ref=dialog on:close=closed>
            <div class="palette-in">
                <Icon name=IconName::Search />
                <input
                    type="text"
                    role="combobox"
                    aria-label="Search or act"
                    aria-expanded="true"
                    aria-controls="palette-list"
                    aria-autocomplete="list"
                    aria-activedescendant=active
                    autocomplete="off"
                    spellcheck="false"
                    autofocus=true
                    placeholder="Search or act"
                    prop:value=move || query.get()
                    on:input=move |event| {
                        query.set(on_type.run(event_target_value(&event)));
                        at.set(0);
                    }
                    on:keydown=keys
                />
                <KeyHint keys="Esc" />
            </div>
            <ul class="palette-list" id="palette-list" role="listbox" aria-label="Acts and places">
                {options}
            </ul>
            <p class="palette-none" role="status">
                {said}
            </p>
        </dialog>
    }
}

/// Keys and what they do, under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyGroup {
    /// Where they work: "Everywhere", "Token list".
    pub title: String,
    /// Keys and what they do.
    pub keys: Vec<(String, String)>,
}

/// The list of keys, in a dialog.
#[component]
pub fn KeyList(
    /// Whether it is shown.
    #[prop(into)]
    open: Signal<bool>,
    /// The keys.
    groups: Vec<KeyGroup>,
    /// Runs when the user closes it.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let line = |(keys, does): (String, String)| {
        view! {
            <div>
                <dt>
                    <KeyHint keys=keys />
                </dt>
                <dd>{does}</dd>
            </div>
        }
    };
    let group = move |group: KeyGroup| {
        view! {
            <section>
                <h3>{group.title}</h3>
                <dl class="keys">{group.keys.into_iter().map(line).collect_view()}</dl>
            </section>
        }
    };
    view! {
        <Dialog id="key-list" open=open on_close=on_close title="Keys">
            <div class="key-groups">{groups.into_iter().map(group).collect_view()}</div>
        </Dialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(title: &str, hint: &str) -> PaletteItem {
        PaletteItem { id: title.to_owned(), title: title.to_owned(), hint: hint.to_owned(), keys: String::new() }
    }

    #[test]
    fn every_word_has_to_occur_and_beginnings_come_first() {
        let items = [item("Show tokens", "Place"), item("Tokens", "Place"), item("Policies", "Place")];
        let found = matching(&items, "tok");
        let titles: Vec<&str> = found.iter().map(|item| item.title.as_str()).collect();
        assert_eq!(titles, ["Tokens", "Show tokens"]);
        assert!(matching(&items, "tok place nowhere").is_empty());
        assert_eq!(matching(&items, "").len(), 3);
    }
}
