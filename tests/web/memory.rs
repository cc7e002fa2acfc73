//! This program's memory, searched by JavaScript: a text that is looked for must not be here because it is looked for.
//!
//! For the same reason nothing of a page that shows a secret is read as text here.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where it cannot go on")]

use js_sys::{Array, Function};
use wasm_bindgen::JsValue;

use crate::page::settle;

/// How many turns of the event loop the secret may take to come and to go.
const TURNS: u32 = 200;

fn script(names: &str, body: &str, values: &[&JsValue]) -> JsValue {
    let values: Array = values.iter().copied().collect();
    Function::new_with_args(names, body).apply(&JsValue::UNDEFINED, &values).unwrap()
}

/// The secret on the page, once it is there. It stays with JavaScript.
pub(crate) async fn shown_secret() -> JsValue {
    for _ in 0..TURNS {
        let secret = script("", "return document.querySelector('output[aria-label=Secret]')?.textContent", &[]);
        if secret.is_truthy() {
            return secret;
        }
        settle().await;
    }
    panic!("no secret is shown");
}

/// Waits until no secret is shown any more.
pub(crate) async fn gone() {
    for _ in 0..TURNS {
        if script("", "return document.querySelector('output[aria-label=Secret]')", &[]).is_null() {
            return;
        }
        settle().await;
    }
    panic!("the secret is still shown");
}

/// Says that the secret is stored elsewhere.
pub(crate) fn tick_stored() {
    script("", "document.querySelector('label.check input').click()", &[]);
}

/// Whether a text, or a long piece of it, lies anywhere in memory.
pub(crate) fn holds(text: &JsValue) -> bool {
    let search = "const held = new TextDecoder('latin1').decode(new Uint8Array(memory.buffer));
        return [text, text.slice(0, 80), text.slice(-80)].some((piece) => held.includes(piece));";
    script("memory, text", search, &[&wasm_bindgen::memory(), text]).is_truthy()
}
