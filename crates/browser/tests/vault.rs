//! The vault with the real WebCrypto and a real database; its keys are made in the page, as there is no worker's
//! program beside it.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test says what went wrong by stopping")]

mod by_hand {
    pub mod fresh;
    pub mod request;
}

use by_hand::fresh::fresh;
use by_hand::request::done;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use js_sys::{Array, Function, JsString, Promise};
use tollgate_browser::{
    Passphrase, Vault, VaultError, VaultFile, VaultNews, VaultStanding, VaultSurvey, delete_database,
};
use tollgate_tokens::{TokenDigest, TokenUid};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{IdbDatabase, IdbFactory, IdbObjectStore, IdbTransactionMode};
use zeroize::Zeroizing;

wasm_bindgen_test_configure!(run_in_browser);

const WORDS: &str = "correct horse battery staple";
const OTHER_WORDS: &str = "tr0ub4dor and three of its friends";

fn uid(number: u8) -> TokenUid {
    TokenUid::from_bytes([number; 16])
}

fn words(text: &str) -> Passphrase {
    Passphrase::of_text(text).unwrap()
}

fn secret(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.to_owned())
}

/// A vault that was just made, and is unlocked.
async fn made(workspace: &str) -> Vault {
    let vault = Vault::in_thread(workspace);
    vault.create(words(WORDS)).await.unwrap();
    vault
}

async fn taken(vault: &Vault, number: u8) -> Result<String, VaultError> {
    vault.open(uid(number)).await.map(|secret| secret.expose_once().as_str().to_owned())
}

async fn standing(vault: &Vault) -> VaultStanding {
    vault.survey().await.unwrap().standing
}

/// What a script of the test answers. Whoever looks for a text in this program's memory must not have it here.
fn script(names: &str, body: &str, values: &[&JsValue]) -> JsValue {
    let values: Array = values.iter().copied().collect();
    Function::new_with_args(names, body).apply(&JsValue::UNDEFINED, &values).unwrap()
}

/// The store of sealed secrets, behind the vault's back, and the database to close.
async fn raw(workspace: &str) -> (IdbDatabase, IdbObjectStore) {
    let factory: IdbFactory = web_sys::window().unwrap().indexed_db().unwrap().unwrap();
    let request = factory.open(&format!("tollgate-vault-{workspace}")).unwrap();
    let database: IdbDatabase = done(&request).await.unchecked_into();
    let transaction = database.transaction_with_str_and_mode("secrets", IdbTransactionMode::Readwrite).unwrap();
    let store = transaction.object_store("secrets").unwrap();
    (database, store)
}

#[wasm_bindgen_test]
async fn secrets_come_out_as_they_went_in() {
    let vault = made(&fresh("in-and-out")).await;
    vault.seal(uid(1), &secret("rbp_one")).await.unwrap();
    vault.seal(uid(2), &secret("rbp_two, ⅔ of which is no ASCII")).await.unwrap();
    assert_eq!(taken(&vault, 1).await.unwrap(), "rbp_one");
    assert_eq!(taken(&vault, 2).await.unwrap(), "rbp_two, ⅔ of which is no ASCII");
    assert_eq!(taken(&vault, 3).await, Err(VaultError::NotKept));
    vault.seal(uid(1), &secret("rbp_newer")).await.unwrap();
    assert_eq!(taken(&vault, 1).await.unwrap(), "rbp_newer");
    vault.remove(&[uid(1), uid(9)]).await.unwrap();
    assert_eq!(taken(&vault, 1).await, Err(VaultError::NotKept));
    assert_eq!(vault.survey().await.unwrap().kept, BTreeSet::from([uid(2)]));
}

#[wasm_bindgen_test]
async fn locked_vault_opens_with_its_passphrase_only() {
    let workspace = fresh("locked");
    let vault = made(&workspace).await;
    vault.seal(uid(1), &secret("rbp_one")).await.unwrap();
    vault.lock();
    assert_eq!(standing(&vault).await, VaultStanding::Locked);
    assert_eq!(taken(&vault, 1).await, Err(VaultError::Locked));
    assert_eq!(vault.seal(uid(2), &secret("rbp_two")).await, Err(VaultError::Locked));

    assert_eq!(vault.unlock(words(OTHER_WORDS)).await, Err(VaultError::WrongPassphrase));
    assert!(!vault.is_unlocked());
    vault.unlock(words(WORDS)).await.unwrap();
    assert_eq!(taken(&vault, 1).await.unwrap(), "rbp_one");
    let again = Vault::in_thread(&workspace);
    assert_eq!(standing(&again).await, VaultStanding::Locked, "each handle unlocks for itself");
    assert_eq!(again.create(words(OTHER_WORDS)).await, Err(VaultError::Exists));
}

