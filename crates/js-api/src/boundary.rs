//! What JavaScript sees: decode, call, encode, and nothing else.

use serde::Serialize;
use serde::de::DeserializeOwned;
use tollgate_browser::{OsEntropy, SystemClock};
use tollgate_tokens::Clock as _;
use wasm_bindgen::prelude::*;

use crate::error::ErrorShape;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

/// Parses a policy text, and goes on after every mistake.
///
/// # Errors
///
/// A `TollgateError` when the call is not of the right shape.
#[wasm_bindgen(js_name = parsePolicy, unchecked_return_type = "ParseAnswer")]
pub fn parse_policy(#[wasm_bindgen(unchecked_param_type = "CheckCall")] call: JsValue) -> Result<JsValue, JsValue> {
    let call = decode(call)?;
    encode(&crate::parse(&call))
}

/// Checks a policy text as the server does, and reports everything that is wrong or odd.
///
/// # Errors
///
/// A `TollgateError` when the call is not of the right shape.
#[wasm_bindgen(js_name = checkPolicy, unchecked_return_type = "CheckAnswer")]
pub fn check_policy(#[wasm_bindgen(unchecked_param_type = "CheckCall")] call: JsValue) -> Result<JsValue, JsValue> {
    let call = decode(call)?;
    encode(&crate::check(&call))
}

/// Decides a request, and names the rule that decides.
///
/// # Errors
///
/// A `TollgateError` when the call is not of the right shape.
#[wasm_bindgen(js_name = decide, unchecked_return_type = "DecideAnswer")]
pub fn decide(#[wasm_bindgen(unchecked_param_type = "DecideCall")] call: JsValue) -> Result<JsValue, JsValue> {
    let call = decode(call)?;
    encode(&crate::decide(&call))
}

/// Decides a request, and tells every rule set that was asked.
///
/// # Errors
///
/// A `TollgateError` when the call is not of the right shape.
#[wasm_bindgen(js_name = explain, unchecked_return_type = "ExplainAnswer")]
pub fn explain(#[wasm_bindgen(unchecked_param_type = "DecideCall")] call: JsValue) -> Result<JsValue, JsValue> {
    let call = decode(call)?;
    encode(&crate::explain(&call))
}

/// Sums up what a token may do under a policy.
///
/// # Errors
///
/// A `TollgateError` when the call is not of the right shape.
#[wasm_bindgen(js_name = power, unchecked_return_type = "PowerAnswer")]
pub fn power(#[wasm_bindgen(unchecked_param_type = "PowerCall")] call: JsValue) -> Result<JsValue, JsValue> {
    let call = decode(call)?;
    encode(&crate::power(&call))
}

/// Says which generator makes such texts.
///
/// # Errors
///
/// A `TollgateError` when the call is not of the right shape.
#[wasm_bindgen(js_name = checkToken, unchecked_return_type = "CheckTokenAnswer")]
pub fn check_token(#[wasm_bindgen(unchecked_param_type = "CheckTokenCall")] call: JsValue) -> Result<JsValue, JsValue> {
    let call = decode(call)?;
    encode(&crate::check_token(&call))
}

/// Makes the text of a token. The secret is in the answer and nowhere else.
///
/// # Errors
///
/// A `TollgateError` when the call is not of the right shape.
#[wasm_bindgen(js_name = generateToken, unchecked_return_type = "GenerateTokenAnswer")]
pub fn generate_token(
    #[wasm_bindgen(unchecked_param_type = "GenerateTokenCall")] call: JsValue,
) -> Result<JsValue, JsValue> {
    let call = decode(call)?;
    encode(&crate::generate_token(&call, &OsEntropy, SystemClock.now()))
}

fn decode<C: DeserializeOwned>(call: JsValue) -> Result<C, JsValue> {
    crate::decode::strictly(call).map_err(|error| ErrorShape::undecodable(&error).to_js())
}

fn encode(answer: &impl Serialize) -> Result<JsValue, JsValue> {
    serde_wasm_bindgen::to_value(answer).map_err(|error| ErrorShape::unencodable(&error).to_js())
}
