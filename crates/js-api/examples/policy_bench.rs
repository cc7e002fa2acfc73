//! Our side of the bench of comparisons, which a page in a browser runs: `cargo xtask bench policy`.

use js_sys::JsString;
use tollgate_browser::long_bytes;
use tollgate_policy::{Catalog, Outline, Policy, check, compare_bytes};
use wasm_bindgen::prelude::*;

fn main() {}

/// Reads two policies and compares them: how many atoms there are, are granted, and are removed.
///
/// # Errors
///
/// An `Error` if one of them is no policy.
#[wasm_bindgen]
pub fn diff(before: &JsString, after: &JsString) -> Result<Vec<f64>, JsValue> {
    let found = compare_bytes(&long_bytes(before), &long_bytes(after), Catalog::review_board_8_1());
    let found = found.ok_or_else(|| js_sys::Error::new("one of the texts is no policy"))?;
    Ok(vec![found.atoms as f64, found.granted as f64, found.removed as f64])
}

/// Two policies that are read and prepared, as a page has them while nobody types.
#[wasm_bindgen]
pub struct Prepared {
    before: Outline,
    after: Outline,
}

#[wasm_bindgen]
impl Prepared {
    /// Reads and prepares.
    ///
    /// # Errors
    ///
    /// An `Error` that names the text which is refused.
    #[wasm_bindgen(constructor)]
    pub fn new(before: &str, after: &str) -> Result<Prepared, JsValue> {
        Ok(Self { before: Outline::of(&policy(before)?), after: Outline::of(&policy(after)?) })
    }

    /// Compares, as often as asked, so that a clock of a tenth of a millisecond tells; the last number of changes.
    pub fn diff(&self, times: u32) -> f64 {
        let catalog = Catalog::review_board_8_1();
        let mut changes = 0;
        for _ in 0..times {
            changes = self.before.compare(&self.after, catalog).changes.len();
        }
        changes as f64
    }
}

fn policy(text: &str) -> Result<Policy, JsValue> {
    let checked = check(text, Catalog::review_board_8_1());
    checked.policy().ok_or_else(|| js_sys::Error::new(&format!("refused: {:?}", checked.verdict())).into())
}
