//! The stories that every store must pass, with the same words for memory, IndexedDB and localStorage.

use super::{Appended, Decide, Journal};
use crate::chain::{Identity, Ledger, Refreshed, verify};
use crate::event::{EventBody, NewEvent, UserRecord};
use crate::ids::Username;
use crate::model::Workspace;
use crate::test_support::{identity, noon};

/// Runs every story. `open` opens a journal by name: the same name twice is two tabs on the same data.
///
/// # Panics
///
/// When a store breaks the contract; the message names the story.
#[expect(clippy::panic, reason = "this is a test, shared by the crates that have stores")]
pub async fn all<J: Journal>(open: impl AsyncFn(&str, Identity) -> J) {
    let stories: [(&str, Result<(), String>); 9] = [
        ("an append is there after reopening", append_then_reopen(&open).await),
        ("an act without events writes nothing", empty_act(&open).await),
        ("two handles make one chain", two_handles(&open).await),
        ("an act is decided against what another handle wrote", decided_again(&open).await),
        ("one bulk act is one record", bulk_is_one_record(&open).await),
        ("records come back byte for byte and verify", verifies(&open).await),
        ("a refresh finds what was written elsewhere", refresh(&open).await),
        ("old events are read when they are asked for", earlier(&open).await),
        ("a reload takes in everything", reload(&open).await),
    ];
    for (story, outcome) in stories {
        if let Err(reason) = outcome {
            panic!("the store breaks the contract: {story}: {reason}");
        }
    }
}

type Story = Result<(), String>;

fn expect<T: PartialEq + std::fmt::Debug>(what: &str, found: T, wanted: T) -> Story {
    if found == wanted { Ok(()) } else { Err(format!("{what}: expected {wanted:?}, found {found:?}")) }
}

fn user(name: &str) -> Result<EventBody, String> {
    let username: Username = name.parse().map_err(|error| format!("{error}"))?;
    Ok(EventBody::UserAdded(UserRecord { username, active: true, superuser: false }))
}

fn here(body: EventBody) -> NewEvent {
    NewEvent::Here { at: noon(), by: None, body }
}

fn add(name: &str) -> Result<Decide, String> {
    let body = user(name)?;
    Ok(Box::new(move |_| vec![here(body.clone())]))
}

fn names(workspace: &Workspace) -> Vec<String> {
    workspace.users().map(|user| user.username.to_string()).collect()
}

async fn append<J: Journal>(journal: &J, decide: Decide) -> Result<Appended, String> {
    journal.append(decide).await.map_err(|error| error.to_string())
}

async fn append_then_reopen<J: Journal>(open: &impl AsyncFn(&str, Identity) -> J) -> Story {
    let journal = open("reopen", identity(1)).await;
    append(&journal, add("alice")?).await?;
    append(&journal, add("bob")?).await?;
    expect("seen at once", journal.read(|ledger| names(ledger.workspace())), vec!["alice".into(), "bob".into()])?;
    let again = open("reopen", identity(1)).await;
    expect("seen after reopening", again.read(|ledger| names(ledger.workspace())), vec!["alice".into(), "bob".into()])
}

async fn empty_act<J: Journal>(open: &impl AsyncFn(&str, Identity) -> J) -> Story {
    let journal = open("empty", identity(1)).await;
    expect("the answer", append(&journal, Box::new(|_| Vec::new())).await?, Appended::Nothing)?;
    let records = journal.records().await.map_err(|error| error.to_string())?;
    expect("records", records.len(), 0)
}

async fn two_handles<J: Journal>(open: &impl AsyncFn(&str, Identity) -> J) -> Story {
    let left = open("two", identity(1)).await;
    let right = open("two", identity(2)).await;
    for index in 0..10 {
        append(if index % 2 == 0 { &left } else { &right }, add(&format!("user-{index}"))?).await?;
    }
    let records = right.records().await.map_err(|error| error.to_string())?;
    let verification = verify(records);
    expect("whole", verification.is_whole(), true)?;
    expect("events, the first included", verification.events, 11)?;
    expect("records", verification.records, 10)
}