#[wasm_bindgen_test]
async fn looking_for_a_vault_makes_none() {
    let workspace = fresh("none");
    let vault = Vault::in_thread(&workspace);
    let nothing = VaultSurvey { standing: VaultStanding::Absent, kept: BTreeSet::new() };
    assert_eq!(vault.survey().await.unwrap(), nothing);
    vault.remove(&[uid(1)]).await.unwrap();
    assert_eq!(vault.unlock(words(WORDS)).await, Err(VaultError::Absent));
    let listed: Promise = script("", "return indexedDB.databases()", &[]).unchecked_into();
    let listed = JsFuture::from(listed).await.unwrap();
    let names = js_sys::JSON::stringify(&listed).unwrap().as_string().unwrap();
    assert!(!names.contains(&workspace), "{names}");
}

#[wasm_bindgen_test]
async fn lock_in_one_tab_locks_the_other() {
    let workspace = fresh("tabs");
    let left = made(&workspace).await;
    let right = Vault::in_thread(&workspace);
    right.unlock(words(WORDS)).await.unwrap();
    let (sender, told) = futures_channel::oneshot::channel();
    let sender = RefCell::new(Some(sender));
    left.watch(Box::new(|_| {}));
    right.watch(Box::new(move |news| {
        if let Some(sender) = sender.take() {
            let _ = sender.send(news);
        }
    }));
    left.lock();
    assert!(!left.is_unlocked());
    assert_eq!(told.await.unwrap(), VaultNews::Locked);
    assert!(!right.is_unlocked());
}

#[wasm_bindgen_test]
async fn vault_is_locked_when_its_page_is_left() {
    let vault = made(&fresh("left")).await;
    let heard: Rc<RefCell<Vec<VaultNews>>> = Rc::default();
    let listener = Rc::clone(&heard);
    vault.watch(Box::new(move |news| listener.borrow_mut().push(news)));
    let window = web_sys::window().unwrap();
    window.dispatch_event(&web_sys::Event::new("pagehide").unwrap()).unwrap();
    assert!(!vault.is_unlocked());
    assert_eq!(*heard.borrow(), [VaultNews::Locked]);
}

#[wasm_bindgen_test]
async fn another_passphrase_seals_everything_anew() {
    let workspace = fresh("changed");
    let vault = made(&workspace).await;
    let other = Vault::in_thread(&workspace);
    other.unlock(words(WORDS)).await.unwrap();
    for number in 1..=3 {
        vault.seal(uid(number), &secret(&format!("rbp_{number}"))).await.unwrap();
    }
    assert_eq!(
        vault.change_passphrase(words(OTHER_WORDS), words(WORDS)).await,
        Err(VaultError::WrongPassphrase),
        "the present one is asked for"
    );
    vault.change_passphrase(words(WORDS), words(OTHER_WORDS)).await.unwrap();
    assert_eq!(taken(&vault, 3).await.unwrap(), "rbp_3");
    assert_eq!(taken(&other, 3).await, Err(VaultError::Replaced), "its key opens nothing any more");
    assert!(!other.is_unlocked());
    assert_eq!(other.unlock(words(WORDS)).await, Err(VaultError::WrongPassphrase));
    other.unlock(words(OTHER_WORDS)).await.unwrap();
    for number in 1..=3 {
        assert_eq!(taken(&other, number).await.unwrap(), format!("rbp_{number}"));
    }
}

#[wasm_bindgen_test]
async fn sealed_secret_opens_for_its_own_token_only() {
    let workspace = fresh("bound");
    let vault = made(&workspace).await;
    vault.seal(uid(1), &secret("rbp_one")).await.unwrap();
    vault.seal(uid(2), &secret("rbp_two")).await.unwrap();
    let (database, store) = raw(&workspace).await;
    let sealed = done(&store.get(&uid(1).to_string().into()).unwrap()).await;
    done(&store.put_with_key(&sealed, &uid(2).to_string().into()).unwrap()).await;
    database.close();
    assert_eq!(taken(&vault, 2).await, Err(VaultError::Changed));
    assert_eq!(taken(&vault, 1).await.unwrap(), "rbp_one");
}

