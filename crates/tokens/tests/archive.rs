//! A workspace that was written down is read again as it was, and nothing else is taken for one.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops where it cannot go on"
)]

use tollgate_tokens::checked::NewToken;
use tollgate_tokens::people::Powers;
use tollgate_tokens::test_support::{CountingEntropy, SteadyClock, identity, memory_manager_on, noon};
use tollgate_tokens::{
    Appended, Archive, ArchiveError, Event, EventBody, EventId, ImportPlan, Journal as _, JournalRepaired, Manager,
    MemoryJournal, MemoryStorage, NewEvent, Relation, RepairedEntry, ReplicaId, Settings, StoredRecord, TokenUid,
    TokensInvalidated, UserRecord, VendorChecksum, archive_text, looks_like_token, verify,
};

type TestManager = Manager<MemoryJournal, SteadyClock, CountingEntropy>;

fn open(number: u8) -> (MemoryStorage, TestManager) {
    let storage = MemoryStorage::default();
    let manager = memory_manager_on(&storage, number);
    (storage, manager)
}

/// A user and three tokens, in four records.
fn workspace() -> (MemoryStorage, TestManager, Vec<TokenUid>) {
    let (storage, manager) = open(1);
    let uids = pollster::block_on(async {
        manager.add_user("alice".parse().unwrap(), Powers::default()).await.unwrap();
        let mut uids = Vec::new();
        for note in ["mirror", "build farm", "release"] {
            let call = NewToken { note: note.into(), ..NewToken::for_owner("alice".parse().unwrap()) };
            uids.push(manager.generate(call).await.unwrap().uid);
        }
        uids
    });
    (storage, manager, uids)
}

fn text_of(storage: &MemoryStorage) -> String {
    archive_text(&storage.records(), Some(identity(1).epoch), noon()).unwrap()
}

fn append(manager: &TestManager, body: EventBody) {
    pollster::block_on(manager.append(vec![NewEvent::Here { at: noon(), by: None, body }])).unwrap();
}

fn plan(here: &TestManager, archive: &Archive) -> ImportPlan {
    here.journal().read(|ledger| ImportPlan::new(ledger, archive.ledger()))
}

#[track_caller]
fn check(text: &str, code: &str, says: &str) {
    let refused = Archive::read(text).unwrap_err();
    assert_eq!((refused.code(), refused.to_string().as_str()), (code, says));
    assert!(!refused.help().is_empty());
}

#[test]
fn what_was_written_is_read_as_it_was() {
    let (storage, manager, uids) = workspace();
    pollster::block_on(manager.invalidate_one(uids[0], "leaked".into())).unwrap();
    let archive = Archive::read(&text_of(&storage)).unwrap();
    assert_eq!(archive.records(), storage.records());
    assert_eq!(archive.exported_at(), noon());
    let reasons = archive.ledger().workspace().tokens().map(|token| token.invalid_reason.clone());
    assert_eq!(reasons.collect::<Vec<_>>(), ["leaked", "", ""]);
    assert_eq!(archive_text(&[], None, noon()), None, "nothing is no workspace");
}

#[test]
fn a_text_that_is_no_workspace_is_refused_with_its_place() {
    let (storage, ..) = workspace();
    let text = text_of(&storage);
    check("", "X0101", "the file is not JSON: EOF while parsing a value (line 1, column 0)");
    check("{}", "X0102", "the file is no `tollgate-workspace`");
    check(
        &text.replacen("workspace", "checkpoint", 1),
        "X0102",
        "the file is a `tollgate-checkpoint`, and not a `tollgate-workspace`",
    );
    check(
        &text.replacen("\"version\": 1", "\"version\": 2", 1),
        "X0103",
        "the file has version 2 of `tollgate-workspace`, and this program knows versions up to 1",
    );
    let half = Archive::read(&text[..text.len() / 2]).unwrap_err();
    assert_eq!(half.code(), "X0101", "{half}");
    let misspelt = Archive::read(&text.replacen("\"head\"", "\"haed\"", 1)).unwrap_err();
    assert!(misspelt.to_string().starts_with("unknown field `haed`"), "{misspelt}");
    let hash = Archive::read(&text.replacen("\"hash\": \"", "\"hash\": \"x", 1)).unwrap_err();
    assert!(hash.to_string().starts_with("a hash is 64 hexadecimal digits"), "{hash}");
}

