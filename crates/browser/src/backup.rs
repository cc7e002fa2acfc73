//! A file of the user's own that a workspace is written to again and again, where the browser lets a page do that.
//!
//! The user picks it once. The browser keeps its handle, but asks again after a reload before it is written to.

use js_sys::{Array, Object, Promise, Reflect};
use tollgate_tokens::Timestamp;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FileSystemFileHandle, FileSystemWritableFileStream};

use crate::cause::Cause;
use crate::idb::{KeptHandle, forget_backup, keep_backup, kept_backup};
use crate::worker::field;

/// Why a file was not picked, read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BackupError {
    /// The browser has no such files.
    #[error("this browser lets no page write to a file that is picked once")]
    Missing,
    /// The user did not allow it.
    #[error("writing to `{name}` was not allowed")]
    NotAllowed {
        /// The file's name.
        name: String,
    },
    /// The file was moved or deleted.
    #[error("`{name}` is not there any more")]
    Gone {
        /// The file's name.
        name: String,
    },
    /// Anything else, with its cause.
    #[error("{cause}")]
    Failed {
        /// The browser's reason.
        cause: String,
    },
}

/// Whether a file may be written to now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BackupPermission {
    /// It may.
    Granted,
    /// The user is to be asked first, which takes a press of a button.
    Prompt,
    /// The user, or whoever manages the browser, said no.
    Denied,
}

/// The file that a workspace is backed up to. A clone is another handle on the same file.
#[derive(Clone)]
pub struct BackupFile {
    workspace: String,
    handle: FileSystemFileHandle,
    written: Option<Timestamp>,
}

#[wasm_bindgen]
extern "C" {
    /// `web-sys` has no stable binding for the picker.
    type PickingWindow;

    #[wasm_bindgen(catch, method, js_name = showSaveFilePicker)]
    fn show_save_file_picker(this: &PickingWindow, options: &JsValue) -> Result<Promise, JsValue>;

    /// Nor for the permissions of a handle.
    type AskedHandle;

    #[wasm_bindgen(catch, method, js_name = queryPermission)]
    fn query_permission(this: &AskedHandle, descriptor: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, method, js_name = requestPermission)]
    fn request_permission(this: &AskedHandle, descriptor: &JsValue) -> Result<Promise, JsValue>;
}

impl BackupFile {
    /// Whether this browser has such files.
    #[must_use]
    pub fn is_supported() -> bool {
        picking_window().is_some()
    }

    /// Lets the user pick a file, and remembers it for this workspace; `None` when the user thinks better of it.
    /// Must follow a press of a button. The browser empties a file that was there, and asks about that itself.
    ///
    /// # Errors
    ///
    /// [`BackupError`] with the browser's reason.
    pub async fn pick(workspace: &str, suggested_name: &str) -> Result<Option<Self>, BackupError> {
        let window = picking_window().ok_or(BackupError::Missing)?;
        let options = picker_options(suggested_name).map_err(|thrown| failed(&thrown))?;
        let picked = window.show_save_file_picker(&options).map_err(|thrown| failed(&thrown))?;
        let handle: FileSystemFileHandle = match JsFuture::from(picked).await {
            Ok(handle) => handle.unchecked_into(),
            Err(thrown) if Cause::of(&thrown).is_abort() => return Ok(None),
            Err(thrown) => return Err(failed(&thrown)),
        };
        let file = Self { workspace: workspace.to_owned(), handle, written: None };
        file.keep().await?;
        Ok(Some(file))
    }

    /// The file that was picked for a workspace, now or before a reload.
    ///
    /// # Errors
    ///
    /// [`BackupError`] with the browser's reason.
    pub async fn kept(workspace: &str) -> Result<Option<Self>, BackupError> {
        let kept = kept_backup(workspace).await.map_err(|cause| BackupError::Failed { cause: cause.to_string() })?;
        Ok(kept.map(|KeptHandle { handle, written }| Self {
            workspace: workspace.to_owned(),
            handle: handle.unchecked_into(),
            written: written.and_then(Timestamp::from_timestamp_micros),
        }))
    }

    /// Forgets the file, which stays as it is.
    ///
    /// # Errors
    ///
    /// [`BackupError`] with the browser's reason.
    pub async fn forget(self) -> Result<(), BackupError> {
        forget_backup(&self.workspace).await.map_err(|cause| BackupError::Failed { cause: cause.to_string() })
    }

    /// Its name, without a folder.
    #[must_use]
    pub fn name(&self) -> String {
        self.handle.name()
    }

    /// When it was written last; `None` if it never was.
    #[must_use]
    pub fn written(&self) -> Option<Timestamp> {
        self.written
    }

    /// Whether it may be written to now. Asks nobody.
    pub async fn permission(&self) -> BackupPermission {
        self.answered("queryPermission", AskedHandle::query_permission).await
    }

