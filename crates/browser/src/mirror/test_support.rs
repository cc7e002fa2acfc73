//! Chains of records to try the mirror with, and what else compares chains.

use tollgate_tokens::test_support::{identity, noon};
use tollgate_tokens::{Decide, EventBody, Ledger, NewEvent, StoredRecord, UserRecord};

/// A history of one record for each number, with so many users added in it. The history's own number tells it apart.
pub(crate) fn chain(history: u8, users: &[usize]) -> Vec<StoredRecord> {
    let mut ledger = Ledger::new(identity(history));
    let mut records = Vec::new();
    for (index, count) in users.iter().enumerate() {
        let added: Vec<UserRecord> = (0..*count)
            .map(|user| UserRecord {
                username: format!("user-{index}-{user}").parse().unwrap(),
                active: true,
                superuser: false,
            })
            .collect();
        let act: Decide = Box::new(move |_| {
            let event =
                |user: &UserRecord| NewEvent::Here { at: noon(), by: None, body: EventBody::UserAdded(user.clone()) };
            added.iter().map(event).collect()
        });
        let draft = ledger.draft(&mut [act]).unwrap().unwrap();
        records.push(draft.record.clone());
        ledger.commit(draft);
    }
    records
}