#[wasm_bindgen_test]
async fn same_secret_is_never_sealed_alike() {
    let workspace = fresh("nonce");
    let vault = made(&workspace).await;
    vault.seal(uid(1), &secret("rbp_one")).await.unwrap();
    let read = async || {
        let (database, store) = raw(&workspace).await;
        let sealed = done(&store.get(&uid(1).to_string().into()).unwrap()).await;
        database.close();
        js_sys::Uint8Array::new(&sealed).to_vec()
    };
    let first = read().await;
    vault.seal(uid(1), &secret("rbp_one")).await.unwrap();
    let second = read().await;
    assert_eq!(first.len(), second.len());
    assert_ne!(first[1..13], second[1..13], "a nonce of its own");
    assert_ne!(first[13..], second[13..]);
    assert!(!first.windows(7).any(|part| part == b"rbp_one"));
}

#[wasm_bindgen_test]
async fn deleted_vault_is_gone_and_so_is_that_of_a_deleted_workspace() {
    let workspace = fresh("deleted");
    let vault = made(&workspace).await;
    vault.seal(uid(1), &secret("rbp_one")).await.unwrap();
    vault.delete().await.unwrap();
    assert!(!vault.is_unlocked());
    assert_eq!(standing(&vault).await, VaultStanding::Absent);
    assert_eq!(vault.seal(uid(1), &secret("rbp_one")).await, Err(VaultError::Locked));

    vault.create(words(OTHER_WORDS)).await.unwrap();
    assert!(vault.survey().await.unwrap().kept.is_empty());
    delete_database(&workspace).await.unwrap();
    assert_eq!(taken(&vault, 1).await, Err(VaultError::Absent));
}

/// A vault with two secrets, saved as a file.
async fn saved() -> (Vault, VaultFile) {
    let vault = made(&fresh("saved")).await;
    vault.seal(uid(1), &secret("rbp_one")).await.unwrap();
    vault.seal(uid(2), &secret("rbp_two")).await.unwrap();
    let text = vault.sealed_copy().await.unwrap().unwrap();
    assert!(!text.contains("rbp_one"));
    (vault, VaultFile::read(&text).unwrap())
}

#[wasm_bindgen_test]
async fn saved_vault_opens_with_its_passphrase_only_and_tells_digests() {
    let (_, file) = saved().await;
    let elsewhere = Vault::in_thread(&fresh("elsewhere"));
    assert_eq!(elsewhere.sealed_copy().await.unwrap(), None);
    let refused = elsewhere.open_file(&file, words(OTHER_WORDS)).await.map(drop);
    assert_eq!(refused, Err(VaultError::WrongPassphrase));
    let opened = elsewhere.open_file(&file, words(WORDS)).await.unwrap();
    assert_eq!(opened.uids().collect::<Vec<_>>(), [uid(1), uid(2)]);
    assert_eq!(opened.digest(uid(1)).await, Ok(Some(TokenDigest::of("rbp_one"))));
    assert_eq!(opened.digest(uid(3)).await, Err(VaultError::NotKept));
    assert_eq!(standing(&elsewhere).await, VaultStanding::Absent, "looking makes no vault");
}

#[wasm_bindgen_test]
async fn saved_vault_becomes_the_vault_where_there_is_none() {
    let (original, file) = saved().await;
    let elsewhere = Vault::in_thread(&fresh("adopted"));
    let opened = elsewhere.open_file(&file, words(WORDS)).await.unwrap();
    assert_eq!(elsewhere.adopt(&opened, &[uid(1), uid(9)]).await, Err(VaultError::NotKept));
    assert_eq!(standing(&elsewhere).await, VaultStanding::Absent, "all or nothing");
    assert_eq!(elsewhere.adopt(&opened, &[uid(1)]).await, Ok(1));
    assert_eq!(elsewhere.survey().await.unwrap().kept, BTreeSet::from([uid(1)]), "what was not asked for stays away");
    assert_eq!(taken(&elsewhere, 1).await.unwrap(), "rbp_one");
    elsewhere.lock();
    elsewhere.unlock(words(WORDS)).await.unwrap();
    assert_eq!(taken(&elsewhere, 1).await.unwrap(), "rbp_one");
    assert_eq!(original.adopt(&opened, &[uid(1)]).await, Err(VaultError::Exists));
}

