//! Clock, entropy, preferences, tabs and the other small things, in a real page.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test says what went wrong by stopping")]

use std::cell::RefCell;
use std::rc::Rc;

use tollgate_browser::{
    Columns, Connectivity, MIRROR_WORKER_FILE, OsEntropy, POLICY_WORKER_FILE, PolicyDraft, Preference, ProgramKeeper,
    SERVICE_WORKER_FILE, SystemClock, TOKEN_EVENT, Tabs, Theme, VAULT_WORKER_FILE, WorkerUrl, WorkspaceName,
    connectivity, estimate, focus, identity, long_bytes, long_text, on_connectivity, persisted, set_root_attribute,
    set_title, tell_scripts,
};
use tollgate_tokens::{Clock, Entropy, EventId, ReplicaId, Signal, SignalKind, TokenUid};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{CustomEvent, Document, Storage};

wasm_bindgen_test_configure!(run_in_browser);

fn storage() -> Storage {
    web_sys::window().unwrap().local_storage().unwrap().unwrap()
}

fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

#[wasm_bindgen_test]
fn clock_tells_whole_microseconds() {
    let now = SystemClock.now();
    assert_eq!(now.timestamp_subsec_nanos() % 1_000, 0);
    assert!(now.timestamp() > 1_700_000_000, "{now}");
}

#[wasm_bindgen_test]
fn long_texts_come_in_as_they_are() {
    for text in ["", "plain", "né", "é", "日本語", "😀 and after", "many é 日 😀 é 日 😀 é 日 😀 in one"]
    {
        assert_eq!(long_text(&text.into()), text);
        assert_eq!(long_bytes(&text.into()), text.as_bytes());
    }
    let lone = js_sys::JsString::from_char_code(&[0x61, 0xd83d, 0x62]);
    assert_eq!(long_text(&lone), "a\u{fffd}b");
}

#[wasm_bindgen_test]
fn entropy_never_gives_the_same_bytes_twice() {
    let (mut left, mut right) = ([0; 32], [0; 32]);
    OsEntropy.fill(&mut left).unwrap();
    OsEntropy.fill(&mut right).unwrap();
    assert_ne!(left, [0; 32]);
    assert_ne!(left, right);
}

#[wasm_bindgen_test]
fn choices_survive_and_garbage_does_not_matter() {
    Theme::Dark.store().unwrap();
    assert_eq!(Theme::load(), Theme::Dark);
    storage().set_item("tollgate.preferences.theme", "{{{").unwrap();
    assert_eq!(Theme::load(), Theme::System);
    storage().set_item("tollgate.preferences.workspace", "\"../etc\"").unwrap();
    assert_eq!(WorkspaceName::load().as_str(), "main");
    Columns(vec!["note".to_owned(), "owner".to_owned()]).store().unwrap();
    assert_eq!(Columns::load().0, ["note", "owner"]);
    PolicyDraft::new("{\"resources\": ".to_owned()).unwrap().store().unwrap();
    assert_eq!(PolicyDraft::load().as_str(), "{\"resources\": ");
}

#[wasm_bindgen_test]
fn replica_is_remembered_and_the_epoch_is_not() {
    let (first, second) = (identity("page", &OsEntropy).unwrap(), identity("page", &OsEntropy).unwrap());
    assert_eq!(first.replica, second.replica);
    assert_ne!(first.epoch, second.epoch);
    assert_ne!(identity("other", &OsEntropy).unwrap().replica, first.replica);
}

#[wasm_bindgen_test]
async fn tabs_hear_of_news_and_count_each_other() {
    let (sender, heard) = futures_channel::oneshot::channel();
    let sender = RefCell::new(Some(sender));
    let left = Tabs::join("page", Box::new(|_| {}));
    let right = Tabs::join(
        "page",
        Box::new(move |next| {
            if let Some(sender) = sender.take() {
                let _ = sender.send(next);
            }
        }),
    );
    left.announce(42);
    assert_eq!(heard.await.unwrap(), 42);
    assert_eq!(left.count_again().await, 2);
    drop(right);
    assert_eq!(left.count_again().await, 1);
}

