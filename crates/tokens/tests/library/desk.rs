//! A workspace with alice, and what the tests do in it.

use std::fmt::Debug;

use tollgate_policy::Catalog;
use tollgate_policy::guardrail::{Choice, Guardrail, Items, Rule, Scope, Target};
use tollgate_tokens::checked::NewToken;
use tollgate_tokens::library::{NewCatalog, NewGuardrail, NewVersion, SaveAs};
use tollgate_tokens::people::Powers;
use tollgate_tokens::test_support::{CountingEntropy, SteadyClock, memory_manager_on};
use tollgate_tokens::{
    Event, Journal as _, Library, Manager, MemoryJournal, MemoryStorage, Operation, PolicySource, PolicyUid, Token,
    TokenUid,
};

pub(crate) type TestManager = Manager<MemoryJournal, SteadyClock, CountingEntropy>;

pub(crate) const READ: &str = r#"{"resources": {"*": {"allow": ["GET"], "block": ["*"]}}}"#;
pub(crate) const NO_DELETE: &str = r#"{"resources": {"*": {"block": ["DELETE"]}}}"#;

pub(crate) fn with_alice() -> TestManager {
    with_alice_on(&MemoryStorage::default(), 1)
}

pub(crate) fn with_alice_on(storage: &MemoryStorage, number: u8) -> TestManager {
    let manager = memory_manager_on(storage, number);
    pollster::block_on(manager.add_user("alice".parse().unwrap(), Powers::default())).unwrap();
    manager
}

/// Begins a policy.
pub(crate) fn begun(manager: &TestManager, name: &str, text: &str) -> PolicySource {
    saved(manager, NewVersion::of(SaveAs::New(name.parse().unwrap()), text))
}

/// Saves the next version of a policy.
pub(crate) fn next(manager: &TestManager, policy: PolicyUid, text: &str) -> PolicySource {
    let based_on = library(manager, |library| library.policy(policy).unwrap().newest().unwrap().number);
    saved(manager, NewVersion::of(SaveAs::Next { policy, based_on }, text))
}

pub(crate) fn saved(manager: &TestManager, call: NewVersion) -> PolicySource {
    let saved = pollster::block_on(manager.save_policy(call)).unwrap();
    library(manager, |library| library.policy(saved.policy).unwrap().source(saved.version).unwrap())
}

pub(crate) fn made(manager: &TestManager, change: impl FnOnce(&mut NewToken)) -> TokenUid {
    let mut call = NewToken::for_owner("alice".parse().unwrap());
    change(&mut call);
    pollster::block_on(manager.generate(call)).unwrap().uid
}

/// A guardrail that nobody may use a method on a resource, at one site or anywhere.
pub(crate) fn never(method: &str, policy_id: &str, local_site: Option<&str>) -> NewGuardrail {
    let target = Target {
        methods: Choice::Named(vec![method.into()]),
        resources: Choice::Named(vec![policy_id.into()]),
        items: Items::All,
    };
    let scope = Scope { local_site: local_site.map(str::to_owned), users: Choice::Any };
    let guardrail = Guardrail::new(format!("no {method}"), scope, Rule::Never, target).unwrap();
    NewGuardrail { guardrail, note: String::new() }
}

/// A catalog with one more resource than Review Board 8.1 has.
pub(crate) fn catalog(name: &str, extra: &str) -> NewCatalog {
    let catalog = Catalog::review_board_8_1().with_policy_ids([extra]);
    NewCatalog { name: name.parse().unwrap(), origin: "a file".to_owned(), catalog }
}

pub(crate) fn token(manager: &TestManager, uid: TokenUid) -> Token {
    manager.journal().read(|ledger| Token::clone(ledger.workspace().token(uid).unwrap()))
}

pub(crate) fn library<T>(manager: &TestManager, ask: impl FnOnce(&Library) -> T) -> T {
    manager.journal().read(|ledger| ask(ledger.workspace().library()))
}

pub(crate) fn last_event(manager: &TestManager) -> Event {
    manager.journal().read(|ledger| ledger.entries().last().unwrap().event.clone())
}

#[track_caller]
pub(crate) fn refusal<T: Debug, E: Debug>(outcome: Result<T, Operation<E>>) -> E {
    match outcome {
        Err(Operation::Refused(error)) => error,
        other => panic!("expected a refusal, got {other:?}"),
    }
}