#[test]
fn records_that_do_not_make_a_whole_chain_are_refused() {
    let (storage, ..) = workspace();
    let records = storage.records();
    let text = |records: &[StoredRecord]| archive_text(records, Some(identity(1).epoch), noon()).unwrap();

    let mut flipped = records.clone();
    flipped[2].bytes[70] ^= 1;
    check(&text(&flipped), "X0203", "entry 4: the record does not have the hash that it carries");
    let mut removed = records.clone();
    removed.remove(1);
    check(&text(&removed), "X0203", "entry 3: entries up to 3 are missing");
    let mut swapped = records.clone();
    swapped.swap(1, 2);
    check(&text(&swapped), "X0202", "record 3 of the file lies under a number that does not follow the one before");
    let shifted = text(&records).replacen("\"sequence\": 4,", "\"sequence\": 9007199254740993,", 1);
    check(&shifted, "X0202", "record 3 of the file lies under a number that does not follow the one before");

    let broken = text(&records).replacen("\"bytes\": \"", "\"bytes\": \"*", 1);
    check(&broken, "X0202", "record 1 of the file is not written in base 64");
    let whole = text(&records);
    let epoch = identity(1).epoch.to_string();
    check(
        &whole.replacen(&epoch, &identity(2).epoch.to_string(), 1),
        "X0204",
        "the file names another history than the one that its records tell",
    );
    check(
        &whole.replacen("\"sequence\": 5", "\"sequence\": 6", 1),
        "X0205",
        "the file says that it ends at entry 6, but what it holds ends otherwise, at entry 5",
    );

    // What a repair recorded is part of the history.
    storage.replace(flipped);
    let reopened = memory_manager_on(&storage, 1);
    pollster::block_on(reopened.repair()).unwrap();
    assert!(Archive::read(&text(&storage.records())).is_ok());
}

