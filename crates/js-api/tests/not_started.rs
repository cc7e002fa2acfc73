//! What the functions say before a page has loaded the part that they come with.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test says what went wrong by stopping")]

use js_sys::Reflect;
use tollgate_js_api::boundary::check_policy;
use tollgate_js_api::start;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn a_call_that_comes_too_early_is_told_when_to_come_again() {
    let call = || js_sys::JSON::parse(r#"{"policy": "{}"}"#).unwrap();
    let error = check_policy(call()).unwrap_err();
    let field = |name: &str| Reflect::get(&error, &name.into()).unwrap().as_string().unwrap();
    assert_eq!(field("code"), "A0103");
    assert!(field("help").contains("data-loaded"));
    start();
    assert!(check_policy(call()).is_ok());
}
