//! Small things of the page itself that no component should do by hand.

use wasm_bindgen::prelude::*;
use web_sys::{Document, EventTarget, HtmlElement, Storage};

/// Whether the browser thinks that it has a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connectivity {
    /// There may be a network.
    Online,
    /// There is certainly none.
    Offline,
}

/// Why nothing was focused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no element `{id}` that can be focused")]
pub struct FocusError {
    id: String,
}

/// Listens until it is dropped.
pub struct EventSubscription {
    target: EventTarget,
    events: &'static [&'static str],
    listener: Closure<dyn FnMut()>,
}

impl EventSubscription {
    fn new(target: EventTarget, events: &'static [&'static str], listener: Closure<dyn FnMut()>) -> Self {
        for event in events {
            let _ = target.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref());
        }
        Self { target, events, listener }
    }

    /// Listens to events of anything that has some.
    pub(crate) fn on(target: EventTarget, events: &'static [&'static str], heard: Box<dyn Fn()>) -> Self {
        Self::new(target, events, Closure::new(heard))
    }

    /// Listens to events of the window; `None` where there is no page.
    pub(crate) fn on_window(events: &'static [&'static str], heard: Box<dyn Fn()>) -> Option<Self> {
        Some(Self::on(web_sys::window()?.into(), events, heard))
    }
}

impl Drop for EventSubscription {
    fn drop(&mut self) {
        for event in self.events {
            let _ = self.target.remove_event_listener_with_callback(event, self.listener.as_ref().unchecked_ref());
        }
    }
}

/// Sets the title of the page.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Moves the focus to an element, without scrolling more than needed.
///
/// # Errors
///
/// [`FocusError`] when there is no such element or it takes no focus.
pub fn focus(id: &str) -> Result<(), FocusError> {
    let refused = || FocusError { id: id.to_owned() };
    let element = document().and_then(|document| document.get_element_by_id(id)).ok_or_else(refused)?;
    element.dyn_ref::<HtmlElement>().ok_or_else(refused)?.focus().map_err(|_| refused())
}

/// Sets an attribute of the page's root, such as the theme that the styles look at.
pub fn set_root_attribute(name: &str, value: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute(name, value);
    }
}

/// Whether the browser thinks that it has a network.
#[must_use]
pub fn connectivity() -> Connectivity {
    let offline = web_sys::window().is_some_and(|window| !window.navigator().on_line());
    if offline { Connectivity::Offline } else { Connectivity::Online }
}

/// Calls back when the network comes or goes, until the subscription is dropped; `None` where there is no page.
#[must_use]
pub fn on_connectivity(changed: Box<dyn Fn(Connectivity)>) -> Option<EventSubscription> {
    EventSubscription::on_window(&["online", "offline"], Box::new(move || changed(connectivity())))
}

/// The whole address of a path of this page, such as `/policies`; the path alone where there is no page.
#[must_use]
pub fn page_address(path: &str) -> String {
    let origin = web_sys::window().and_then(|window| window.location().origin().ok());
    origin.map_or_else(|| path.to_owned(), |origin| format!("{origin}{path}"))
}

/// Loads the page again.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

/// What is said here survives one loading of the page.
const LAST_WORDS: &str = "tollgate.last_words";

/// Loads the page again, and has it say afterwards what was done before.
pub fn reload_saying(words: &str) {
    if let Some(storage) = session_storage() {
        let _ = storage.set_item(LAST_WORDS, words);
    }
    reload();
}

/// What was said before the page was loaded again, once.
#[must_use]
pub fn last_words() -> Option<String> {
    let storage = session_storage()?;
    let words = storage.get_item(LAST_WORDS).ok()??;
    let _ = storage.remove_item(LAST_WORDS);
    Some(words)
}

fn session_storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}