    /// Asks the user whether it may be written to, where that is not yet known. Must follow a press of a button.
    pub async fn request_permission(&self) -> BackupPermission {
        self.answered("requestPermission", AskedHandle::request_permission).await
    }

    /// What the file holds now.
    ///
    /// # Errors
    ///
    /// [`BackupError`] with the browser's reason.
    pub async fn read(&self) -> Result<String, BackupError> {
        let text = self.file().await?.text();
        let text = JsFuture::from(text).await.map_err(|thrown| self.told(&thrown))?;
        text.as_string().ok_or_else(|| BackupError::Failed { cause: format!("`{}` holds no text", self.name()) })
    }

    /// Puts a text in the place of what the file holds, all or nothing, and notes when.
    ///
    /// The browser writes beside the file and moves it there at the end, so that a crash leaves what was there before.
    ///
    /// # Errors
    ///
    /// [`BackupError`] with the browser's reason; then the file is as it was.
    pub async fn write(&mut self, text: &str, now: Timestamp) -> Result<(), BackupError> {
        let opened = JsFuture::from(self.handle.create_writable()).await.map_err(|thrown| self.told(&thrown))?;
        let stream: FileSystemWritableFileStream = opened.unchecked_into();
        if let Err(thrown) = fill(&stream, text).await {
            // What was written beside the file goes away; should that fail, the browser does it later.
            let _ = JsFuture::from(stream.abort()).await;
            return Err(self.told(&thrown));
        }
        let size = self.file().await?.size();
        if size as usize != text.len() {
            let cause = format!("`{}` has {size} bytes after {} were written", self.name(), text.len());
            return Err(BackupError::Failed { cause });
        }
        self.written = Some(now);
        self.keep().await
    }

    async fn file(&self) -> Result<File, BackupError> {
        let file = JsFuture::from(self.handle.get_file()).await.map_err(|thrown| self.told(&thrown))?;
        Ok(file.unchecked_into())
    }

    async fn keep(&self) -> Result<(), BackupError> {
        let written = self.written.map(|instant| instant.timestamp_micros());
        let kept = KeptHandle { handle: self.handle.clone().into(), written };
        let keep = keep_backup(&self.workspace, &kept).await;
        keep.map_err(|cause| BackupError::Failed { cause: cause.to_string() })
    }

    /// A browser without the question gives the permission with the handle.
    async fn answered(
        &self,
        question: &str,
        ask: impl Fn(&AskedHandle, &JsValue) -> Result<Promise, JsValue>,
    ) -> BackupPermission {
        if !field(&self.handle, question).is_function() {
            return BackupPermission::Granted;
        }
        let Ok(mode) = object(&[("mode", JsValue::from_str("readwrite"))]) else { return BackupPermission::Denied };
        let Ok(asked) = ask(self.handle.unchecked_ref(), &mode) else { return BackupPermission::Denied };
        let answer = JsFuture::from(asked).await;
        match answer.ok().and_then(|answer| answer.as_string()).as_deref() {
            Some("granted") => BackupPermission::Granted,
            Some("prompt") => BackupPermission::Prompt,
            _ => BackupPermission::Denied,
        }
    }

    fn told(&self, thrown: &JsValue) -> BackupError {
        let (cause, name) = (Cause::of(thrown), self.name());
        match cause.name.as_str() {
            "NotAllowedError" | "SecurityError" => BackupError::NotAllowed { name },
            "NotFoundError" => BackupError::Gone { name },
            _ => BackupError::Failed { cause: cause.to_string() },
        }
    }
}

async fn fill(stream: &FileSystemWritableFileStream, text: &str) -> Result<(), JsValue> {
    JsFuture::from(stream.write_with_str(text)?).await?;
    JsFuture::from(stream.close()).await.map(drop)
}

/// The window, where it can show the picker.
fn picking_window() -> Option<PickingWindow> {
    let window = web_sys::window()?;
    field(&window, "showSaveFilePicker").is_function().then(|| window.unchecked_into())
}

fn picker_options(suggested_name: &str) -> Result<Object, JsValue> {
    let endings = Array::of1(&JsValue::from_str(".json"));
    let accept = object(&[("application/json", endings.into())])?;
    let kind = object(&[("description", JsValue::from_str("Tollgate workspace")), ("accept", accept.into())])?;
    let kinds = Array::of1(&kind);
    object(&[
        ("suggestedName", JsValue::from_str(suggested_name)),
        ("types", kinds.into()),
        // The browser remembers a folder for each id.
        ("id", JsValue::from_str("tollgate-backup")),
    ])
}

fn object(fields: &[(&str, JsValue)]) -> Result<Object, JsValue> {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &JsValue::from_str(name), value)?;
    }
    Ok(object)
}

fn failed(thrown: &JsValue) -> BackupError {
    BackupError::Failed { cause: Cause::of(thrown).to_string() }
}