#[wasm_bindgen_test]
async fn secrets_of_a_saved_vault_are_sealed_anew_in_another() {
    let (_, file) = saved().await;
    let workspace = fresh("merged");
    let vault = Vault::in_thread(&workspace);
    vault.create(words(OTHER_WORDS)).await.unwrap();
    vault.seal(uid(2), &secret("rbp_mine")).await.unwrap();
    let opened = vault.open_file(&file, words(WORDS)).await.unwrap();

    vault.lock();
    assert_eq!(vault.take_in(&opened, &[uid(1)]).await, Err(VaultError::Locked));
    vault.unlock(words(OTHER_WORDS)).await.unwrap();
    assert_eq!(vault.take_in(&opened, &[uid(1), uid(9)]).await, Err(VaultError::NotKept));
    assert_eq!(vault.survey().await.unwrap().kept, BTreeSet::from([uid(2)]), "all or nothing");
    assert_eq!(vault.take_in(&opened, &[uid(1), uid(2)]).await, Ok(1));
    assert_eq!(taken(&vault, 1).await.unwrap(), "rbp_one");
    assert_eq!(taken(&vault, 2).await.unwrap(), "rbp_mine", "what is here stays as it is");
    let again = Vault::in_thread(&workspace);
    again.unlock(words(OTHER_WORDS)).await.unwrap();
    assert_eq!(taken(&again, 1).await.unwrap(), "rbp_one", "under the passphrase of the vault that is here");
}

#[wasm_bindgen_test]
async fn what_was_moved_in_a_saved_vault_does_not_open() {
    let (vault, file) = saved().await;
    let text = vault.sealed_copy().await.unwrap().unwrap();
    let (one, two) = (uid(1).to_string(), uid(2).to_string());
    let swapped = text.replace(&one, "~").replace(&two, &one).replace('~', &two);
    let moved = VaultFile::read(&swapped).unwrap();
    assert_ne!(moved, file);
    let opened = vault.open_file(&moved, words(WORDS)).await.unwrap();
    assert_eq!(opened.digest(uid(1)).await, Ok(None));
    assert_eq!(vault.take_in(&opened, &[uid(1)]).await, Ok(0), "it is here already");
    vault.remove(&[uid(1)]).await.unwrap();
    assert_eq!(vault.take_in(&opened, &[uid(1)]).await, Err(VaultError::Changed));
}

#[wasm_bindgen_test]
async fn browser_is_asked_for_keys_that_cannot_be_read() {
    script(
        "",
        "const real = SubtleCrypto.prototype.importKey;
        window.readable = [];
        SubtleCrypto.prototype.importKey = function (...asked) {
            window.readable.push(asked[3]);
            return real.apply(this, asked);
        };",
        &[],
    );
    made(&fresh("unreadable")).await;
    let asked = script("", "return JSON.stringify(window.readable)", &[]);
    assert_eq!(asked.as_string().as_deref(), Some("[false]"));
}

#[wasm_bindgen_test]
async fn secret_is_nowhere_in_memory_once_it_was_sealed_or_taken_out() {
    let vault = made(&fresh("memory")).await;
    // Made by JavaScript, and compared there: a copy of it here would be what is looked for.
    let drawn = "return 'rbp_' + Array.from(crypto.getRandomValues(new Uint8Array(120)), (byte) => byte % 10).join('')";
    let marker: JsString = script("", drawn, &[]).unchecked_into();
    let is_in_memory = || {
        let search = "const held = new TextDecoder('latin1').decode(new Uint8Array(memory.buffer));
            return [text, text.slice(0, 80), text.slice(-80)].some((piece) => held.includes(piece));";
        script("memory, text", search, &[&wasm_bindgen::memory(), &marker]).is_truthy()
    };
    assert!(!is_in_memory());

    let value: &JsValue = marker.as_ref();
    let shown = Zeroizing::new(value.as_string().unwrap());
    assert!(is_in_memory(), "the search finds what is there");
    vault.seal(uid(1), &shown).await.unwrap();
    drop(shown);
    assert!(!is_in_memory(), "sealed");

    let taken = vault.open(uid(1)).await.unwrap();
    assert!(is_in_memory(), "the search finds what was taken out");
    drop(taken);
    assert!(!is_in_memory(), "taken out");

    vault.change_passphrase(words(WORDS), words(OTHER_WORDS)).await.unwrap();
    assert!(!is_in_memory(), "sealed anew");

    let saved = VaultFile::read(&vault.sealed_copy().await.unwrap().unwrap()).unwrap();
    let opened = vault.open_file(&saved, words(OTHER_WORDS)).await.unwrap();
    assert!(opened.digest(uid(1)).await.unwrap().is_some());
    assert!(!is_in_memory(), "compared");
    vault.remove(&[uid(1)]).await.unwrap();
    assert_eq!(vault.take_in(&opened, &[uid(1)]).await, Ok(1));
    assert!(!is_in_memory(), "taken in");
}
