//! The files of the mirror, as a worker sees them: `tollgate/<workspace>/mirror-<number>` in the private file system.
//!
//! A tab's worker holds one of them with an exclusive handle. Chromium keeps the names in a LevelDB, the very engine
//! that the mirror is there to distrust, so a file is made once, used again by later tabs, and never deleted.

use std::cell::Cell;
use std::collections::BTreeSet;

use gloo_timers::future::TimeoutFuture;
use js_sys::{Promise, Uint8Array};
use tollgate_tokens::{RecordHash, RecordHead};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, FileSystemDirectoryHandle, FileSystemFileHandle, FileSystemGetDirectoryOptions, FileSystemGetFileOptions,
    FileSystemReadWriteOptions, FileSystemSyncAccessHandle, StorageManager,
};

use super::file_format::{Kept, Without, frames, parse, without};
use crate::cause::Cause;
use crate::worker::field;

/// The folder of all workspaces.
const ROOT: &str = "tollgate";

/// More tabs than this have no mirror.
const MOST_FILES: u32 = 100;

/// How often a file is read that its tab is writing to, and the pause between.
const READ_ATTEMPTS: u32 = 5;
const READ_PAUSE_MILLIS: u32 = 20;

/// Why the mirror did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{cause}")]
pub struct MirrorError {
    cause: String,
}

impl From<Cause> for MirrorError {
    fn from(cause: Cause) -> Self {
        Self { cause: cause.to_string() }
    }
}

/// What to do where a folder or file is not there yet.
#[derive(Clone, Copy, PartialEq, Eq)]
enum IfMissing {
    Make,
    Refuse,
}

/// The mirror files of a workspace, one of them held for writing until this is dropped.
///
/// Works inside of a dedicated worker only.
pub struct MirrorFiles {
    folder: FileSystemDirectoryHandle,
    own: OwnFile,
}

impl MirrorFiles {
    /// Takes the first file that nobody holds, or makes one, and cuts a torn tail off it. Linear in the file's size.
    ///
    /// # Errors
    ///
    /// [`MirrorError`] with the browser's reason, as where it has no private file system or refuses it.
    pub async fn open(workspace: &str) -> Result<Self, MirrorError> {
        let folder = folder_of(workspace, IfMissing::Make).await?;
        let own = take_file(&folder).await?;
        Ok(Self { folder, own })
    }

    /// The name of the held file.
    #[must_use]
    pub fn own_name(&self) -> &str {
        &self.own.name
    }

    /// Writes frames behind what the held file has, and flushes.
    ///
    /// # Errors
    ///
    /// [`MirrorError`] with the browser's reason, such as a full disk; then the file is as before.
    pub fn append(&self, frames: &[u8]) -> Result<(), MirrorError> {
        self.own.append(frames).map_err(MirrorError::from)
    }

    /// Takes the records of these hashes out of the held file, because they did not become durable in the database.
    /// Every other record stays. Linear in the file's size.
    ///
    /// # Errors
    ///
    /// [`MirrorError`] with the browser's reason; some of them may be there still.
    pub fn retract(&self, hashes: &BTreeSet<RecordHash>) -> Result<(), MirrorError> {
        self.own.discard(hashes).map_err(MirrorError::from)
    }

    /// The heads of all whole records in all files, in no order, doubles included. Linear in the files' size.
    ///
    /// # Errors
    ///
    /// [`MirrorError`] with the browser's reason.
    pub async fn heads(&self) -> Result<Vec<RecordHead>, MirrorError> {
        let mut heads = Vec::new();
        self.each_record(|kept| heads.extend(kept.head)).await?;
        Ok(heads)
    }

    /// All whole records in all files, as one file would hold them, in no order, doubles included.
    ///
    /// # Errors
    ///
    /// [`MirrorError`] with the browser's reason.
    pub async fn read_all(&self) -> Result<Vec<u8>, MirrorError> {
        let mut all = Vec::new();
        self.each_record(|kept| all.extend(frames([kept.bytes]))).await?;
        Ok(all)
    }

