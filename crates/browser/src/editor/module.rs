//! Loading the module, and what can go wrong with it.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Url};

use super::handle::{Editor, EditorHandle};
use super::options::EditorOptions;
use crate::cause::Cause;

/// The element that an editor is put into.
pub type EditorParent = Element;

/// Where the build writes the name of the module's file, which changes with its content.
const NAME: &str = "meta[name='tollgate-editor']";

#[wasm_bindgen]
extern "C" {
    /// The browser's own `import()`: no bundler knows the file.
    #[wasm_bindgen(catch, js_name = "import")]
    fn import_module(url: &str) -> Result<Promise, JsValue>;

    /// What `editor/src/index.ts` exports.
    #[derive(Clone)]
    type EditorNamespace;

    #[wasm_bindgen(catch, method)]
    fn mount(this: &EditorNamespace, parent: &Element, options: &JsValue) -> Result<EditorHandle, JsValue>;
}

/// Why there is no editor, or why it did not do what it was told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EditorError {
    /// The page names no module, as in tests.
    #[error("this page brings no editor")]
    Missing,
    /// The module could not be fetched or started.
    #[error("the editor did not arrive ({cause})")]
    NotLoaded {
        /// The browser's reason.
        cause: String,
    },
    /// The editor failed.
    #[error("the editor failed ({cause})")]
    Failed {
        /// Its own reason.
        cause: String,
    },
}

/// The editor's module; a clone is another handle on the same.
#[derive(Clone)]
pub struct EditorModule {
    namespace: EditorNamespace,
}

impl EditorModule {
    /// Fetches and starts the module, once for each page.
    ///
    /// # Errors
    ///
    /// [`EditorError::Missing`] or [`EditorError::NotLoaded`].
    pub async fn load() -> Result<Self, EditorError> {
        let url = module_url()?;
        let asked = import_module(&url).map_err(not_loaded)?;
        let namespace = JsFuture::from(asked).await.map_err(not_loaded)?;
        Ok(Self { namespace: namespace.unchecked_into() })
    }

    /// Puts an editor into an element that shows nothing else.
    ///
    /// # Errors
    ///
    /// [`EditorError::Failed`] with the module's own reason; the element is then as it was or holds remains.
    pub fn mount(&self, parent: &EditorParent, options: EditorOptions) -> Result<Editor, EditorError> {
        let failed = |thrown: JsValue| EditorError::Failed { cause: Cause::of(&thrown).to_string() };
        let (options, callbacks) = options.into_js().map_err(failed)?;
        let handle = self.namespace.mount(parent, &options).map_err(failed)?;
        Ok(Editor::new(handle, callbacks))
    }
}

fn module_url() -> Result<String, EditorError> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or(EditorError::Missing)?;
    let named = document.query_selector(NAME).ok().flatten().and_then(|meta| meta.get_attribute("content"));
    let base = document.base_uri().ok().flatten().ok_or(EditorError::Missing)?;
    let url = Url::new_with_base(&named.ok_or(EditorError::Missing)?, &base).map_err(not_loaded)?;
    Ok(url.href())
}

fn not_loaded(thrown: JsValue) -> EditorError {
    EditorError::NotLoaded { cause: Cause::of(&thrown).to_string() }
}