async fn decided_again<J: Journal>(open: &impl AsyncFn(&str, Identity) -> J) -> Story {
    let left = open("decided", identity(1)).await;
    let right = open("decided", identity(2)).await;
    append(&left, add("alice")?).await?;
    let body = user("alice")?;
    let only_once: Decide =
        Box::new(
            move |workspace| {
                if workspace.users().next().is_some() { Vec::new() } else { vec![here(body.clone())] }
            },
        );
    expect("the second act", append(&right, only_once).await?, Appended::Nothing)?;
    expect("users", right.read(|ledger| names(ledger.workspace())), vec!["alice".to_owned()])
}

async fn bulk_is_one_record<J: Journal>(open: &impl AsyncFn(&str, Identity) -> J) -> Story {
    let journal = open("bulk", identity(1)).await;
    let bodies: Result<Vec<EventBody>, String> = (0..500).map(|index| user(&format!("user-{index}"))).collect();
    let bodies = bodies?;
    let act: Decide = Box::new(move |_| bodies.iter().cloned().map(here).collect());
    let appended = append(&journal, act).await?;
    expect("the answer", matches!(appended, Appended::Record { events: 500, .. }), true)?;
    let records = journal.records().await.map_err(|error| error.to_string())?;
    expect("records", records.len(), 1)
}

async fn verifies<J: Journal>(open: &impl AsyncFn(&str, Identity) -> J) -> Story {
    let journal = open("bytes", identity(1)).await;
    for index in 0..5 {
        append(&journal, add(&format!("user-{index}"))?).await?;
    }
    let first = journal.records().await.map_err(|error| error.to_string())?;
    let reopened = open("bytes", identity(1)).await;
    let second = reopened.records().await.map_err(|error| error.to_string())?;
    expect("the bytes", second == first, true)?;
    expect("whole", verify(second).is_whole(), true)
}

async fn refresh<J: Journal>(open: &impl AsyncFn(&str, Identity) -> J) -> Story {
    let writer = open("refresh", identity(1)).await;
    let reader = open("refresh", identity(2)).await;
    let unchanged = reader.refresh().await.map_err(|error| error.to_string())?;
    expect("before", unchanged, Refreshed::Unchanged)?;
    append(&writer, add("alice")?).await?;
    // A store that tells other tabs may have told this one already.
    let is_told = reader.read(|ledger| ledger.workspace().users().next().is_some());
    let changed = reader.refresh().await.map_err(|error| error.to_string())?;
    expect("after", changed, if is_told { Refreshed::Unchanged } else { Refreshed::Changed })?;
    expect("users", reader.read(|ledger| names(ledger.workspace())), vec!["alice".to_owned()])
}

async fn earlier<J: Journal>(open: &impl AsyncFn(&str, Identity) -> J) -> Story {
    let journal = open("earlier", identity(1)).await;
    for index in 0..5 {
        append(&journal, add(&format!("user-{index}"))?).await?;
    }
    let before = async |before: u64, most: usize| {
        let found = journal.earlier(before, most).await.map_err(|error| error.to_string())?;
        Ok::<Vec<u64>, String>(found.iter().map(|entry| entry.sequence).collect())
    };
    expect("the newest two before the fifth", before(5, 2).await?, vec![3, 4])?;
    expect("all of them", before(7, 100).await?, vec![1, 2, 3, 4, 5, 6])?;
    expect("before the first", before(1, 100).await?, Vec::new())?;
    expect("when none are wanted", before(7, 0).await?, Vec::new())
}

async fn reload<J: Journal>(open: &impl AsyncFn(&str, Identity) -> J) -> Story {
    let writer = open("reload", identity(1)).await;
    let reader = open("reload", identity(2)).await;
    append(&writer, add("alice")?).await?;
    reader.reload().await.map_err(|error| error.to_string())?;
    expect("users", reader.read(|ledger| names(ledger.workspace())), vec!["alice".to_owned()])?;
    expect("the first event that is held", reader.read(Ledger::first_sequence), 1)
}
