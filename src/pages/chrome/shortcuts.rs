//! Keys that work on every page.

use leptos::ev;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::state::{Console, acts};

/// Which overlays the keys open.
#[derive(Clone, Copy)]
pub(in crate::pages) struct Shortcuts {
    /// Whether the palette is open.
    pub(super) palette: RwSignal<bool>,
    /// Whether the list of keys is open.
    pub(super) keys: RwSignal<bool>,
    go: Callback<String>,
}

impl Shortcuts {
    /// Listens to keys for as long as the frame is there.
    pub(super) fn install(console: Console) -> Self {
        let navigate = use_navigate();
        let go = Callback::new(move |path: String| navigate(&path, Default::default()));
        let shortcuts = Self { palette: RwSignal::new(false), keys: RwSignal::new(false), go };
        let after_g = StoredValue::new(false);
        let listener = window_event_listener(ev::keydown, move |event| {
            if event.default_prevented() {
                return;
            }
            let key = event.key();
            let with_control = event.ctrl_key() || event.meta_key();
            let is_asked = is_asked();
            if with_control && key.eq_ignore_ascii_case("k") {
                event.prevent_default();
                if !is_asked {
                    shortcuts.palette.set(true);
                }
                return;
            }
            if is_typing() || is_asked || event.alt_key() {
                return;
            }
            let was_after_g = after_g.get_value();
            after_g.set_value(!with_control && key == "g");
            let act = if with_control {
                (key == "z").then_some("undo")
            } else if was_after_g {
                place(&key)
            } else {
                single(&key)
            };
            if let Some(act) = act {
                event.prevent_default();
                shortcuts.perform(console, act);
            }
        });
        on_cleanup(move || listener.remove());
        shortcuts
    }

    /// Does what an act of the palette says.
    pub(super) fn perform(self, console: Console, id: &str) {
        if let Some(theme) = id.strip_prefix("theme-") {
            return console.set_theme(theme);
        }
        match id {
            "undo" => console.undo_newest(),
            "workspace" => console.switch_workspace(),
            "keys" => self.keys.set(true),
            "filter" => drop(tollgate_browser::focus("filter")),
            "invalidate-everybody" => console.asks_everybody().set(true),
            _ if console.offers.ask(id) => {}
            _ => {
                if let Some(act) = acts().iter().find(|act| act.id == id && !act.href.is_empty()) {
                    self.go.run(act.href.to_owned());
                }
            }
        }
    }
}

fn place(key: &str) -> Option<&'static str> {
    Some(match key {
        "o" => "overview",
        "t" => "tokens",
        "p" => "policies",
        "r" => "guardrails",
        "b" => "library",
        "c" => "catalog",
        "u" => "people",
        "a" => "activity",
        "l" => "lookup",
        "s" => "settings",
        _ => return None,
    })
}

fn single(key: &str) -> Option<&'static str> {
    Some(match key {
        "n" => "new-token",
        "?" => "keys",
        "/" => "filter",
        _ => return None,
    })
}

/// Whether the key goes into a text.
fn is_typing() -> bool {
    document().active_element().is_some_and(|element| {
        let is_editor = element.get_attribute("contenteditable").is_some_and(|value| value == "true");
        is_editor || ["INPUT", "TEXTAREA", "SELECT"].contains(&element.tag_name().as_str())
    })
}

/// Whether a dialog is open: what it asks or shows must not be lost to a key of the page behind it.
fn is_asked() -> bool {
    document().query_selector("dialog[open]").is_ok_and(|open| open.is_some())
}
