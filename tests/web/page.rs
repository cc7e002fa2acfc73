//! A page under test: what a user sees, presses and types.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where it cannot go on")]

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use tollgate::{ConsoleOn, Services};
use tollgate_tokens::MemoryJournal;
use wasm_bindgen::JsCast as _;
use web_sys::{Event, EventInit, HtmlElement, HtmlInputElement, HtmlTextAreaElement};

/// How many turns of the event loop a text may take to appear.
const TURNS: u32 = 200;

/// A mounted console; it goes away with the value.
pub(crate) struct Page {
    root: HtmlElement,
    _console: Box<dyn std::any::Any>,
}

impl Drop for Page {
    fn drop(&mut self) {
        self.root.remove();
    }
}

/// Mounts the console at a path.
pub(crate) async fn mount(journal: MemoryJournal, path: &str) -> Page {
    let window = web_sys::window().unwrap();
    let history = window.history().unwrap();
    history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(path)).unwrap();
    let document = window.document().unwrap();
    let root: HtmlElement = document.create_element("div").unwrap().unchecked_into();
    document.body().unwrap().append_child(&root).unwrap();
    let services = Services::in_memory(journal);
    let console: UnmountHandle<_> = mount_to(root.clone(), move || view! { <ConsoleOn services=services /> });
    settle().await;
    Page { root, _console: Box::new(console) }
}

/// Lets what is due happen.
pub(crate) async fn settle() {
    leptos::task::tick().await;
    gloo_timers::future::TimeoutFuture::new(0).await;
}

/// Waits until a text can be seen.
#[track_caller]
pub(crate) fn see<'a>(page: &'a Page, text: &'a str) -> impl Future<Output = ()> + 'a {
    let place = std::panic::Location::caller();
    async move {
        for _ in 0..TURNS {
            if words(page).contains(text) {
                return;
            }
            settle().await;
        }
        panic!("{place}: `{text}` is not to be seen in: {}", words(page));
    }
}

/// Makes sure that a text cannot be seen now.
#[track_caller]
pub(crate) fn see_none(page: &Page, text: &str) {
    assert!(!words(page).contains(text), "`{text}` is to be seen in: {}", words(page));
}

fn words(page: &Page) -> String {
    page.root.text_content().unwrap_or_default()
}

/// Presses the button with these words.
pub(crate) async fn click(page: &Page, words: &str) {
    let buttons = page.root.query_selector_all("button").unwrap();
    let button = (0..buttons.length())
        .filter_map(|index| buttons.item(index))
        .find(|button| button.text_content().unwrap_or_default().trim() == words)
        .unwrap_or_else(|| panic!("there is no button `{words}`"));
    button.unchecked_into::<HtmlElement>().click();
    settle().await;
}

/// Types a text into a field.
pub(crate) fn set(page: &Page, selector: &str, text: &str) {
    let field = page.root.query_selector(selector).unwrap().unwrap_or_else(|| panic!("there is no `{selector}`"));
    match field.dyn_into::<HtmlInputElement>() {
        Ok(input) => {
            input.set_value(text);
            told(&input);
        }
        Err(field) => {
            let area: HtmlTextAreaElement = field.unchecked_into();
            area.set_value(text);
            told(&area);
        }
    }
}

fn told(field: &web_sys::EventTarget) {
    let options = EventInit::new();
    options.set_bubbles(true);
    field.dispatch_event(&Event::new_with_event_init_dict("input", &options).unwrap()).unwrap();
}