    /// Empties every file of a workspace, for a database that is deleted on purpose, and answers how many files other
    /// tabs hold, which are as before.
    ///
    /// # Errors
    ///
    /// [`MirrorError`] with the browser's reason.
    pub async fn empty(workspace: &str) -> Result<u32, MirrorError> {
        // A workspace without a folder, or a browser without such files, has nothing to empty.
        let Ok(folder) = folder_of(workspace, IfMissing::Refuse).await else { return Ok(0) };
        let mut held = 0;
        for number in 0..MOST_FILES {
            let Some(file) = existing(&folder, number).await? else { break };
            match hold(&file).await? {
                Some(handle) => OwnFile { name: name_of(number), handle, end: Cell::new(0) }.cut(0)?,
                None => held += 1,
            }
        }
        Ok(held)
    }

    /// Takes the records of these hashes out of every file, for somebody who does not want them, and answers how many
    /// files with some of them other tabs hold, which are as before. Every other record stays. Linear in the files' size.
    ///
    /// # Errors
    ///
    /// [`MirrorError`] with the browser's reason; some of them may be gone then.
    pub async fn discard(&self, hashes: &BTreeSet<RecordHash>) -> Result<u32, MirrorError> {
        let mut held = 0;
        for number in 0..MOST_FILES {
            if name_of(number) == self.own.name {
                self.own.discard(hashes)?;
                continue;
            }
            let Some(file) = existing(&self.folder, number).await? else { break };
            match hold(&file).await? {
                Some(handle) => OwnFile::take(name_of(number), handle)?.discard(hashes)?,
                None => held += u32::from(without(&read_of_another(&file).await, hashes).is_some()),
            }
        }
        Ok(held)
    }

    async fn each_record(&self, mut see: impl FnMut(Kept<'_>)) -> Result<(), Cause> {
        for number in 0..MOST_FILES {
            let bytes = if name_of(number) == self.own.name {
                self.own.read()?
            } else {
                let Some(file) = existing(&self.folder, number).await? else { break };
                read_of_another(&file).await
            };
            parse(&bytes).records.into_iter().for_each(&mut see);
        }
        Ok(())
    }
}

/// A file with an exclusive handle.
struct OwnFile {
    name: String,
    handle: FileSystemSyncAccessHandle,
    /// How many bytes of it are whole records, all of them flushed.
    end: Cell<usize>,
}

impl OwnFile {
    /// INVARIANT: nothing is ever written behind a torn tail: what then stood behind it could not be found again.
    fn take(name: String, handle: FileSystemSyncAccessHandle) -> Result<Self, Cause> {
        let own = Self { name, handle, end: Cell::new(0) };
        let bytes = own.read()?;
        let kept = parse(&bytes).kept;
        if kept < bytes.len() {
            own.cut(kept)?;
        }
        own.end.set(kept);
        Ok(own)
    }

    fn read(&self) -> Result<Vec<u8>, Cause> {
        let size = self.handle.get_size().map_err(|thrown| Cause::of(&thrown))?;
        let mut bytes = vec![0; size as usize];
        let read = self.handle.read_with_u8_array_and_options(&mut bytes, &at(0));
        bytes.truncate(read.map_err(|thrown| Cause::of(&thrown))? as usize);
        Ok(bytes)
    }

    fn append(&self, frames: &[u8]) -> Result<(), Cause> {
        let end = self.end.get();
        if let Err(cause) = self.write(frames, end) {
            // Should this fail as well, the tail is found and cut off when the file is taken the next time.
            let _ = self.cut(end);
            return Err(cause);
        }
        self.end.set(end + frames.len());
        Ok(())
    }

    fn write(&self, bytes: &[u8], place: usize) -> Result<(), Cause> {
        let written = self.handle.write_with_u8_array_and_options(bytes, &at(place));
        let written = written.map_err(|thrown| Cause::of(&thrown))? as usize;
        if written < bytes.len() {
            return Err(Cause::new("", format!("only {written} of {} bytes were written", bytes.len())));
        }
        self.handle.flush().map_err(|thrown| Cause::of(&thrown))
    }

    /// What stands before the first record that goes is not touched. What stands behind it, if anything does, is written
    /// over and then cut off: a kill in between tears records that the database has as well, and that the next start
    /// copies again. Nothing of this needs room on the disk.
    fn discard(&self, hashes: &BTreeSet<RecordHash>) -> Result<(), Cause> {
        let Some(Without { from, rest }) = without(&self.read()?, hashes) else { return Ok(()) };
        // Should this fail, nothing may ever be written behind what is torn then.
        self.end.set(from);
        self.write(&rest, from)?;
        self.end.set(from + rest.len());
        self.cut(from + rest.len())
    }

