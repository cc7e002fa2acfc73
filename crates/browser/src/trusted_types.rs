//! The scripts that the page starts by name, under Trusted Types.
//!
//! The page's Content Security Policy demands a trusted value wherever a script is named.
//! Our policy `tollgate` trusts exactly the URLs of our workers, the service worker among them, and nothing else can be
//! made of it.

use std::cell::OnceCell;

use js_sys::Object;
use wasm_bindgen::prelude::*;
use web_sys::Url;

use crate::cause::Cause;

/// The file that Trunk makes of the policy worker's program; its name carries no hash.
pub const POLICY_WORKER_FILE: &str = "policy_worker_loader.js";

/// The file that Trunk makes of the mirror worker's program; its name carries no hash.
pub const MIRROR_WORKER_FILE: &str = "mirror_worker_loader.js";

/// The file that Trunk makes of the vault worker's program; its name carries no hash.
pub const VAULT_WORKER_FILE: &str = "vault_worker_loader.js";

/// The file of the service worker; its name carries no hash, or no newer version would be found.
pub const SERVICE_WORKER_FILE: &str = "service_worker.js";

const WORKER_FILES: [&str; 4] = [POLICY_WORKER_FILE, MIRROR_WORKER_FILE, VAULT_WORKER_FILE, SERVICE_WORKER_FILE];

const POLICY_NAME: &str = "tollgate";

#[wasm_bindgen]
extern "C" {
    /// `web-sys` has no bindings for Trusted Types.
    type TrustedTypePolicyFactory;

    #[wasm_bindgen(catch, method, js_name = createPolicy)]
    fn create_policy(
        this: &TrustedTypePolicyFactory,
        name: &str,
        rules: &JsValue,
    ) -> Result<TrustedTypePolicy, JsValue>;

    type TrustedTypePolicy;

    #[wasm_bindgen(catch, method, js_name = createScriptURL)]
    fn create_script_url(this: &TrustedTypePolicy, url: &str) -> Result<JsValue, JsValue>;
}

thread_local! {
    /// A policy can be made only once on a page.
    static POLICY: OnceCell<TrustedTypePolicy> = const { OnceCell::new() };
}

/// Why a worker's URL is not to be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WorkerUrlError {
    /// The URL is of another file or another origin.
    #[error("`{url}` is no worker of this page")]
    NotAWorker {
        /// The URL.
        url: String,
    },
    /// The browser refused.
    #[error("the worker's address was refused ({cause})")]
    Refused {
        /// The browser's reason.
        cause: String,
    },
}

/// The URL of a worker, trusted where the browser asks for that.
#[derive(Debug, Clone)]
pub struct WorkerUrl(JsValue);

impl WorkerUrl {
    /// The worker whose program is this file, beside the page that is shown.
    ///
    /// # Errors
    ///
    /// [`WorkerUrlError::NotAWorker`] for the file of no worker; [`WorkerUrlError::Refused`] when the browser allows no
    /// such policy.
    pub fn of_page(file: &str) -> Result<Self, WorkerUrlError> {
        let base = page_base().ok_or_else(|| refused(&Cause::new("", "there is no page here")))?;
        let url = Url::new_with_base(file, &base).map_err(|thrown| refused(&Cause::of(&thrown)))?;
        Self::trust(&url.href())
    }

    /// Trusts a URL if it is that of one of our workers.
    ///
    /// # Errors
    ///
    /// [`WorkerUrlError::NotAWorker`] for every other URL.
    pub fn trust(url: &str) -> Result<Self, WorkerUrlError> {
        if !is_worker(url) {
            return Err(WorkerUrlError::NotAWorker { url: url.to_owned() });
        }
        let Some(factory) = factory() else { return Ok(Self(JsValue::from_str(url))) };
        POLICY.with(|policy| {
            if policy.get().is_none() {
                let _ = policy.set(make_policy(&factory)?);
            }
            let policy = policy.get().ok_or_else(|| refused(&Cause::new("", "there is no policy")))?;
            policy.create_script_url(url).map(Self).map_err(|thrown| refused(&Cause::of(&thrown)))
        })
    }

    /// The value that starts or registers the worker.
    pub(crate) fn as_js(&self) -> &JsValue {
        &self.0
    }
}

fn make_policy(factory: &TrustedTypePolicyFactory) -> Result<TrustedTypePolicy, WorkerUrlError> {
    let rule: Closure<dyn FnMut(String) -> JsValue> =
        Closure::new(|url: String| if is_worker(&url) { JsValue::from_str(&url) } else { JsValue::NULL });
    let rules = Object::new();
    // The policy lives as long as the page, and so does its rule.
    js_sys::Reflect::set(&rules, &JsValue::from_str("createScriptURL"), &rule.into_js_value())
        .map_err(|thrown| refused(&Cause::of(&thrown)))?;
    factory.create_policy(POLICY_NAME, &rules).map_err(|thrown| refused(&Cause::of(&thrown)))
}

/// Says whether a URL is exactly that of a worker: this page's origin and directory, the worker's file, no query.
fn is_worker(url: &str) -> bool {
    let origin = web_sys::window().and_then(|window| window.location().origin().ok());
    let (Some(base), Some(origin)) = (page_base(), origin) else { return false };
    let mut workers = WORKER_FILES.into_iter().filter_map(|file| Url::new_with_base(file, &base).ok());
    workers.any(|worker| worker.origin() == origin && worker.href() == url)
}

fn page_base() -> Option<String> {
    web_sys::window()?.document()?.base_uri().ok()?
}

fn factory() -> Option<TrustedTypePolicyFactory> {
    let found = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("trustedTypes")).ok()?;
    (!found.is_undefined() && !found.is_null()).then(|| found.unchecked_into())
}

fn refused(cause: &Cause) -> WorkerUrlError {
    WorkerUrlError::Refused { cause: cause.to_string() }
}
