//! Giving tokens a policy, and who uses one.

use tollgate_policy::Policy;
use tollgate_tokens::checked::{
    Assigned, Assignment, NewExpiry, NewPolicy, OVERLAPS, Rotation, TokenEdit, TokenError, assign,
};
use tollgate_tokens::test_support::noon;
use tollgate_tokens::{
    Event, EventBody, Fingerprint, Journal as _, NewEvent, PolicySource, PolicyUid, SignalKind, TokenDigest,
    TokenGenerated, TokenUid, signals, use_counts, used_by,
};

use super::desk::{NO_DELETE, READ, TestManager, begun, last_event, made, next, refusal, token, with_alice};

fn give(manager: &TestManager, tokens: &[TokenUid], policy: NewPolicy) -> Result<Assigned, TokenError> {
    let call = Assignment { tokens: tokens.to_vec(), policy, overrides: None };
    match pollster::block_on(manager.assign(call)) {
        Ok(assigned) => Ok(assigned),
        refused => Err(refusal(refused)),
    }
}

/// The tokens that use a policy, with the number of the version.
fn users(manager: &TestManager, policy: PolicyUid) -> Vec<(TokenUid, u32)> {
    manager.journal().read(|ledger| {
        let uses = used_by(ledger.workspace(), policy);
        assert!(uses.iter().all(|by| by.is_as_saved));
        let count = use_counts(ledger.workspace()).get(&policy).copied().unwrap_or(0);
        assert_eq!(count, uses.len());
        uses.iter().map(|by| (by.token.uid, by.version.unwrap())).collect()
    })
}

fn named(manager: &TestManager, source: PolicySource, text: &str) -> TokenUid {
    made(manager, |call| {
        call.policy = text.to_owned();
        call.policy_source = Some(source);
    })
}

#[test]
fn many_tokens_are_given_a_version_in_one_record_and_it_is_undone_as_one() {
    let manager = with_alice();
    let source = begun(&manager, "CI bots", "{\n\"resources\": {\"*\": {\"block\": [\"DELETE\"]}}}");
    let texts = ["{}", READ, READ, NO_DELETE];
    let uids: Vec<TokenUid> =
        texts.iter().map(|text| made(&manager, |call| call.policy = (*text).to_owned())).collect();
    let like_that = named(&manager, source, NO_DELETE);
    let before: Vec<_> = uids.iter().map(|uid| token(&manager, *uid)).collect();

    let mut picked = uids.clone();
    picked.push(like_that);
    let assigned = give(&manager, &picked, NewPolicy::Named(source)).unwrap();
    assert_eq!((assigned.changed(), assigned.unchanged, assigned.groups.len()), (4, 1, 3));
    assert_eq!(assigned.groups[1].tokens, uids[1..3]);
    for uid in &uids {
        let token = token(&manager, *uid);
        assert_eq!((&*token.policy, token.policy_source), (NO_DELETE, Some(source)));
    }
    assert_eq!(users(&manager, source.policy).len(), 5);
    let act: Event = last_event(&manager);
    assert_eq!(act.body.kind(), "policies_assigned");
    let told = signals(&act);
    assert_eq!(told.len(), 4);
    assert!(told.iter().all(|signal| signal.kind == SignalKind::Updated));

    assert_eq!(pollster::block_on(manager.undo(act.id)).unwrap(), 4);
    let after: Vec<_> = uids.iter().map(|uid| token(&manager, *uid)).collect();
    assert_eq!(after, before);
    assert_eq!(users(&manager, source.policy), [(like_that, 1)]);
    assert_eq!(refusal(pollster::block_on(manager.undo(act.id))), TokenError::AlreadyUndone);
    // The undoing itself is not undone.
    let undone = last_event(&manager).id;
    assert_eq!(refusal(pollster::block_on(manager.undo(undone))), TokenError::UnknownAct(undone));
}

