//! The journal in memory passes the stories that every store must pass.

use std::cell::RefCell;
use std::collections::BTreeMap;

use tollgate_tokens::{Identity, MemoryJournal, MemoryStorage, contract};

#[test]
fn memory_passes_the_contract() {
    let storages: RefCell<BTreeMap<String, MemoryStorage>> = RefCell::default();
    pollster::block_on(contract::all(async |name: &str, identity: Identity| {
        let storage = storages.borrow_mut().entry(name.to_owned()).or_default().clone();
        MemoryJournal::open(&storage, identity)
    }));
}