    fn cut(&self, length: usize) -> Result<(), Cause> {
        self.handle.truncate_with_f64(length as f64).map_err(|thrown| Cause::of(&thrown))?;
        self.handle.flush().map_err(|thrown| Cause::of(&thrown))
    }
}

impl Drop for OwnFile {
    fn drop(&mut self) {
        self.handle.close();
    }
}

async fn take_file(folder: &FileSystemDirectoryHandle) -> Result<OwnFile, Cause> {
    for number in 0..MOST_FILES {
        let file = file(folder, number, IfMissing::Make).await?;
        if let Some(handle) = hold(&file).await? {
            return OwnFile::take(name_of(number), handle);
        }
    }
    Err(Cause::new("", format!("{MOST_FILES} tabs have one each, and no more are made")))
}

/// Opens a file for writing; `None` while another tab holds it.
async fn hold(file: &FileSystemFileHandle) -> Result<Option<FileSystemSyncAccessHandle>, Cause> {
    if !field(file, "createSyncAccessHandle").is_function() {
        return Err(Cause::new("", "this browser cannot write and flush files"));
    }
    match settled(file.create_sync_access_handle()).await {
        Ok(handle) => Ok(Some(handle.unchecked_into())),
        // The standard's name, and Safari's.
        Err(cause) if cause.name == "NoModificationAllowedError" || cause.is_invalid_state() => Ok(None),
        Err(cause) => Err(cause),
    }
}

/// Reads what another tab holds or held.
///
/// A tab that goes on writing makes its file unreadable for moments. Should all of them be met, the file counts as
/// empty: where a tab can still write, its records are in the database too.
async fn read_of_another(file: &FileSystemFileHandle) -> Vec<u8> {
    for _ in 0..READ_ATTEMPTS {
        if let Ok(bytes) = snapshot(file).await {
            return bytes;
        }
        TimeoutFuture::new(READ_PAUSE_MILLIS).await;
    }
    Vec::new()
}

async fn snapshot(file: &FileSystemFileHandle) -> Result<Vec<u8>, Cause> {
    let blob: Blob = settled(file.get_file()).await?.unchecked_into();
    let buffer = settled(blob.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

async fn folder_of(workspace: &str, if_missing: IfMissing) -> Result<FileSystemDirectoryHandle, Cause> {
    let storage = field(&field(&js_sys::global(), "navigator"), "storage");
    if !field(&storage, "getDirectory").is_function() {
        return Err(Cause::new("", "this browser has no private file system"));
    }
    let storage: StorageManager = storage.unchecked_into();
    let options = FileSystemGetDirectoryOptions::new();
    options.set_create(if_missing == IfMissing::Make);
    let mut folder: FileSystemDirectoryHandle = settled(storage.get_directory()).await?.unchecked_into();
    for name in [ROOT, workspace] {
        folder = settled(folder.get_directory_handle_with_options(name, &options)).await?.unchecked_into();
    }
    Ok(folder)
}

/// A file that may be there or not.
async fn existing(folder: &FileSystemDirectoryHandle, number: u32) -> Result<Option<FileSystemFileHandle>, Cause> {
    match file(folder, number, IfMissing::Refuse).await {
        Ok(file) => Ok(Some(file)),
        Err(cause) if cause.name == "NotFoundError" => Ok(None),
        Err(cause) => Err(cause),
    }
}

async fn file(
    folder: &FileSystemDirectoryHandle,
    number: u32,
    if_missing: IfMissing,
) -> Result<FileSystemFileHandle, Cause> {
    let options = FileSystemGetFileOptions::new();
    options.set_create(if_missing == IfMissing::Make);
    let found = settled(folder.get_file_handle_with_options(&name_of(number), &options)).await?;
    Ok(found.unchecked_into())
}

fn name_of(number: u32) -> String {
    format!("mirror-{number}")
}

fn at(place: usize) -> FileSystemReadWriteOptions {
    let options = FileSystemReadWriteOptions::new();
    options.set_at(place as f64);
    options
}

async fn settled(promise: Promise) -> Result<JsValue, Cause> {
    JsFuture::from(promise).await.map_err(|thrown| Cause::of(&thrown))
}