#[test]
fn an_assignment_that_a_later_act_built_on_stays() {
    let manager = with_alice();
    let source = begun(&manager, "CI bots", READ);
    let uid = made(&manager, |_| {});
    give(&manager, &[uid], NewPolicy::Named(source)).unwrap();
    let act = last_event(&manager).id;
    // The text is the same, but it is another version's.
    let second = next(&manager, source.policy, &format!("{READ}\n"));
    give(&manager, &[uid], NewPolicy::Named(second)).unwrap();
    assert_eq!(refusal(pollster::block_on(manager.undo(act))), TokenError::ChangedSince { number: 1 });
    pollster::block_on(manager.undo(last_event(&manager).id)).unwrap();
    assert_eq!(pollster::block_on(manager.undo(act)).unwrap(), 1);
    assert_eq!(token(&manager, uid).policy_source, None);
}

#[test]
fn the_effect_is_compared_once_for_each_distinct_text() {
    let manager = with_alice();
    let source = begun(&manager, "CI bots", READ);
    let texts = ["{}", NO_DELETE, r#"{"resources": {"*": {"allow": ["GET"]}}}"#];
    let event = |number: u64| {
        let mut uid = [0; 16];
        uid[..8].copy_from_slice(&number.to_be_bytes());
        let made = TokenGenerated {
            uid: TokenUid::from_bytes(uid),
            number,
            owner: "alice".parse().unwrap(),
            digest: TokenDigest::of(&number.to_string()),
            fingerprint: Fingerprint::default(),
            generator: "vendor_checksum".parse().unwrap(),
            note: String::new(),
            policy: texts[number as usize % 3].to_owned(),
            extra_data: serde_json::json!({}),
            expires: None,
            local_site: None,
            auto_generated: false,
            valid: true,
            policy_source: None,
            overrides: None,
        };
        NewEvent::Here { at: noon(), by: None, body: EventBody::TokenGenerated(Box::new(made)) }
    };
    pollster::block_on(manager.append((1..=10_000).map(event).collect())).unwrap();
    manager.journal().read(|ledger| {
        let tokens: Vec<TokenUid> = ledger.workspace().tokens().map(|token| token.uid).collect();
        let call = Assignment { tokens, policy: NewPolicy::Named(source), overrides: None };
        let (events, assigned) = assign(ledger.workspace(), &call).unwrap();
        assert_eq!((events.len(), assigned.changed()), (1, 10_000));
        let mut asked = 0;
        let compare = |before: &Policy, after: &Policy| format!("{} to {}", before.to_json(), after.to_json());
        let effects = assigned.effects(|before, after| {
            asked += 1;
            compare(before, after)
        });
        assert_eq!(asked, 3);
        assert_eq!(effects.iter().map(|effect| effect.tokens.len()).sum::<usize>(), 10_000);
        // The slow way: every token for itself.
        for effect in &effects {
            for uid in &effect.tokens {
                let before = Policy::stored(&ledger.workspace().token(*uid).unwrap().policy).unwrap();
                assert_eq!(effect.effect, Some(compare(&before, &Policy::stored(READ).unwrap())));
            }
        }
    });
}

#[test]
fn an_effect_on_a_policy_that_cannot_be_read_is_not_made_up() {
    let manager = with_alice();
    let uid = made(&manager, |_| {});
    let mut assigned = give(&manager, &[uid], NewPolicy::Written(READ.to_owned())).unwrap();
    assigned.groups[0].before.text = r#"{"resources": {"*": {"allow": "GET"}}}"#.to_owned();
    let effects = assigned.effects(|_, _| ());
    assert_eq!((effects.len(), effects[0].effect), (1, None));
}

#[test]
fn a_version_that_is_not_there_or_not_offered_or_other_than_said_is_given_to_nobody() {
    let manager = with_alice();
    let uid = made(&manager, |_| {});
    let source = begun(&manager, "CI bots", READ);
    let mut unknown = source;
    unknown.saved_by.sequence += 1;
    let error = give(&manager, &[uid], NewPolicy::Named(unknown)).unwrap_err();
    assert_eq!(
        (error.code(), error),
        ("T0601", TokenError::UnknownPolicyVersion { policy: source.policy, version: 1 })
    );
    let edit = |policy: &str, policy_source| {
        let edit = TokenEdit { policy: Some(policy.to_owned()), policy_source, ..TokenEdit::default() };
        pollster::block_on(manager.change(vec![uid], edit))
    };
    let other = refusal(edit(NO_DELETE, Some(source)));
    assert_eq!(other.to_string(), "version 1 of the policy `CI bots` has another text");
    pollster::block_on(manager.archive_policy(source.policy)).unwrap();
    let archived = give(&manager, &[uid], NewPolicy::Named(source)).unwrap_err();
    assert_eq!(archived.to_string(), "the policy `CI bots` is archived");
    assert_eq!(refusal(edit(READ, Some(source))), archived);
    assert_eq!(give(&manager, &[uid], NewPolicy::Written("{}".to_owned())), Err(TokenError::NothingToChange));
    assert_eq!(give(&manager, &[], NewPolicy::Written(READ.to_owned())), Err(TokenError::NothingToChange));
    let refused = give(&manager, &[uid], NewPolicy::Written("{".to_owned())).unwrap_err();
    assert_eq!(refused.code(), "T0104");
}

#[test]
fn a_token_uses_what_it_was_given_until_it_is_given_something_else() {
    let manager = with_alice();
    let first = begun(&manager, "CI bots", READ);
    let uid = named(&manager, first, "{\"resources\":{\"*\":{\"allow\":[\"GET\"],\"block\":[\"*\"]}}}");
    let second = next(&manager, first.policy, NO_DELETE);
    assert_eq!(users(&manager, first.policy), [(uid, 1)]);
    manager.journal().read(|ledger| assert!(!used_by(ledger.workspace(), first.policy)[0].is_newest));

    let edit = |edit: TokenEdit| pollster::block_on(manager.change(vec![uid], edit));
    edit(TokenEdit { note: Some("CI".to_owned()), ..TokenEdit::default() }).unwrap();
    // The same text, for no version, is no change.
    let same = edit(TokenEdit { policy: Some(READ.to_owned()), ..TokenEdit::default() });
    assert_eq!(refusal(same), TokenError::NothingToChange);
    assert_eq!(users(&manager, first.policy), [(uid, 1)]);
    let policy = Some(NO_DELETE.to_owned());
    edit(TokenEdit { policy, policy_source: Some(second), ..TokenEdit::default() }).unwrap();
    assert_eq!(users(&manager, first.policy), [(uid, 2)]);
    pollster::block_on(manager.undo(last_event(&manager).id)).unwrap();
    assert_eq!(users(&manager, first.policy), [(uid, 1)]);
    edit(TokenEdit { policy: Some("{}".to_owned()), ..TokenEdit::default() }).unwrap();
    assert!(users(&manager, first.policy).is_empty());
    pollster::block_on(manager.undo(last_event(&manager).id)).unwrap();
    assert_eq!(users(&manager, first.policy), [(uid, 1)]);
}

#[test]
fn a_successor_uses_what_its_predecessor_did_also_when_that_was_put_away() {
    let manager = with_alice();
    let source = begun(&manager, "CI bots", READ);
    let old = named(&manager, source, READ);
    pollster::block_on(manager.archive_policy(source.policy)).unwrap();
    let rotation = Rotation { token: old, overlap: OVERLAPS[2], expires: NewExpiry::Never };
    let new = pollster::block_on(manager.rotate(rotation)).unwrap().successor.uid;
    assert_eq!(users(&manager, source.policy), [(old, 1), (new, 1)]);
    pollster::block_on(manager.delete(vec![old], "gone".to_owned())).unwrap();
    assert_eq!(users(&manager, source.policy), [(new, 1)]);
    pollster::block_on(manager.undo(last_event(&manager).id)).unwrap();
    assert_eq!(users(&manager, source.policy), [(old, 1), (new, 1)]);
}
