//! Pages mounted in a real browser on a journal in memory.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

mod memory;
mod page;

use page::{click, mount, see, see_none, set, settle};
use tollgate_tokens::test_support::{identity, noon};
use tollgate_tokens::{Decide, EventBody, Journal as _, MemoryJournal, MemoryStorage, NewEvent, UserRecord};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn empty() -> MemoryJournal {
    MemoryJournal::open(&MemoryStorage::default(), identity(1))
}

#[wasm_bindgen_test]
async fn an_empty_workspace_says_how_to_begin() {
    let page = mount(empty(), "/").await;
    see(&page, "No tokens on this device yet").await;
    see(&page, "Not kept: gone with this tab").await;
}

#[wasm_bindgen_test]
async fn a_user_is_added_and_a_second_of_the_name_is_refused() {
    let page = mount(empty(), "/people").await;
    set(&page, "#new-user", "ci-bot");
    click(&page, "Add user").await;
    see(&page, "ci-bot is added").await;
    set(&page, "#new-user", "ci-bot");
    click(&page, "Add user").await;
    see(&page, "the user `ci-bot` is there already: choose another name").await;
}

#[wasm_bindgen_test]
async fn a_name_that_the_original_refuses_is_refused_where_it_is_typed() {
    let page = mount(empty(), "/people").await;
    set(&page, "#new-user", "ci bot");
    click(&page, "Add user").await;
    see(&page, "a user name cannot contain ` `").await;
}

#[wasm_bindgen_test]
async fn an_empty_library_says_what_it_is_for() {
    let page = mount(empty(), "/library").await;
    see(&page, "No policies in the library yet").await;
    see(&page, "Start from a template").await;
}

#[wasm_bindgen_test]
async fn a_policy_that_is_not_there_leads_back_to_the_library() {
    let page = mount(empty(), "/policies/00000000000000000000000000000000").await;
    see(&page, "There is no such policy").await;
    see_none(&page, "Policy as JSON");
}

#[wasm_bindgen_test]
async fn a_policy_is_checked_while_it_is_typed() {
    let page = mount(empty(), "/policies").await;
    set(&page, "#policy", r#"{"resources": {"reviw": {}}}"#);
    settle().await;
    see(&page, "Refused by Review Board 8.1").await;
    see(&page, "did you mean `review`?").await;
    set(&page, "#policy", "{}");
    see(&page, "Accepted by Review Board 8.1").await;
    see_none(&page, "did you mean");
}

#[wasm_bindgen_test]
async fn the_catalog_is_filtered_by_words() {
    let page = mount(empty(), "/catalog").await;
    see(&page, "71 of 71 resources").await;
    set(&page, "#filter", "webhook");
    see(&page, "1 of 71 resources").await;
}

#[wasm_bindgen_test]
async fn an_address_that_is_not_asked_says_why_and_stays() {
    let page = mount(empty(), "/catalog").await;
    click(&page, "Import…").await;
    see(&page, "Address of an API").await;
    set(&page, "#import-address", "http://reviews.example.com/api/");
    click(&page, "Fetch").await;
    see(&page, "Plain http is used for servers on this device only").await;
    see(&page, "Write https:// in front").await;
    see_none(&page, "Fetching the document…");
}

#[wasm_bindgen_test]
async fn a_secret_that_was_dismissed_is_nowhere_in_memory() {
    let journal = empty();
    let user = UserRecord { username: "ci-bot".parse().unwrap(), active: true, superuser: false };
    let act: Decide =
        Box::new(move |_| vec![NewEvent::Here { at: noon(), by: None, body: EventBody::UserAdded(user.clone()) }]);
    journal.append(act).await.unwrap();
    let page = mount(journal, "/tokens/new").await;
    click(&page, "Create token").await;
    let secret = memory::shown_secret().await;
    assert!(memory::holds(&secret), "the search finds what is shown");
    memory::tick_stored();
    settle().await;
    click(&page, "Done").await;
    memory::gone().await;
    assert!(!memory::holds(&secret));
}

#[wasm_bindgen_test]
async fn a_text_that_is_looked_up_is_explained_and_not_shown() {
    let page = mount(empty(), "/lookup").await;
    see(&page, "Looking is not recorded.").await;
    set(&page, "#pasted", "hello-there");
    click(&page, "Look up").await;
    see(&page, "No token here has this text.").await;
    see(&page, "it is probably no token at all").await;
    see_none(&page, "hello-there");
}
