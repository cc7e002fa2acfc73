//! Tokens that are there before a client asks, and what the compatible layer makes of them.

use chrono::TimeDelta;
use serde_json::json;
use tollgate_tokens::compatible::{
    ClientToken, ClientTokenCall, ClientTokenError, ClientTokenPreview, ClientTokenServer, Warning,
    get_or_create_client_token, preview_client_token,
};
use tollgate_tokens::test_support::{CountingEntropy, memory_manager, noon};
use tollgate_tokens::{
    EventBody, GeneratorRegistry, Journal as _, NewEvent, TokenGenerated, TokenSecret, TokenUid, Workspace,
};

/// A token that is there before a client asks.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    pub(crate) owner: &'static str,
    /// In seconds from noon.
    pub(crate) expires: Option<i64>,
    pub(crate) extra_data: serde_json::Value,
    pub(crate) local_site: Option<&'static str>,
    pub(crate) generator: &'static str,
    pub(crate) valid: bool,
}

/// A global token of alice for RBTools that never expires; the tests say what differs.
pub(crate) fn stored() -> Stored {
    Stored {
        owner: "alice",
        expires: None,
        extra_data: json!({"client_name": "RBTools"}),
        local_site: None,
        generator: "vendor_checksum",
        valid: true,
    }
}

pub(crate) fn uid(number: u64) -> TokenUid {
    TokenUid::from_bytes(u128::from(number).to_be_bytes())
}

pub(crate) fn event(stored: &Stored, number: u64) -> NewEvent {
    let secret = TokenSecret::new(format!("token-{number}"));
    let generated = TokenGenerated {
        uid: uid(number),
        number,
        owner: stored.owner.parse().unwrap(),
        digest: secret.digest(),
        fingerprint: secret.fingerprint(None),
        generator: stored.generator.parse().unwrap(),
        note: String::new(),
        policy: "{}".to_owned(),
        extra_data: stored.extra_data.clone(),
        expires: stored.expires.map(|seconds| noon() + TimeDelta::seconds(seconds)),
        local_site: stored.local_site.map(|site| site.parse().unwrap()),
        auto_generated: false,
        valid: stored.valid,
        policy_source: None,
        overrides: None,
    };
    NewEvent::Here { at: noon(), by: None, body: EventBody::TokenGenerated(Box::new(generated)) }
}

/// Numbers the tokens from 1.
pub(crate) fn workspace(tokens: &[Stored]) -> Workspace {
    let manager = memory_manager();
    let events = tokens.iter().zip(1..).map(|(stored, number)| event(stored, number)).collect();
    pollster::block_on(manager.append(events)).unwrap();
    manager.journal().read(|ledger| ledger.workspace().clone())
}

pub(crate) fn compatible_call() -> ClientTokenCall {
    ClientTokenCall::new("alice".parse().unwrap(), Some("RBTools".to_owned()))
}

pub(crate) type Done = Result<(ClientToken, Vec<Warning>), ClientTokenError>;

pub(crate) fn done(workspace: &Workspace, call: &ClientTokenCall, server: &ClientTokenServer) -> Done {
    let (registry, entropy) = (GeneratorRegistry::built_in(), CountingEntropy::scrambled(1));
    get_or_create_client_token(workspace, &registry, call, server, &entropy, noon())
}

pub(crate) type Foreseen = Result<ClientTokenPreview, ClientTokenError>;

pub(crate) fn foreseen(workspace: &Workspace, call: &ClientTokenCall, server: &ClientTokenServer) -> Foreseen {
    preview_client_token(workspace, &GeneratorRegistry::built_in(), call, server, noon())
}
