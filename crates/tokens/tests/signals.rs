//! Who is told what, and when.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it cannot go on")]

use std::cell::RefCell;
use std::rc::Rc;

use chrono::TimeDelta;
use tollgate_tokens::checked::{NewExpiry, NewToken, Rotation, TokenEdit};
use tollgate_tokens::people::Powers;
use tollgate_tokens::test_support::{CountingEntropy, SteadyClock, identity, memory_manager_on, noon};
use tollgate_tokens::{
    EventId, GeneratorRegistry, Journal as _, LoginLimit, Manager, MemoryJournal, MemoryStorage, Signal, SignalKind,
    Subscription, TokenSecret,
};

type TestManager = Manager<MemoryJournal, SteadyClock, CountingEntropy>;

/// What a subscriber heard, oldest first.
#[derive(Clone, Default)]
struct Heard(Rc<RefCell<Vec<Signal>>>);

impl Heard {
    fn by(&self, manager: &TestManager) -> Subscription {
        let heard = self.clone();
        manager.subscribe(move |signal| heard.0.borrow_mut().push(*signal))
    }

    fn take(&self) -> Vec<&'static str> {
        self.0.take().iter().map(|signal| signal.kind.name()).collect()
    }
}

fn last_act(manager: &TestManager) -> EventId {
    manager.journal().read(|ledger| ledger.entries().last().unwrap().event.id)
}

#[test]
fn every_act_is_heard_once_and_when_it_is_durable() {
    let manager = memory_manager_on(&MemoryStorage::default(), 1);
    let heard = Heard::default();
    let subscription = heard.by(&manager);
    pollster::block_on(async {
        manager.add_user("alice".parse().unwrap(), Powers::default()).await.unwrap();
        let uid = manager.generate(NewToken::for_owner("alice".parse().unwrap())).await.unwrap().uid;
        assert_eq!(heard.take(), ["created"]);
        let edit = TokenEdit { note: Some("CI".to_owned()), ..TokenEdit::default() };
        manager.change(vec![uid], edit.clone()).await.unwrap();
        assert_eq!(heard.take(), ["updated"]);
        assert!(manager.change(vec![uid], edit).await.is_err());
        assert!(heard.take().is_empty(), "what was refused did not happen");
        let rotation = Rotation { token: uid, overlap: TimeDelta::hours(1), expires: NewExpiry::Never };
        manager.rotate(rotation).await.unwrap();
        assert_eq!(heard.take(), ["created", "updated"]);
        manager.undo(last_act(&manager)).await.unwrap();
        assert_eq!(heard.take(), ["updated", "deleted"]);
        manager.invalidate_one(uid, "leaked".to_owned()).await.unwrap();
        manager.undo(last_act(&manager)).await.unwrap();
        assert_eq!(heard.take(), ["invalidated", "restored"]);
        manager.delete(vec![uid], String::new()).await.unwrap();
        manager.undo(last_act(&manager)).await.unwrap();
        assert_eq!(heard.take(), ["deleted", "restored"]);
    });
    drop(subscription);
}

#[test]
fn a_login_is_the_last_use_and_an_expired_token_is_told() {
    let storage = MemoryStorage::default();
    let clock = Rc::new(SteadyClock::at(noon()));
    let journal = MemoryJournal::open(&storage, identity(1));
    let entropy = Rc::new(CountingEntropy::scrambled(7));
    let manager = Manager::new(journal, Rc::clone(&clock), entropy, GeneratorRegistry::built_in());
    let heard = Heard::default();
    let _subscription = heard.by(&manager);
    pollster::block_on(async {
        manager.add_user("alice".parse().unwrap(), Powers::default()).await.unwrap();
        let expires = Some(noon() + TimeDelta::hours(1));
        let call = NewToken { expires, ..NewToken::for_owner("alice".parse().unwrap()) };
        let made = manager.generate(call).await.unwrap();
        let text = made.secret.expose_once();
        let log_in = || manager.log_in(TokenSecret::new(text.to_string()), LoginLimit::Within);
        let last_used = || {
            manager.journal().read(|ledger| {
                let token = ledger.workspace().token(made.uid).unwrap();
                (token.last_used, token.last_updated)
            })
        };
        heard.take();
        assert!(log_in().await.unwrap().logs_in());
        assert_eq!(last_used(), (Some(noon()), noon()));
        assert!(heard.take().is_empty(), "a login sends no signal");
        clock.set(noon() + TimeDelta::hours(1));
        assert!(!log_in().await.unwrap().logs_in());
        assert_eq!(last_used(), (Some(noon()), noon()), "it was not used");
        assert_eq!(heard.take(), ["expired"]);
        let refused = manager.log_in(TokenSecret::new("rbp_unknown".to_owned()), LoginLimit::Within).await;
        assert_eq!(refused.unwrap().code(), "L0103");
        assert!(heard.take().is_empty());
    });
}

#[test]
fn what_another_tab_did_is_heard_after_reading_on() {
    let storage = MemoryStorage::default();
    let (here, there) = (memory_manager_on(&storage, 1), memory_manager_on(&storage, 2));
    let heard = Heard::default();
    let _subscription = heard.by(&here);
    pollster::block_on(async {
        there.add_user("alice".parse().unwrap(), Powers::default()).await.unwrap();
        let call = NewToken { auto_generated: true, ..NewToken::for_owner("alice".parse().unwrap()) };
        let uid = there.generate(call).await.unwrap().uid;
        assert!(heard.take().is_empty());
        here.refresh().await.unwrap();
        let signals = heard.0.take();
        assert_eq!(signals.len(), 1);
        assert_eq!((signals[0].token, signals[0].kind), (uid, SignalKind::Created { auto_generated: true }));
    });
}

#[test]
fn history_is_not_told_and_a_dropped_subscriber_hears_nothing() {
    let storage = MemoryStorage::default();
    let first = memory_manager_on(&storage, 1);
    pollster::block_on(async {
        first.add_user("alice".parse().unwrap(), Powers::default()).await.unwrap();
        first.generate(NewToken::for_owner("alice".parse().unwrap())).await.unwrap();
        let again = memory_manager_on(&storage, 1);
        let heard = Heard::default();
        let subscription = heard.by(&again);
        again.refresh().await.unwrap();
        assert!(heard.take().is_empty(), "it happened before");
        drop(subscription);
        again.generate(NewToken::for_owner("alice".parse().unwrap())).await.unwrap();
        assert!(heard.take().is_empty());
    });
}

#[test]
fn only_what_the_original_tells_has_a_counterpart() {
    let created = SignalKind::Created { auto_generated: false };
    let told = [created, SignalKind::Updated, SignalKind::Expired, SignalKind::Deleted];
    assert!(told.iter().all(|kind| kind.has_counterpart()));
    assert!(![SignalKind::Invalidated, SignalKind::Restored].iter().any(|kind| kind.has_counterpart()));
}
