//! The choice of the original, what is foreseen of it, and what it is warned of.

use std::cmp::Reverse;
use std::sync::Arc;

use chrono::TimeDelta;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;
use tollgate_tokens::compatible::{
    ClientDefault, ClientExpires, ClientToken, ClientTokenCall, ClientTokenChoice, ClientTokenServer,
    ClientTokenSetting, PassedOver, Warning,
};
use tollgate_tokens::test_support::noon;
use tollgate_tokens::{Token, Workspace};

use crate::stored::{Stored, compatible_call, done, foreseen, stored, workspace};

/// What the specification says, read word for word.
#[derive(Debug, PartialEq)]
enum Told {
    Existing(u64),
    New,
    Crash,
}

fn told(workspace: &Workspace, call: &ClientTokenCall, server: &ClientTokenServer) -> Told {
    if call.local_site.is_some() && !server.has_local_sites {
        return Told::Crash;
    }
    let micros = (call.min_validity_secs.max(0.0) * 1e6).round() as i64;
    let valid_until = noon() + TimeDelta::microseconds(micros);
    let mut candidates: Vec<&Arc<Token>> = workspace
        .tokens()
        .filter(|token| token.owner == call.user && token.valid)
        .filter(|token| token.expires.is_none_or(|expires| expires > valid_until))
        .filter(|token| !server.has_local_sites || token.local_site == call.local_site)
        .collect();
    // The sort is stable, and what never expires comes first.
    candidates.sort_by_key(|token| Reverse(token.expires.map_or(i64::MAX, |expires| expires.timestamp_micros())));
    for token in candidates {
        let Some(extra_data) = token.extra_data.as_object() else { return Told::Crash };
        let is_same = extra_data.get("client_name").cloned().unwrap_or_default() == json!(call.client_name);
        if is_same && !(call.ignore_deprecated && token.generator.as_str() == "legacy_sha1") {
            return Told::Existing(token.number);
        }
    }
    Told::New
}

fn any_stored() -> impl Strategy<Value = Stored> {
    let names = [json!({"client_name": "RBTools"}), json!({"client_name": "IDE"}), json!({"client_name": null})];
    let extra_data = [names.to_vec(), names[..1].to_vec(), vec![json!({}), json!([1])]].concat();
    (
        select(vec!["alice", "alice", "alice", "bob"]),
        select(vec![None, Some(-1), Some(0), Some(300), Some(301), Some(86_400)]),
        select(extra_data),
        select(vec![None, None, Some("acme"), Some("beta")]),
        select(vec!["vendor_checksum", "legacy_sha1"]),
        prop::bool::weighted(0.8),
    )
        .prop_map(|(owner, expires, extra_data, local_site, generator, valid)| Stored {
            owner,
            expires,
            extra_data,
            local_site,
            generator,
            valid,
        })
}

fn any_call() -> impl Strategy<Value = ClientTokenCall> {
    let hour = noon() + TimeDelta::hours(1);
    (
        select(vec![Some("RBTools"), Some("RBTools"), Some("IDE"), None]),
        select(vec![ClientExpires::Unset, ClientExpires::Never, ClientExpires::At(hour)]),
        select(vec![300.0, 0.0, -5.0, 0.5, 1e-7, 86_400.0]),
        select(vec![json!({}), json!({"a": 1}), json!({"client_name": "other"})]),
        select(vec![None, None, Some("acme")]),
        any::<bool>(),
    )
        .prop_map(|(client_name, expires, min_validity_secs, extra_data, local_site, ignore_deprecated)| {
            ClientTokenCall {
                client_name: client_name.map(str::to_owned),
                expires,
                min_validity_secs,
                default_extra_data: ClientDefault::Value(extra_data.as_object().cloned().unwrap()),
                local_site: local_site.map(|site| site.parse().unwrap()),
                ignore_deprecated,
                ..compatible_call()
            }
        })
}

