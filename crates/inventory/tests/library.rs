//! The library in a snapshot: what tokens use in a column, the rest beside the users and Local Sites.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops where it cannot go on"
)]

use tollgate_inventory::{Head, Snapshot, View};
use tollgate_policy::guardrail::{Choice, Guardrail, Items, Rule, Scope, Target};
use tollgate_policy::{Catalog, presets};
use tollgate_tokens::checked::{Assignment, NewPolicy, NewToken};
use tollgate_tokens::library::{NewCatalog, NewGuardrail, NewVersion, SaveAs};
use tollgate_tokens::people::Powers;
use tollgate_tokens::test_support::memory_manager;
use tollgate_tokens::{Event, Journal as _, PolicySource, RecordHash, Token, TokenUid, Workspace, used_by};

fn head() -> Head {
    Head { sequence: 1, hash: RecordHash::of(b"any"), next_sequence: 2 }
}

fn folded(events: &[Event]) -> Workspace {
    Workspace::default().followed_by(events)
}

/// Two policies with three versions, thirty tokens that use each of them or none, a guardrail and a catalog; some of it
/// changed, deleted and undone again.
fn history() -> Vec<Event> {
    let manager = memory_manager();
    let source = |name: &str, version: u32| -> PolicySource {
        manager.journal().read(|ledger| {
            let policy = ledger.workspace().library().policy_called(&name.parse().unwrap()).unwrap();
            policy.source(version).unwrap()
        })
    };
    let last = || manager.journal().read(|ledger| ledger.entries().last().unwrap().event.id);
    pollster::block_on(async {
        manager.add_user("ci-bot".parse().unwrap(), Powers::default()).await.unwrap();
        let begin = |name: &str, text: &str| NewVersion::of(SaveAs::New(name.parse().unwrap()), text);
        let bots = manager.save_policy(begin("bots", presets::read_only())).await.unwrap().policy;
        manager.save_policy(begin("everything", "{}")).await.unwrap();
        let call = NewVersion::of(SaveAs::Next { policy: bots, based_on: 1 }, presets::post_reviews());
        manager.save_policy(call).await.unwrap();
        let mut uids: Vec<TokenUid> = Vec::new();
        for _ in 0..30 {
            uids.push(manager.generate(NewToken::for_owner("ci-bot".parse().unwrap())).await.unwrap().uid);
        }
        let sources = [source("bots", 1), source("bots", 2), source("everything", 1)];
        for (source, tokens) in sources.into_iter().zip(uids.chunks(8)) {
            let policy = NewPolicy::Named(source);
            manager.assign(Assignment { tokens: tokens.to_vec(), policy, overrides: None }).await.unwrap();
        }
        manager.undo(last()).await.unwrap();
        manager.delete(uids[4..6].to_vec(), "gone".into()).await.unwrap();
        manager.delete(uids[9..11].to_vec(), "gone".into()).await.unwrap();
        manager.undo(last()).await.unwrap();
        let target =
            Target { methods: Choice::Any, resources: Choice::Named(vec!["webhook".into()]), items: Items::All };
        let guardrail = Guardrail::new("no webhooks", Scope::ALL, Rule::Never, target).unwrap();
        manager.add_guardrail(NewGuardrail { guardrail, note: "ask first".to_owned() }).await.unwrap();
        let catalog = Catalog::review_board_8_1().with_policy_ids(["order"]);
        let catalog = NewCatalog { name: "acme".parse().unwrap(), origin: "a file".to_owned(), catalog };
        manager.import_catalog(catalog).await.unwrap();
        manager.rename_policy(bots, "all bots".parse().unwrap()).await.unwrap();
        manager.archive_policy(bots).await.unwrap();
    });
    manager.journal().read(|ledger| ledger.entries().map(|entry| entry.event.clone()).collect())
}

#[test]
fn folding_on_from_a_snapshot_at_any_event_is_folding_from_the_start() {
    let events = history();
    let from_start = Snapshot::encode(&folded(&events), head()).unwrap();
    for cut in 0..=events.len() {
        let (before, after) = events.split_at(cut);
        let snapshot = Snapshot::encode(&folded(before), head()).unwrap();
        let folded_on = snapshot.decode().unwrap().followed_by(after);
        assert_eq!(folded_on.to_parts(), folded(&events).to_parts(), "cut before event {cut}");
        assert_eq!(Snapshot::encode(&folded_on, head()).unwrap(), from_start, "cut before event {cut}");
    }
}

#[test]
fn rows_say_what_tokens_use_without_the_rest() {
    let workspace = folded(&history());
    let snapshot = Snapshot::encode(&workspace, head()).unwrap();
    let view = View::open(&snapshot).unwrap();
    let rows = view.rows(0..view.token_count()).unwrap();
    let tokens: Vec<Token> = workspace.tokens().map(|token| Token::clone(token)).collect();
    assert_eq!(rows, tokens);
    let users: usize = workspace.library().policies().map(|policy| used_by(&workspace, policy.uid).len()).sum();
    // Eight and eight were given a version for good, and two of them deleted.
    assert_eq!((users, rows.iter().filter(|token| token.policy_source.is_some()).count()), (14, 14));
    assert_eq!(view.rest().library.policies.len(), 2);
}

#[test]
fn a_workspace_without_a_library_has_no_word_of_it_in_its_snapshot() {
    let says_library = |workspace: &Workspace| {
        let snapshot = Snapshot::encode(workspace, head()).unwrap();
        snapshot.chunks[0].windows(9).any(|bytes| bytes == b"\"library\"")
    };
    assert!(says_library(&folded(&history())));
    assert!(!says_library(&Workspace::default()));
}
