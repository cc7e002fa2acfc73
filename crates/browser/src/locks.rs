//! Web Locks: one writer at a time among all tabs, for a store that has no transactions, and one tab at a time for work
//! that need not be done twice.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::answer::Answer;

#[wasm_bindgen]
extern "C" {
    /// `web-sys` has no stable binding for Web Locks.
    type LockManager;

    #[wasm_bindgen(catch, method)]
    fn request(this: &LockManager, name: &str, callback: &Function) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, method, js_name = request)]
    fn request_with(this: &LockManager, name: &str, options: &JsValue, callback: &Function)
    -> Result<Promise, JsValue>;
}

/// Holds a lock until it is dropped. The browser frees it when the tab dies.
pub(crate) struct Guard {
    /// Resolves the promise that the lock hangs on; `None` where the browser has no locks.
    release: Option<Function>,
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(release) = &self.release {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

/// Waits until no other tab holds the lock of this name. Where there are no locks, or none for this page, goes on.
pub(crate) async fn acquire(name: &str) -> Guard {
    let (answer, granted) = Answer::new();
    let callback: Closure<dyn FnMut() -> Promise> = {
        let answer = answer.clone();
        Closure::new(move || {
            Promise::new(&mut |resolve, _reject| {
                // Should nobody wait any more, the guard comes back, is dropped and frees the lock.
                drop(answer.give(Guard { release: Some(resolve) }));
            })
        })
    };
    let request = manager().and_then(|locks| locks.request(name, callback.as_ref().unchecked_ref()).ok());
    let Some(request) = request else { return Guard { release: None } };
    spawn_local(async move {
        if JsFuture::from(request).await.is_err() {
            drop(answer.give(Guard { release: None }));
        }
    });
    granted.await.unwrap_or(Guard { release: None })
}

/// Takes the lock of this name if nobody holds it; `None` while somebody does. Where there are no locks, or none for
/// this page, goes on.
pub(crate) async fn try_acquire(name: &str) -> Option<Guard> {
    let (answer, granted) = Answer::new();
    let callback: Closure<dyn FnMut(JsValue) -> JsValue> = {
        let answer = answer.clone();
        Closure::new(move |lock: JsValue| {
            if lock.is_null() {
                drop(answer.give(None));
                return JsValue::UNDEFINED;
            }
            let held = Promise::new(&mut |resolve, _reject| {
                drop(answer.give(Some(Guard { release: Some(resolve) })));
            });
            held.into()
        })
    };
    let options = js_sys::Object::new();
    // Without the option the lock is waited for, which is as good.
    let _ = js_sys::Reflect::set(&options, &JsValue::from_str("ifAvailable"), &JsValue::TRUE);
    let request =
        manager().and_then(|locks| locks.request_with(name, &options, callback.as_ref().unchecked_ref()).ok());
    let Some(request) = request else { return Some(Guard { release: None }) };
    spawn_local(async move {
        if JsFuture::from(request).await.is_err() {
            drop(answer.give(Some(Guard { release: None })));
        }
    });
    granted.await.unwrap_or(None)
}

fn manager() -> Option<LockManager> {
    let navigator = web_sys::window()?.navigator();
    let locks = js_sys::Reflect::get(&navigator, &JsValue::from_str("locks")).ok()?;
    (!locks.is_null() && !locks.is_undefined()).then(|| locks.unchecked_into())
}