#[wasm_bindgen_test]
async fn browser_answers_about_its_storage() {
    assert!(persisted().await.is_some());
    assert!(estimate().await.is_some_and(|estimate| estimate.quota_bytes > 0));
}

#[wasm_bindgen_test]
fn only_the_workers_of_this_page_are_trusted() {
    let base = document().base_uri().unwrap().unwrap();
    for file in [POLICY_WORKER_FILE, MIRROR_WORKER_FILE, VAULT_WORKER_FILE, SERVICE_WORKER_FILE] {
        assert!(WorkerUrl::of_page(file).is_ok(), "{file}");
        let foreign = [
            format!("https://example.com/{file}"),
            format!("{base}{file}?and=more"),
            format!("{base}elsewhere/{file}"),
            file.to_owned(),
        ];
        for url in foreign {
            assert!(WorkerUrl::trust(&url).is_err(), "{url}");
        }
    }
    assert!(WorkerUrl::of_page("other.js").is_err());
}

#[wasm_bindgen_test]
async fn without_the_file_of_a_service_worker_the_browser_says_why_there_is_no_copy() {
    // The pages of these tests have none beside them.
    let error = ProgramKeeper::register(Box::new(|_| {})).await.err().unwrap().to_string();
    assert!(error.starts_with("the browser refused ("), "{error}");
}

#[wasm_bindgen_test]
fn page_is_titled_themed_and_focused() {
    set_title("Tokens");
    assert_eq!(document().title(), "Tokens");
    set_root_attribute("data-theme", "dark");
    let root = document().document_element().unwrap();
    assert_eq!(root.get_attribute("data-theme").as_deref(), Some("dark"));
    assert_eq!(focus("nothing").unwrap_err().to_string(), "there is no element `nothing` that can be focused");
}

#[wasm_bindgen_test]
fn connectivity_is_told_until_the_subscription_ends() {
    let heard: std::rc::Rc<RefCell<Vec<Connectivity>>> = std::rc::Rc::default();
    let listener = std::rc::Rc::clone(&heard);
    let subscription = on_connectivity(Box::new(move |now| listener.borrow_mut().push(now))).unwrap();
    let window = web_sys::window().unwrap();
    window.dispatch_event(&web_sys::Event::new("offline").unwrap()).unwrap();
    drop(subscription);
    window.dispatch_event(&web_sys::Event::new("offline").unwrap()).unwrap();
    assert_eq!(*heard.borrow(), [connectivity()]);
}

#[wasm_bindgen_test]
fn scripts_hear_what_happens_to_a_token() {
    let act = EventId { replica: ReplicaId::from_bytes([1; 16]), sequence: 7 };
    let signal = Signal { kind: SignalKind::Invalidated, token: TokenUid::from_bytes([2; 16]), act };
    let heard = Rc::new(RefCell::new(None));
    let slot = Rc::clone(&heard);
    let listener = Closure::<dyn FnMut(CustomEvent)>::new(move |event: CustomEvent| {
        *slot.borrow_mut() = js_sys::JSON::stringify(&event.detail()).unwrap().as_string();
    });
    let window = web_sys::window().unwrap();
    window.add_event_listener_with_callback(TOKEN_EVENT, listener.as_ref().unchecked_ref()).unwrap();
    tell_scripts(&signal);
    window.remove_event_listener_with_callback(TOKEN_EVENT, listener.as_ref().unchecked_ref()).unwrap();
    let (token, act) = (signal.token, signal.act);
    let expected = format!(r#"{{"kind":"invalidated","token":"{token}","act":"{act}","hasCounterpart":false}}"#);
    assert_eq!(heard.take().unwrap(), expected);
}
