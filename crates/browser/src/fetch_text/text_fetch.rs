//! One text on its way from a server.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, ReadableStreamDefaultReader, ReferrerPolicy, RequestCache, RequestCredentials,
    RequestInit, RequestRedirect, Response, ResponseType,
};

use super::address::Address;
use super::error::FetchError;
use super::policy_watch::PolicyWatch;
use crate::cause::Cause;
use crate::document::{Connectivity, connectivity, page_address};
use crate::worker::field;

/// How long nothing may come, in milliseconds.
const SILENCE_MILLIS: u32 = 20_000;

/// The most that is read, in bytes; [`FetchError::TooLong`] names it.
const MOST_BYTES: usize = 32 << 20;

/// How long to wait for word of the policy, in milliseconds: browsers refuse first and tell afterwards.
const WORD_MILLIS: u32 = 50;

/// What some servers write before a text.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// One text on its way from a server. A clone is a handle on the same.
#[derive(Clone)]
pub struct TextFetch {
    address: Address,
    controller: AbortController,
    end: Rc<Cell<End>>,
}

/// Who ended it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Nobody,
    Caller,
    Silence,
}

impl TextFetch {
    /// Prepares to fetch from an address that was typed. Nobody is asked yet.
    ///
    /// # Errors
    ///
    /// [`FetchError`] when the address is none of http or https, holds a login, or is of plain http and leads neither
    /// to this machine nor to the page's own origin.
    pub fn of(typed: &str) -> Result<Self, FetchError> {
        let address = Address::of(typed, &page_address(""))?;
        let controller = AbortController::new().map_err(|thrown| refused(&address, &thrown))?;
        Ok(Self { address, controller, end: Rc::new(Cell::new(End::Nobody)) })
    }

    /// Where the text comes from, without a query, which could hold a secret.
    #[must_use]
    pub fn source(&self) -> &str {
        self.address.without_query()
    }

    /// Ends it; [`text`](Self::text) then fails with [`FetchError::Canceled`], unless the text is here already.
    pub fn cancel(&self) {
        stop(&self.controller, &self.end, End::Caller);
    }

    /// Asks for the text as JSON, past every cache; a login goes along to the page's own origin only.
    ///
    /// `came` hears how many bytes are here, again and again. A byte order mark is left out.
    ///
    /// # Errors
    ///
    /// [`FetchError`]; then nothing of the answer is kept.
    pub async fn text(&self, came: impl Fn(u64)) -> Result<String, FetchError> {
        let response = self.answer().await?;
        let bytes = match judged(&response) {
            Ok(()) => self.bytes(&response, came).await,
            Err(error) => Err(error),
        };
        // Whatever is still on its way is of no use any more.
        bytes.and_then(as_text).inspect_err(|_| self.controller.abort())
    }

    async fn answer(&self) -> Result<Response, FetchError> {
        let nowhere = || FetchError::NoAnswer { cause: "there is no page here".to_owned() };
        let window = web_sys::window().ok_or_else(nowhere)?;
        let watch = PolicyWatch::on(window.document().ok_or_else(nowhere)?);
        let request = self.request().map_err(|thrown| self.failed(&thrown))?;
        let alarm = self.alarm();
        let answered = JsFuture::from(window.fetch_with_str_and_init(self.address.as_str(), &request)).await;
        drop(alarm);
        match answered {
            Ok(response) => Ok(response.unchecked_into()),
            Err(thrown) => {
                if self.end.get() == End::Nobody {
                    TimeoutFuture::new(WORD_MILLIS).await;
                }
                let forbidden = || FetchError::Forbidden { origin: self.address.origin().to_owned() };
                Err(if watch.has_refused() { forbidden() } else { self.failed(&thrown) })
            }
        }
    }

    fn request(&self) -> Result<RequestInit, JsValue> {
        let headers = Headers::new()?;
        headers.set("Accept", "application/json")?;
        let request = RequestInit::new();
        request.set_headers(&headers);
        request.set_cache(RequestCache::NoStore);
        request.set_credentials(RequestCredentials::SameOrigin);
        request.set_referrer_policy(ReferrerPolicy::NoReferrer);
        // Where it is `error`, nobody could tell a redirect from a server that does not answer.
        request.set_redirect(RequestRedirect::Manual);
        request.set_signal(Some(&self.controller.signal()));
        Ok(request)
    }