fn any_server() -> impl Strategy<Value = ClientTokenServer> {
    let settings = vec![json!(365), json!(0), json!(-1), json!(true), json!("5")];
    (select(settings), prop::bool::weighted(0.8)).prop_map(|(setting, has_local_sites)| ClientTokenServer {
        expiration: ClientTokenSetting(setting),
        has_local_sites,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// What is foreseen is what is done, and both are what the specification says.
    #[test]
    fn the_preview_tells_what_is_done(
        tokens in prop::collection::vec(any_stored(), 0..8),
        call in any_call(),
        server in any_server(),
    ) {
        let workspace = workspace(&tokens);
        let told = told(&workspace, &call, &server);
        match (foreseen(&workspace, &call, &server), done(&workspace, &call, &server)) {
            (Err(foreseen), Err(error)) => {
                prop_assert_eq!(foreseen, error);
                prop_assert_eq!(told, Told::Crash);
            }
            (Ok(preview), Ok((token, _warnings))) => {
                match (&preview.choice, token) {
                    (ClientTokenChoice::Existing(foreseen), ClientToken::Existing(token)) => {
                        prop_assert_eq!(foreseen.uid, token.uid);
                        prop_assert_eq!(told, Told::Existing(token.number));
                    }
                    (ClientTokenChoice::New(foreseen), ClientToken::Made(made)) => {
                        prop_assert_eq!(&foreseen.note, &made.event.note);
                        prop_assert_eq!(foreseen.expires, made.event.expires);
                        prop_assert_eq!(&json!(foreseen.extra_data), &made.event.extra_data);
                        prop_assert_eq!(told, Told::New);
                    }
                    (foreseen, token) => return Err(TestCaseError::fail(format!("{foreseen:?}, {token:?}"))),
                }
            }
            (foreseen, done) => return Err(TestCaseError::fail(format!("{foreseen:?}, {done:?}"))),
        }
    }

    /// Every token of the user is either the one that is handed out or passed over for a reason.
    #[test]
    fn the_preview_names_every_token_once(
        tokens in prop::collection::vec(any_stored(), 0..8),
        call in any_call(),
        server in any_server(),
    ) {
        let workspace = workspace(&tokens);
        let Ok(preview) = foreseen(&workspace, &call, &server) else { return Ok(()) };
        let mut numbers: Vec<u64> = preview.passed_over.iter().map(|(token, _)| token.number).collect();
        prop_assert!(numbers.is_sorted());
        if let ClientTokenChoice::Existing(token) = &preview.choice {
            numbers.push(token.number);
        }
        numbers.sort_unstable();
        let all: Vec<u64> = workspace.tokens_of(&call.user).map(|token| token.number).collect();
        prop_assert_eq!(numbers, all);
    }
}

#[test]
fn each_token_is_passed_over_for_the_first_reason_that_applies() {
    let other_site = Stored { local_site: Some("acme"), ..stored() };
    let other_client = Stored { extra_data: json!({"client_name": "IDE"}), ..stored() };
    let tokens = [
        Stored { valid: false, ..other_site.clone() },
        Stored { expires: Some(300), ..other_site.clone() },
        Stored { extra_data: json!({}), ..other_site },
        Stored { generator: "legacy_sha1", ..other_client },
        Stored { generator: "legacy_sha1", ..stored() },
        Stored { expires: Some(301), ..stored() },
        stored(),
        stored(),
        Stored { expires: Some(301), extra_data: json!([1]), ..stored() },
        Stored { owner: "bob", ..stored() },
    ];
    let workspace = workspace(&tokens);
    let call = ClientTokenCall { ignore_deprecated: true, ..compatible_call() };
    let preview = foreseen(&workspace, &call, &ClientTokenServer::default()).unwrap();
    let ClientTokenChoice::Existing(chosen) = &preview.choice else { panic!("{preview:?}") };
    assert_eq!(chosen.number, 7);
    let reasons: Vec<(u64, PassedOver)> = preview.passed_over.iter().map(|(token, why)| (token.number, *why)).collect();
    let expected = [
        (1, PassedOver::Invalid),
        (2, PassedOver::ExpiresTooSoon),
        (3, PassedOver::OtherSite),
        (4, PassedOver::OtherClient),
        (5, PassedOver::Deprecated),
        (6, PassedOver::ExpiresSooner),
        (8, PassedOver::ExpiresSooner),
        (9, PassedOver::OtherClient),
    ];
    assert_eq!(reasons, expected);
    assert_eq!(preview.ties(), 1, "number 8 would do as well");
}

#[test]
fn a_choice_that_only_sqlite_makes_is_warned_of() {
    let soon = || Stored { expires: Some(86_400), ..stored() };
    let call = compatible_call();
    let server = ClientTokenServer::default();
    let (_, warnings) = done(&workspace(&[soon(), soon(), soon()]), &call, &server).unwrap();
    assert_eq!(warnings, [Warning::TieBroken { count: 3 }]);
    let (token, warnings) = done(&workspace(&[soon(), stored(), soon()]), &call, &server).unwrap();
    assert!(matches!(token, ClientToken::Existing(token) if token.number == 2));
    assert!(warnings.is_empty());
}

#[test]
fn what_the_original_does_not_check_is_warned_of() {
    let policy = ClientDefault::Value(json!({"resources": {"nope": {}}}));
    let call = ClientTokenCall { default_policy: policy, ..compatible_call() };
    let server = ClientTokenServer { expiration: ClientTokenSetting(json!(-1)), has_local_sites: true };
    let (_, warnings) = done(&workspace(&[]), &call, &server).unwrap();
    assert_eq!(warnings, [Warning::PolicyNotValid, Warning::BornExpired]);
    let (_, warnings) = done(&workspace(&[stored()]), &call, &server).unwrap();
    assert!(warnings.is_empty(), "what is there already is not looked at");
}

#[test]
fn where_the_original_crashes_is_an_error_that_says_why() {
    let server = ClientTokenServer { expiration: ClientTokenSetting(json!(10_000_000)), has_local_sites: false };
    let refused =
        |call: ClientTokenCall, tokens: &[Stored]| done(&workspace(tokens), &call, &server).unwrap_err().to_string();
    let on_site = ClientTokenCall { local_site: Some("acme".parse().unwrap()), ..compatible_call() };
    assert_eq!(refused(on_site, &[stored()]), "the server has no Local Sites, so there is none called `acme`");
    assert_eq!(refused(compatible_call(), &[]), "the expiry lies outside the years 1 to 9999");
    let for_long = ClientTokenCall { min_validity_secs: 1e300, ..compatible_call() };
    let message = "the end of the minimum validity lies outside the years 1 to 9999";
    assert_eq!(refused(for_long, &[stored()]), message);
    let list = Stored { extra_data: json!([1]), ..stored() };
    let message = "the extra data of token 1 is no object, so it does not say whose token it is";
    assert_eq!(refused(compatible_call(), &[list.clone(), stored()]), message);
    assert!(done(&workspace(&[stored(), list]), &compatible_call(), &server).is_ok(), "it is not reached");
}
