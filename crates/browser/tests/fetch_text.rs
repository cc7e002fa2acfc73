//! A text from an address: what is asked, and what becomes of each answer.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test says what went wrong by stopping")]

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Promise, Reflect};
use tollgate_browser::{Connectivity, FetchError, TextFetch, connectivity, page_address};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Headers, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, RequestRedirect};
use web_sys::{Response, ResponseInit};

wasm_bindgen_test_configure!(run_in_browser);

const ELSEWHERE: &str = "https://elsewhere.example/api/";

const DOCUMENT: &str = "{\"uri_templates\": {}, \"name\": \"né 日 😀\"}";

const JSON: (&str, &str) = ("Content-Type", "application/json");

/// The address that was asked for last, and how.
type Asked = Rc<RefCell<Option<(String, RequestInit)>>>;

/// Answers in the place of every server, until it is dropped.
struct Server {
    real: JsValue,
    asked: Asked,
    _answer: Closure<dyn FnMut(String, RequestInit) -> Promise>,
}

impl Server {
    fn that_gives(outcome: Result<Response, JsValue>) -> Self {
        let outcome = outcome.map(JsValue::from);
        let asked = Asked::default();
        let heard = Rc::clone(&asked);
        let answer =
            Closure::<dyn FnMut(String, RequestInit) -> Promise>::new(move |address: String, request: RequestInit| {
                *heard.borrow_mut() = Some((address, request));
                let outcome = outcome.clone();
                future_to_promise(async move { outcome })
            });
        let real = Reflect::get(&window(), &JsValue::from_str("fetch")).unwrap();
        put(answer.as_ref());
        Self { real, asked, _answer: answer }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        put(&self.real);
    }
}

fn window() -> JsValue {
    web_sys::window().unwrap().into()
}

fn put(fetch: &JsValue) {
    Reflect::set(&window(), &JsValue::from_str("fetch"), fetch).unwrap();
}

fn response(status: u16, header: (&str, &str), text: &str) -> Response {
    let headers = Headers::new().unwrap();
    headers.set(header.0, header.1).unwrap();
    let init = ResponseInit::new();
    init.set_status(status);
    init.set_headers(&headers);
    Response::new_with_opt_str_and_init(Some(text), &init).unwrap()
}

async fn text_of(response: Response) -> Result<String, FetchError> {
    let _server = Server::that_gives(Ok(response));
    TextFetch::of(ELSEWHERE).unwrap().text(|_| ()).await
}

#[wasm_bindgen_test]
async fn a_text_comes_as_it_was_sent_and_its_length_is_told() {
    let _server = Server::that_gives(Ok(response(200, JSON, DOCUMENT)));
    let told = RefCell::new(Vec::new());
    let text = TextFetch::of(ELSEWHERE).unwrap().text(|bytes| told.borrow_mut().push(bytes)).await;
    assert_eq!(text.unwrap(), DOCUMENT);
    assert_eq!(told.borrow().last().copied(), Some(DOCUMENT.len() as u64));
}

#[wasm_bindgen_test]
async fn a_request_takes_no_more_along_than_it_must() {
    let server = Server::that_gives(Ok(response(200, JSON, DOCUMENT)));
    let fetch = TextFetch::of(" https://elsewhere.example/api/?key=secret#part ").unwrap();
    assert_eq!(fetch.source(), ELSEWHERE);
    assert!(server.asked.borrow().is_none(), "nobody is asked before the text is wanted");
    fetch.text(|_| ()).await.unwrap();
    let (address, request) = server.asked.take().unwrap();
    assert_eq!(address, "https://elsewhere.example/api/?key=secret");
    assert_eq!(request.get_credentials(), Some(RequestCredentials::SameOrigin));
    assert_eq!(request.get_cache(), Some(RequestCache::NoStore));
    assert_eq!(request.get_redirect(), Some(RequestRedirect::Manual));
    assert_eq!(request.get_referrer_policy(), Some(ReferrerPolicy::NoReferrer));
    let headers: Headers = request.get_headers().unchecked_into();
    assert_eq!(headers.get("Accept").unwrap().as_deref(), Some("application/json"));
}

#[wasm_bindgen_test]
async fn an_answer_that_is_no_success_is_told_by_its_status() {
    for status in [401, 404, 503] {
        assert_eq!(text_of(response(status, JSON, DOCUMENT)).await, Err(FetchError::Status { status }));
    }
}

#[wasm_bindgen_test]
async fn a_page_for_people_is_no_document() {
    let page = "<!doctype html><title>Log in</title>";
    let html = ("Content-Type", "text/html; charset=utf-8");
    for response in [response(200, html, page), response(200, JSON, page), response(200, html, DOCUMENT)] {
        assert_eq!(text_of(response).await, Err(FetchError::WebPage));
    }
}

#[wasm_bindgen_test]
async fn more_than_a_page_can_hold_is_not_read() {
    let announced = ("Content-Length", "33554433");
    assert_eq!(text_of(response(200, announced, DOCUMENT)).await, Err(FetchError::TooLong));
    let endless = "x".repeat((32 << 20) + 1);
    assert_eq!(text_of(response(200, JSON, &endless)).await, Err(FetchError::TooLong));
}

#[wasm_bindgen_test]
async fn a_server_that_does_not_answer_is_told_from_one_that_may_not_let_the_page_read() {
    let cause = || "Error: no route".to_owned();
    let _server = Server::that_gives(Err(js_sys::Error::new("no route").into()));
    let said = |expected: FetchError| match connectivity() {
        Connectivity::Online => Err(expected),
        Connectivity::Offline => Err(FetchError::Offline),
    };
    let elsewhere = TextFetch::of(ELSEWHERE).unwrap().text(|_| ()).await;
    assert_eq!(elsewhere, said(FetchError::Unreadable { cause: cause() }));
    let own = TextFetch::of(&page_address("/api/")).unwrap().text(|_| ()).await;
    assert_eq!(own, said(FetchError::NoAnswer { cause: cause() }));
}

#[wasm_bindgen_test]
async fn what_the_server_of_this_page_answers_is_judged() {
    let answer = |path: &'static str| async move { TextFetch::of(&page_address(path)).unwrap().text(|_| ()).await };
    assert_eq!(answer("/").await, Err(FetchError::WebPage));
    assert_eq!(answer("/there/is/nothing.json").await, Err(FetchError::Status { status: 404 }));
}

#[wasm_bindgen_test]
async fn fetching_ends_when_the_caller_wants_it() {
    let fetch = TextFetch::of(&page_address("/")).unwrap();
    fetch.clone().cancel();
    assert_eq!(fetch.text(|_| ()).await, Err(FetchError::Canceled));
}