#[test]
fn no_text_of_an_entry_brings_a_token_in() {
    let token = VendorChecksum::assemble("rbp", &"q".repeat(245));
    let spelled: String = token.chars().map(|character| format!("\\u{:04x}", u32::from(character))).collect();
    let policy = format!(r#"{{"resources": {{"{spelled}": {{}}}}}}"#);
    let reason = |reason: &str| {
        EventBody::TokensInvalidated(TokensInvalidated {
            tokens: vec![],
            reason: reason.to_owned(),
            overwritten: vec![],
        })
    };
    let unknown = |json: String| EventBody::Unknown { kind: "token_painted".into(), version: 3, json };
    let entry = RepairedEntry {
        sequence: 9,
        reason: "torn".into(),
        bytes: base64::Engine::encode(&base64::engine::general_purpose::STANDARD, &token),
        sha256: "e3b0".into(),
    };
    let bodies = [
        reason(&token),
        reason(&policy),
        unknown(format!("\"{token}\"")),
        unknown(format!("[\"{spelled}\"]")),
        unknown(serde_json::to_string(&policy).unwrap()),
        EventBody::JournalRepaired(JournalRepaired { entries: vec![entry] }),
    ];
    for body in bodies {
        let (storage, manager, _) = workspace();
        append(&manager, body.clone());
        append(&manager, reason("afterwards"));
        let refused = Archive::read(&text_of(&storage)).unwrap_err();
        assert_eq!(refused, ArchiveError::LooksLikeToken { entry: 6 }, "{body:?}");
        assert!(!looks_like_token(&refused.to_string()));
    }
}

#[test]
fn a_token_beside_the_records_is_refused_and_never_quoted() {
    let (storage, ..) = workspace();
    let token = VendorChecksum::assemble("rbp", &"q".repeat(245));
    let text = text_of(&storage);
    let hidden = [
        text.replacen("{\n", &format!("{{\n  \"{token}\": 1,\n"), 1),
        text.replacen("tollgate-workspace", &token, 1),
        text.replacen("\"bytes\": \"", &format!("\"bytes\": \"{token}"), 1),
    ];
    for text in hidden {
        let refused = Archive::read(&text).unwrap_err();
        assert_eq!(refused.code(), "X0105");
        assert!(!looks_like_token(&refused.to_string()), "{refused}");
    }
}

#[test]
fn numbers_and_settings_that_nothing_could_go_on_from_are_refused() {
    let user = |name: &str| UserRecord { username: name.parse().unwrap(), active: true, superuser: false };
    let far = Event {
        id: EventId { replica: ReplicaId::from_bytes([9; 16]), sequence: u64::MAX },
        at: noon(),
        by: None,
        body: EventBody::UserAdded(user("bob")),
    };
    let (storage, manager, _) = workspace();
    pollster::block_on(manager.append(vec![NewEvent::Adopted(far)])).unwrap();
    check(&text_of(&storage), "X0207", "entry 6 holds an event’s number that no console gives");

    let (storage, manager, uids) = workspace();
    let made = manager.journal().read(|ledger| {
        let mut bodies = ledger.entries().map(|entry| entry.event.body.clone());
        bodies.find(|body| body.tokens().any(|uid| uid == uids[0])).unwrap()
    });
    let EventBody::TokenGenerated(mut made) = made else { panic!("it was generated") };
    (made.uid, made.number) = (TokenUid::from_bytes([7; 16]), u64::MAX);
    append(&manager, EventBody::TokenGenerated(made));
    check(&text_of(&storage), "X0207", "entry 6 holds a token’s number that no console gives");

    for settings in [
        Settings { default_lifetime_days: u32::MAX, ..Settings::default() },
        Settings { token_type: "r b p".into(), ..Settings::default() },
    ] {
        let (storage, manager, _) = workspace();
        append(&manager, EventBody::SettingsChanged(settings));
        check(&text_of(&storage), "X0207", "entry 6 holds settings that no console gives");
    }
}

#[test]
fn neither_a_secret_nor_a_piece_of_one_is_written() {
    let (storage, manager, _) = workspace();
    let generated = pollster::block_on(manager.generate(NewToken::for_owner("alice".parse().unwrap()))).unwrap();
    let secret = generated.secret.expose_once();
    let text = text_of(&storage);
    let bytes: Vec<u8> = storage.records().into_iter().flat_map(|record| record.bytes).collect();
    let kept = String::from_utf8_lossy(&bytes);
    for piece in (0..secret.len() - 12).map(|start| &secret[start..start + 12]) {
        assert!(!text.contains(piece) && !kept.contains(piece), "a piece of the secret is in it");
    }
}

#[test]
fn a_plan_says_how_the_histories_stand_to_each_other() {
    let (storage, manager, uids) = workspace();
    let early = Archive::read(&text_of(&storage)).unwrap();
    assert_eq!(plan(&open(2).1, &early).relation, Relation::Fresh);
    assert_eq!(plan(&manager, &early).relation, Relation::Same);
    assert!(plan(&manager, &early).replace.loses_nothing());

    pollster::block_on(manager.invalidate_one(uids[1], "leaked".into())).unwrap();
    let found = plan(&manager, &early);
    assert_eq!(found.relation, Relation::EndsEarlier { entries: 1 });
    assert_eq!((found.replace.changed_tokens.as_slice(), found.replace.lost_events), ([uids[1]].as_slice(), 1));
    assert!(found.merge.is_empty(), "a merge takes nothing back");

    let late = Archive::read(&text_of(&storage)).unwrap();
    let other = MemoryStorage::default();
    other.replace(early.records().to_vec());
    let copy = memory_manager_on(&other, 2);
    assert_eq!(plan(&copy, &late).relation, Relation::GoesOn { entries: 1 });
    pollster::block_on(copy.add_user("bob".parse().unwrap(), Powers::default())).unwrap();
    let found = plan(&copy, &late);
    assert_eq!(found.relation, Relation::Parted { at: 6 });
    assert_eq!(found.replace.lost_users.iter().map(|name| name.as_str()).collect::<Vec<_>>(), ["bob"]);
    assert_eq!(found.merge.join.changed_tokens, [uids[1]]);

    let (_, stranger) = open(3);
    pollster::block_on(stranger.add_user("carol".parse().unwrap(), Powers::default())).unwrap();
    let found = plan(&stranger, &late);
    assert_eq!(found.relation, Relation::Unrelated);
    assert_eq!(found.merge.join.new_tokens, uids);
    assert_eq!(found.replace.new_tokens, uids);
}

#[test]
fn a_merge_says_when_it_would_set_the_service_to_something_else() {
    let (_, here, _) = workspace();
    let (storage, other) = open(2);
    pollster::block_on(other.add_user("bob".parse().unwrap(), Powers::default())).unwrap();
    let text = |storage: &MemoryStorage| archive_text(&storage.records(), Some(identity(2).epoch), noon()).unwrap();
    assert!(!plan(&here, &Archive::read(&text(&storage)).unwrap()).merge.changes_settings);
    let settings = Settings { client_token_days: 7, ..Settings::default() };
    pollster::block_on(other.change_settings(settings)).unwrap();
    let archive = Archive::read(&text(&storage)).unwrap();
    assert!(plan(&here, &archive).merge.changes_settings);
    let outcome = here.journal().read(|ledger| plan(&here, &archive).merge.outcome(ledger.workspace()));
    pollster::block_on(here.take_over(archive.ledger().clone())).unwrap();
    here.journal().read(|ledger| {
        assert_eq!(ledger.workspace().to_parts(), outcome.to_parts(), "the plan tells what comes of it");
        assert_eq!(ledger.workspace().settings().client_token_days, 7);
    });
}

#[test]
fn two_tabs_that_take_over_the_same_do_it_once() {
    let storage = MemoryStorage::default();
    let tabs = [memory_manager_on(&storage, 1), memory_manager_on(&storage, 2)];
    let (elsewhere, other) = open(3);
    pollster::block_on(other.add_user("carol".parse().unwrap(), Powers::default())).unwrap();
    let text = archive_text(&elsewhere.records(), Some(identity(3).epoch), noon()).unwrap();
    let archive = Archive::read(&text).unwrap();
    let taken = tabs.each_ref().map(|tab| pollster::block_on(tab.take_over(archive.ledger().clone())).unwrap());
    assert!(matches!(taken, [Appended::Record { events: 1, .. }, Appended::Nothing]), "{taken:?}");
    assert!(verify(storage.records()).is_whole());
}

#[test]
fn a_journal_that_was_replaced_goes_on_as_another_replica_and_tells_no_old_news() {
    let (storage, ..) = workspace();
    let archive = Archive::read(&text_of(&storage)).unwrap();
    let (elsewhere, manager) = open(5);
    let heard = std::rc::Rc::new(std::cell::Cell::new(0));
    let count = std::rc::Rc::clone(&heard);
    let subscription = manager.subscribe(move |_| count.set(count.get() + 1));
    pollster::block_on(manager.add_user("carol".parse().unwrap(), Powers::default())).unwrap();

    manager.journal().replace(identity(6), archive.records().to_vec());
    manager.begin_anew();
    pollster::block_on(manager.add_user("dana".parse().unwrap(), Powers::default())).unwrap();
    assert_eq!(heard.get(), 0, "what was made elsewhere is no news here");
    assert_eq!(elsewhere.records()[..4], storage.records()[..]);
    let newest = manager.journal().read(|ledger| ledger.entries().next_back().unwrap().event.id);
    assert_eq!(newest, EventId { replica: identity(6).replica, sequence: 1 });
    assert!(verify(elsewhere.records()).is_whole());
    drop(subscription);
}
