//! While a token is rotated, its client is never without one.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops where it cannot go on")]

use chrono::TimeDelta;
use proptest::prelude::*;
use tollgate_tokens::checked::{
    ClientGets, NewClientToken, NewExpiry, NewToken, OVERLAPS, Rotation, RotationPlan, TokenError,
    preview_client_token, rotation_plan,
};
use tollgate_tokens::compatible::ClientTokenChoice;
use tollgate_tokens::people::Powers;
use tollgate_tokens::test_support::{CountingEntropy, SteadyClock, memory_manager, noon};
use tollgate_tokens::{Journal as _, Manager, MemoryJournal, Operation, Timestamp, TokenUid};

type TestManager = Manager<MemoryJournal, SteadyClock, CountingEntropy>;

fn alice() -> TestManager {
    let manager = memory_manager();
    pollster::block_on(manager.add_user("alice".parse().unwrap(), Powers::default())).unwrap();
    manager
}

/// A token of the client `CI` that lives for so many seconds, or for ever.
fn token_of_client(manager: &TestManager, seconds: Option<i64>) -> TokenUid {
    let mut call = NewToken::for_owner("alice".parse().unwrap());
    call.extra_data.insert("client_name".to_owned(), "CI".into());
    call.expires = seconds.map(|seconds| noon() + TimeDelta::seconds(seconds));
    pollster::block_on(manager.generate(call)).unwrap().uid
}

fn plan(manager: &TestManager, rotation: Rotation) -> Result<RotationPlan, TokenError> {
    manager.journal().read(|ledger| rotation_plan(ledger.workspace(), manager.registry(), rotation, noon()))
}

/// What a client that asks at an instant is handed.
fn handed_out_at(manager: &TestManager, instant: Timestamp) -> Option<TokenUid> {
    let call = NewClientToken::for_client("alice".parse().unwrap(), "CI");
    let preview = manager
        .journal()
        .read(|ledger| preview_client_token(ledger.workspace(), manager.registry(), &call, instant).unwrap());
    match preview.choice {
        ClientTokenChoice::Existing(token) => Some(token.uid),
        ClientTokenChoice::New(_) => None,
    }
}

#[test]
fn the_successor_takes_over_when_it_lives_longer() {
    let manager = alice();
    let token = token_of_client(&manager, None);
    let rotation = Rotation { token, overlap: TimeDelta::hours(1), expires: NewExpiry::Never };
    let plan = plan(&manager, rotation).unwrap();
    assert_eq!(plan.old_ends, noon() + TimeDelta::hours(1));
    assert_eq!(plan.handed_out.len(), 1);
    assert_eq!((plan.handed_out[0].from, plan.handed_out[0].token), (noon(), ClientGets::Successor));
}

#[test]
fn a_successor_that_ends_within_the_overlap_is_refused_with_the_first_instant_without_a_token() {
    let manager = alice();
    let token = token_of_client(&manager, None);
    let expires = NewExpiry::At(noon() + TimeDelta::hours(2));
    let rotation = Rotation { token, overlap: TimeDelta::hours(24), expires };
    // The old token is handed out until it has less than 300 seconds left, and by then the successor is gone.
    let at = noon() + TimeDelta::hours(24) - TimeDelta::seconds(300);
    assert_eq!(plan(&manager, rotation), Err(TokenError::RotationGap { at }));
    match pollster::block_on(manager.rotate(rotation)) {
        Err(Operation::Refused(error)) => assert_eq!(error.code(), "T0404"),
        other => panic!("expected a refusal, got {other:?}"),
    }
    assert_eq!(manager.journal().read(|ledger| ledger.workspace().token_count()), 1, "nothing was made");
}

#[test]
fn a_token_of_no_client_may_not_outlive_its_successor() {
    let manager = alice();
    let token = pollster::block_on(manager.generate(NewToken::for_owner("alice".parse().unwrap()))).unwrap().uid;
    let hours = |hours| NewExpiry::At(noon() + TimeDelta::hours(hours));
    let rotation = |expires| Rotation { token, overlap: TimeDelta::hours(24), expires };
    let gap = TokenError::RotationGap { at: noon() + TimeDelta::hours(24) };
    assert_eq!(plan(&manager, rotation(hours(24))), Err(gap));
    assert!(plan(&manager, rotation(hours(25))).unwrap().handed_out.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// The plan against its slow twin: asking at many instants.
    #[test]
    fn the_plan_is_what_a_client_gets_at_every_instant(
        old in prop::option::of(301_i64..200_000),
        others in prop::collection::vec(prop::option::of(1_i64..200_000), 0..3),
        successor in prop::option::of(1_i64..700_000),
        overlap in 0..OVERLAPS.len(),
        instants in prop::collection::vec(0_i64..=1_000, 40),
    ) {
        let manager = alice();
        let token = token_of_client(&manager, old);
        for seconds in others {
            token_of_client(&manager, seconds);
        }
        let expires = successor.map_or(NewExpiry::Never, |seconds| NewExpiry::At(noon() + TimeDelta::seconds(seconds)));
        let rotation = Rotation { token, overlap: OVERLAPS[overlap], expires };
        let planned = plan(&manager, rotation);
        let rotated = pollster::block_on(manager.rotate(rotation));
        match (planned, rotated) {
            (Ok(planned), Ok(rotated)) => {
                prop_assert_eq!(&planned, &rotated.plan);
                let span = (planned.old_ends - noon()).num_seconds();
                let thousandth = |part: i64| noon() + TimeDelta::seconds(span * part / 1_000);
                let edges = planned.handed_out.iter().map(|phase| phase.from).chain([noon(), planned.old_ends]);
                for instant in instants.into_iter().map(thousandth).chain(edges) {
                    let phase = planned.handed_out.iter().rev().find(|phase| phase.from <= instant).unwrap();
                    let expected = match phase.token {
                        ClientGets::Old => token,
                        ClientGets::Successor => rotated.successor.uid,
                        ClientGets::Other(uid) => uid,
                    };
                    prop_assert_eq!(handed_out_at(&manager, instant), Some(expected), "{}", instant);
                }
            }
            (Err(TokenError::RotationGap { at }), Err(Operation::Refused(refusal))) => {
                prop_assert_eq!(refusal, TokenError::RotationGap { at });
                prop_assert!(at >= noon());
            }
            (planned, rotated) => prop_assert!(false, "{:?} {:?}", planned, rotated.map(|rotated| rotated.plan)),
        }
    }
}
