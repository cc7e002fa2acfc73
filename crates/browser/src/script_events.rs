//! What happens to tokens, for scripts on the page.

use js_sys::{Object, Reflect};
use tollgate_tokens::Signal;
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit};

/// The event that scripts listen for on the window.
pub const TOKEN_EVENT: &str = "tollgate:token";

/// Tells scripts a signal, as an event on the window whose `detail` has `kind`, `token`, `act` and `hasCounterpart`.
///
/// `hasCounterpart` says whether the original tells its own subscribers, too. A browser that refuses is no concern of
/// the act, which has happened.
pub fn tell_scripts(signal: &Signal) {
    let detail = Object::new();
    let fields = [
        ("kind", JsValue::from_str(signal.kind.name())),
        ("token", signal.token.to_string().into()),
        ("act", signal.act.to_string().into()),
        ("hasCounterpart", signal.kind.has_counterpart().into()),
    ];
    for (name, value) in fields {
        let _ = Reflect::set(&detail, &JsValue::from_str(name), &value);
    }
    let options = CustomEventInit::new();
    options.set_detail(&detail);
    let event = CustomEvent::new_with_event_init_dict(TOKEN_EVENT, &options);
    if let (Some(window), Ok(event)) = (web_sys::window(), event) {
        let _ = window.dispatch_event(&event);
    }
}
