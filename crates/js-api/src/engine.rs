//! The functions behind the exports: decode, call, encode.
//!
//! An export belongs to the first part of a program that is loaded in parts. What it does is installed by [`start`],
//! which a page calls from a later part, so that its first load does not carry the policy language for scripts.

use std::cell::Cell;

use serde::Serialize;
use serde::de::DeserializeOwned;
use tollgate_browser::{OsEntropy, SystemClock};
use tollgate_tokens::Clock as _;
use wasm_bindgen::JsValue;

use crate::error::ErrorShape;

type Function = fn(JsValue) -> Result<JsValue, JsValue>;

/// One function for each export.
#[derive(Clone, Copy)]
pub(crate) struct Engine {
    pub(crate) parse: Function,
    pub(crate) check: Function,
    pub(crate) decide: Function,
    pub(crate) explain: Function,
    pub(crate) power: Function,
    pub(crate) check_token: Function,
    pub(crate) generate_token: Function,
}

thread_local! {
    static ENGINE: Cell<Option<Engine>> = const { Cell::new(None) };
}

/// Installs the engine; from now on the exports answer. Calling it again changes nothing.
pub fn start() {
    let engine = Engine {
        parse: |call| answer(call, crate::parse),
        check: |call| answer(call, crate::check),
        decide: |call| answer(call, crate::decide),
        explain: |call| answer(call, crate::explain),
        power: |call| answer(call, crate::power),
        check_token: |call| answer(call, crate::check_token),
        generate_token: |call| answer(call, |call| crate::generate_token(call, &OsEntropy, SystemClock.now())),
    };
    ENGINE.set(Some(engine));
}

pub(crate) fn engine() -> Result<Engine, JsValue> {
    ENGINE.get().ok_or_else(|| ErrorShape::not_started().to_js())
}

fn answer<C: DeserializeOwned, A: Serialize>(call: JsValue, function: impl Fn(&C) -> A) -> Result<JsValue, JsValue> {
    let call = crate::decode::strictly(call).map_err(|error| ErrorShape::undecodable(&error).to_js())?;
    serde_wasm_bindgen::to_value(&function(&call)).map_err(|error| ErrorShape::unencodable(&error).to_js())
}
