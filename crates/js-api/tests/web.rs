//! The functions as JavaScript calls them.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test says what went wrong by stopping")]

use js_sys::{Array, Reflect};
use tollgate_js_api::boundary::{check_policy, check_token, decide, explain, generate_token, parse_policy, power};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn object(json: &str) -> JsValue {
    js_sys::JSON::parse(json).unwrap()
}

fn field(value: &JsValue, path: &str) -> JsValue {
    path.split('.').fold(value.clone(), |value, name| Reflect::get(&value, &JsValue::from_str(name)).unwrap())
}

fn text(value: &JsValue, path: &str) -> String {
    field(value, path).as_string().unwrap()
}

#[wasm_bindgen_test]
fn policies_are_parsed_and_checked() {
    let accepted = check_policy(object(r#"{"policy": "{}"}"#)).unwrap();
    assert_eq!(text(&accepted, "type"), "accepted");
    assert_eq!(text(&accepted, "stored"), "{}");

    let refused = check_policy(object(r#"{"policy": "{\"resources\": {\"reviw\": {}}}"}"#)).unwrap();
    assert_eq!(text(&refused, "type"), "refused");
    assert_eq!(text(&refused, "code"), "P0205");
    let findings: Array = field(&refused, "findings").unchecked_into();
    assert_eq!(text(&findings.get(0), "message"), "unknown resource `reviw`");
    assert_eq!(text(&findings.get(0), "help"), "did you mean `review`?");

    let parsed = parse_policy(object(r#"{"policy": "{"}"#)).unwrap();
    assert_eq!(text(&parsed, "type"), "notJson");
}

#[wasm_bindgen_test]
fn requests_are_decided_and_explained() {
    let call = r#"{
        "policy": "{\"resources\": {\"*\": {\"block\": [\"PUT\"]}}}",
        "request": {"policyId": "review", "method": "PUT", "itemId": "7"}
    }"#;
    let denied = decide(object(call)).unwrap();
    assert_eq!(text(&denied, "type"), "denied");
    assert_eq!(text(&denied, "because.pointer"), "/resources/*/block/0");
    assert_eq!(field(&denied, "because.row").as_f64(), Some(9.0));
    let explained = explain(object(call)).unwrap();
    let trail: Array = field(&explained, "trail").unchecked_into();
    assert_eq!(trail.length(), 4);
}

#[wasm_bindgen_test]
fn item_may_be_left_out() {
    let call = r#"{"policy": "{}", "request": {"policyId": "review", "method": "GET"}}"#;
    let allowed = decide(object(call)).unwrap();
    assert_eq!(text(&allowed, "type"), "allowed");
    assert!(field(&allowed, "because.pointer").is_undefined());
}

#[wasm_bindgen_test]
fn power_is_said_in_words_and_numbers() {
    let all = power(object(r#"{"policy": "{}"}"#)).unwrap();
    assert_eq!(text(&all, "sentence"), "read and write everything");
    assert_eq!(field(&all, "allowedOperations").as_f64(), field(&all, "totalOperations").as_f64());
}

#[wasm_bindgen_test]
fn generated_token_is_recognized_and_never_the_same() {
    let made = generate_token(object("{}")).unwrap();
    assert_eq!(text(&made, "type"), "generated");
    assert_eq!(text(&made, "prefix"), "rbp");
    let call = js_sys::Object::new();
    Reflect::set(&call, &"token".into(), &field(&made, "token")).unwrap();
    let known = check_token(call.into()).unwrap();
    assert_eq!(text(&known, "type"), "recognized");
    assert_eq!(text(&known, "digest"), text(&made, "digest"));
    assert_ne!(text(&generate_token(object("{}")).unwrap(), "token"), text(&made, "token"));
}

#[wasm_bindgen_test]
fn refused_generator_is_an_answer() {
    let refused = generate_token(object(r#"{"generator": "legacy_sha1"}"#)).unwrap();
    assert_eq!(text(&refused, "type"), "refused");
    assert_eq!(text(&refused, "error.code"), "T0107");
}

#[wasm_bindgen_test]
fn wrong_call_throws_an_error_that_is_whole() {
    for wrong in ["null", "[]", "{}", r#"{"policy": 1}"#] {
        let error = check_policy(object(wrong)).unwrap_err();
        assert!(error.is_instance_of::<js_sys::Error>(), "{wrong}");
        assert_eq!(text(&error, "name"), "TollgateError");
        assert_eq!(text(&error, "code"), "A0101");
        assert!(text(&error, "message").starts_with("the call cannot be read: "), "{wrong}");
        assert!(!text(&error, "help").is_empty());
        assert!(Array::is_array(&field(&error, "labels")));
    }
}
