//! The file that a workspace is backed up to, with a file of the private file system in the picker's place.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test says what went wrong by stopping")]

mod by_hand {
    pub mod fresh;
}

use by_hand::fresh::fresh;
use js_sys::{Promise, Reflect};
use tollgate_browser::{BackupError, BackupFile, BackupPermission};
use tollgate_tokens::test_support::noon;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{DomException, FileSystemDirectoryHandle, FileSystemGetFileOptions};

wasm_bindgen_test_configure!(run_in_browser);

async fn root() -> FileSystemDirectoryHandle {
    let storage = web_sys::window().unwrap().navigator().storage();
    JsFuture::from(storage.get_directory()).await.unwrap().unchecked_into()
}

/// A file of the private file system, as empty as the picker would make it.
async fn file(name: &str) -> JsValue {
    let options = FileSystemGetFileOptions::new();
    options.set_create(true);
    JsFuture::from(root().await.get_file_handle_with_options(name, &options)).await.unwrap()
}

/// What the user picks from now on, or that they think better of it.
fn user_picks(file: Option<JsValue>) {
    let picker: Closure<dyn FnMut(JsValue) -> Promise> = Closure::new(move |_options: JsValue| {
        let file = file.clone();
        future_to_promise(async move {
            let aborted = || DomException::new_with_message_and_name("The user aborted a request.", "AbortError");
            file.ok_or_else(|| aborted().unwrap().into())
        })
    });
    let window = web_sys::window().unwrap();
    Reflect::set(&window, &JsValue::from_str("showSaveFilePicker"), picker.as_ref()).unwrap();
    picker.forget();
}

/// What the browser answers from now on, as it does for files outside of the private file system.
fn browser_answers(question: &str, answer: &'static str) {
    let ask: Closure<dyn FnMut(JsValue) -> Promise> =
        Closure::new(move |_mode: JsValue| future_to_promise(async move { Ok(JsValue::from_str(answer)) }));
    let class = Reflect::get(&js_sys::global(), &JsValue::from_str("FileSystemHandle")).unwrap();
    let prototype = Reflect::get(&class, &JsValue::from_str("prototype")).unwrap();
    Reflect::set(&prototype, &JsValue::from_str(question), ask.as_ref()).unwrap();
    ask.forget();
}

async fn picked(workspace: &str) -> BackupFile {
    user_picks(Some(file(workspace).await));
    BackupFile::pick(workspace, "tollgate.json").await.unwrap().unwrap()
}

#[wasm_bindgen_test]
async fn picked_file_is_written_read_and_remembered() {
    let workspace = fresh("picked");
    let mut backup = picked(&workspace).await;
    assert_eq!((backup.name(), backup.written()), (workspace.clone(), None));
    assert_eq!(backup.read().await.unwrap(), "");
    for text in ["a long first text, „quoted“", "short"] {
        backup.write(text, noon()).await.unwrap();
        assert_eq!(backup.read().await.unwrap(), text);
    }

    let kept = BackupFile::kept(&workspace).await.unwrap().unwrap();
    assert_eq!((kept.name(), kept.written()), (workspace, Some(noon())));
    assert_eq!(kept.read().await.unwrap(), "short");
    assert!(BackupFile::kept(&fresh("another")).await.unwrap().is_none());
}

#[wasm_bindgen_test]
async fn user_who_thinks_better_of_it_changes_nothing() {
    let workspace = fresh("unpicked");
    user_picks(None);
    assert!(BackupFile::pick(&workspace, "tollgate.json").await.unwrap().is_none());
    assert!(BackupFile::kept(&workspace).await.unwrap().is_none());

    let first = picked(&workspace).await;
    user_picks(None);
    assert!(BackupFile::pick(&workspace, "tollgate.json").await.unwrap().is_none());
    assert_eq!(BackupFile::kept(&workspace).await.unwrap().unwrap().name(), first.name());
}

#[wasm_bindgen_test]
async fn permission_is_asked_for_again_after_a_reload() {
    let workspace = fresh("asked");
    drop(picked(&workspace).await);
    browser_answers("queryPermission", "prompt");
    browser_answers("requestPermission", "denied");
    let mut kept = BackupFile::kept(&workspace).await.unwrap().unwrap();
    assert_eq!(kept.permission().await, BackupPermission::Prompt);
    assert_eq!(kept.request_permission().await, BackupPermission::Denied);

    browser_answers("requestPermission", "granted");
    assert_eq!(kept.request_permission().await, BackupPermission::Granted);
    browser_answers("queryPermission", "granted");
    assert_eq!(kept.permission().await, BackupPermission::Granted);
    kept.write("written after a reload", noon()).await.unwrap();
    assert_eq!(kept.read().await.unwrap(), "written after a reload");
}

#[wasm_bindgen_test]
async fn forgotten_file_stays_as_it_is() {
    let workspace = fresh("forgotten");
    let mut backup = picked(&workspace).await;
    backup.write("kept by the user", noon()).await.unwrap();
    backup.forget().await.unwrap();
    assert!(BackupFile::kept(&workspace).await.unwrap().is_none());
    assert_eq!(picked(&workspace).await.read().await.unwrap(), "kept by the user");
}

#[wasm_bindgen_test]
async fn file_that_is_gone_is_named() {
    let workspace = fresh("gone");
    let backup = picked(&workspace).await;
    JsFuture::from(root().await.remove_entry(&workspace)).await.unwrap();
    assert_eq!(backup.read().await, Err(BackupError::Gone { name: workspace }));
}

#[wasm_bindgen_test]
fn browser_without_the_picker_says_so() {
    let window = web_sys::window().unwrap();
    Reflect::set(&window, &JsValue::from_str("showSaveFilePicker"), &JsValue::UNDEFINED).unwrap();
    assert!(!BackupFile::is_supported());
    user_picks(None);
    assert!(BackupFile::is_supported());
}
