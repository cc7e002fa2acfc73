//! A file that the user picked.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, File, HtmlInputElement};

use crate::cause::Cause;

/// Why a picked file was not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the file could not be read ({cause})")]
pub struct PickedFileError {
    cause: String,
}

/// A file that the user picked in an input of a page. Nothing of it was read yet.
#[derive(Clone)]
pub struct PickedFile {
    file: File,
}

impl PickedFile {
    /// The file that was picked in the input that an event comes from; `None` where none was.
    ///
    /// The input forgets it, so that picking the same file again is an event as well.
    #[must_use]
    pub fn of(event: &Event) -> Option<Self> {
        let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
        let file = input.files()?.get(0)?;
        input.set_value("");
        Some(Self { file })
    }

    /// Its name, without a folder.
    #[must_use]
    pub fn name(&self) -> String {
        self.file.name()
    }

    /// How many bytes it has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.file.size() as u64
    }

    /// Its text. What is no UTF-8 becomes a mark for it.
    ///
    /// # Errors
    ///
    /// [`PickedFileError`] with the browser's reason, as when the file is gone.
    pub async fn text(&self) -> Result<String, PickedFileError> {
        let refused = |cause: String| PickedFileError { cause };
        let text = JsFuture::from(self.file.text()).await.map_err(|thrown| refused(Cause::of(&thrown).to_string()))?;
        text.as_string().ok_or_else(|| refused("it is no text".to_owned()))
    }
}