    /// The answer, piece by piece, so that one without an end costs no more than the limit.
    async fn bytes(&self, response: &Response, came: impl Fn(u64)) -> Result<Vec<u8>, FetchError> {
        let mut bytes = Vec::new();
        let Some(body) = response.body() else { return Ok(bytes) };
        let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
        loop {
            let alarm = self.alarm();
            let read = JsFuture::from(reader.read()).await.map_err(|thrown| self.failed(&thrown))?;
            drop(alarm);
            if field(&read, "done").is_truthy() {
                return Ok(bytes);
            }
            let piece: Uint8Array = field(&read, "value").unchecked_into();
            bytes.extend(piece.to_vec());
            if bytes.len() > MOST_BYTES {
                return Err(FetchError::TooLong);
            }
            came(bytes.len() as u64);
        }
    }

    /// Ends it when it rings; dropped, it does not ring.
    fn alarm(&self) -> Timeout {
        let (controller, end) = (self.controller.clone(), Rc::clone(&self.end));
        Timeout::new(SILENCE_MILLIS, move || stop(&controller, &end, End::Silence))
    }

    fn failed(&self, thrown: &JsValue) -> FetchError {
        match self.end.get() {
            End::Caller => FetchError::Canceled,
            End::Silence => FetchError::TimedOut,
            End::Nobody => refused(&self.address, thrown),
        }
    }
}

fn stop(controller: &AbortController, end: &Cell<End>, by: End) {
    if end.get() == End::Nobody {
        end.set(by);
    }
    controller.abort();
}

fn refused(address: &Address, thrown: &JsValue) -> FetchError {
    let cause = Cause::of(thrown).to_string();
    match connectivity() {
        Connectivity::Offline => FetchError::Offline,
        Connectivity::Online if address.is_own() => FetchError::NoAnswer { cause },
        Connectivity::Online => FetchError::Unreadable { cause },
    }
}

/// Looks at an answer before its text is read.
fn judged(response: &Response) -> Result<(), FetchError> {
    if response.type_() == ResponseType::Opaqueredirect {
        return Err(FetchError::Redirect);
    }
    if !response.ok() {
        return Err(FetchError::Status { status: response.status() });
    }
    let header = |name: &str| response.headers().get(name).ok().flatten().unwrap_or_default();
    if is_page(&header("Content-Type")) {
        return Err(FetchError::WebPage);
    }
    let announced = header("Content-Length").parse::<usize>();
    if announced.is_ok_and(|length| length > MOST_BYTES) { Err(FetchError::TooLong) } else { Ok(()) }
}

fn is_page(media_type: &str) -> bool {
    let media_type = media_type.to_ascii_lowercase();
    media_type.starts_with("text/html") || media_type.starts_with("application/xhtml+xml")
}

fn as_text(bytes: Vec<u8>) -> Result<String, FetchError> {
    let mut text = String::from_utf8(bytes).map_err(|_| FetchError::NotText)?;
    if text.starts_with(BYTE_ORDER_MARK) {
        text.remove(0);
    }
    match text.trim_start().chars().next() {
        None => Err(FetchError::Empty),
        Some('<') => Err(FetchError::WebPage),
        Some(_) => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_comes_as_it_is_without_the_mark_before_it() {
        assert_eq!(as_text(b" {\"a\": 1}\n".to_vec()).unwrap(), " {\"a\": 1}\n");
        assert_eq!(as_text("\u{feff}{\"ä\": 1}".into()).unwrap(), "{\"ä\": 1}");
    }

    #[test]
    fn what_is_no_document_is_refused_with_its_reason() {
        assert_eq!(as_text(vec![b'{', 0xff]), Err(FetchError::NotText));
        assert_eq!(as_text(b"\n <!doctype html>".to_vec()), Err(FetchError::WebPage));
        assert_eq!(as_text(b" \n".to_vec()), Err(FetchError::Empty));
        assert_eq!(as_text(Vec::new()), Err(FetchError::Empty));
    }

    #[test]
    fn web_pages_are_known_by_their_media_type() {
        assert!(is_page("text/html") && is_page("Text/HTML; charset=utf-8") && is_page("application/xhtml+xml"));
        assert!(!is_page("application/vnd.reviewboard.org.root+json") && !is_page(""));
    }
}
