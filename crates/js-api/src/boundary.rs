//! What JavaScript sees: the names and types of the functions, and nothing else.

use wasm_bindgen::prelude::*;

use crate::engine::engine;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

/// Parses a policy text, and goes on after every mistake.
///
/// # Errors
///
/// A `TollgateError` when the call is not of the right shape, or the engine was not started.
#[wasm_bindgen(js_name = parsePolicy, unchecked_return_type = "ParseAnswer")]
pub fn parse_policy(#[wasm_bindgen(unchecked_param_type = "CheckCall")] call: JsValue) -> Result<JsValue, JsValue> {
    (engine()?.parse)(call)
}

/// Checks a policy text as the server does, and reports everything that is wrong or odd.
///
/// # Errors
///
/// A `TollgateError` when the call is not of the right shape, or the engine was not started.
#[wasm_bindgen(js_name = checkPolicy, unchecked_return_type = "CheckAnswer")]
pub fn check_policy(#[wasm_bindgen(unchecked_param_type = "CheckCall")] call: JsValue) -> Result<JsValue, JsValue> {
    (engine()?.check)(call)
}

/// Decides a request, and names the rule that decides.
///
/// # Errors
///
/// A `TollgateError` when the call is not of the right shape, or the engine was not started.
#[wasm_bindgen(js_name = decide, unchecked_return_type = "DecideAnswer")]
pub fn decide(#[wasm_bindgen(unchecked_param_type = "DecideCall")] call: JsValue) -> Result<JsValue, JsValue> {
    (engine()?.decide)(call)
}

/// Decides a request, and tells every rule set that was asked.
///
/// # Errors
///
/// A `TollgateError` when the call is not of the right shape, or the engine was not started.
#[wasm_bindgen(js_name = explain, unchecked_return_type = "ExplainAnswer")]
pub fn explain(#[wasm_bindgen(unchecked_param_type = "DecideCall")] call: JsValue) -> Result<JsValue, JsValue> {
    (engine()?.explain)(call)
}

/// Sums up what a token may do under a policy.
///
/// # Errors
///
/// A `TollgateError` when the call is not of the right shape, or the engine was not started.
#[wasm_bindgen(js_name = power, unchecked_return_type = "PowerAnswer")]
pub fn power(#[wasm_bindgen(unchecked_param_type = "PowerCall")] call: JsValue) -> Result<JsValue, JsValue> {
    (engine()?.power)(call)
}

/// Says which generator makes such texts.
///
/// # Errors
///
/// A `TollgateError` when the call is not of the right shape, or the engine was not started.
#[wasm_bindgen(js_name = checkToken, unchecked_return_type = "CheckTokenAnswer")]
pub fn check_token(#[wasm_bindgen(unchecked_param_type = "CheckTokenCall")] call: JsValue) -> Result<JsValue, JsValue> {
    (engine()?.check_token)(call)
}

/// Makes the text of a token. The secret is in the answer and nowhere else.
///
/// # Errors
///
/// A `TollgateError` when the call is not of the right shape, or the engine was not started.
#[wasm_bindgen(js_name = generateToken, unchecked_return_type = "GenerateTokenAnswer")]
pub fn generate_token(
    #[wasm_bindgen(unchecked_param_type = "GenerateTokenCall")] call: JsValue,
) -> Result<JsValue, JsValue> {
    (engine()?.generate_token)(call)
}
