//! Tokens of which only number, digest and weight matter, and snapshots of them.

use std::sync::Arc;

use tollgate_inventory::{Head, Snapshot};
use tollgate_tokens::{
    Fingerprint, RecordHash, Standing, Timestamp, Token, TokenDigest, TokenUid, Workspace, WorkspaceParts,
};

/// A note so long that no chunk holds three of them.
const LONG: usize = 400_000;

/// A token with nothing but what it must have, and a note of this length.
pub fn token(number: u8, digest: TokenDigest, note_length: usize) -> Arc<Token> {
    Arc::new(Token {
        uid: TokenUid::from_bytes([number; 16]),
        number: number.into(),
        owner: "ci-bot".parse().unwrap(),
        digest,
        fingerprint: Fingerprint::default(),
        generator: "vendor_checksum".parse().unwrap(),
        time_added: Timestamp::default(),
        last_updated: Timestamp::default(),
        last_used: None,
        expires: None,
        valid: true,
        invalid_date: None,
        invalid_reason: String::new(),
        invalidated_by: None,
        note: number.to_string().repeat(note_length) + "!",
        policy: "{}".into(),
        policy_source: None,
        extra_data: serde_json::json!({}),
        local_site: None,
        auto_generated: false,
        replaces: None,
        replaced_by: None,
        standing: Standing::Known,
        doubted: false,
    })
}

/// Seven tokens that take four chunks; a snapshot has two more, the dictionary before them and the index behind.
pub fn in_many_chunks(digest: impl Fn(u8) -> TokenDigest) -> Workspace {
    holding((1..=7).map(|number| token(number, digest(number), LONG)))
}

/// A workspace with these tokens and nothing else.
pub fn holding(tokens: impl Iterator<Item = Arc<Token>>) -> Workspace {
    Workspace::from_parts(WorkspaceParts { tokens: tokens.collect(), ..WorkspaceParts::default() })
}

/// The snapshot of a workspace, at a head that does not matter.
pub fn encode(workspace: &Workspace) -> Snapshot {
    let head = Head { sequence: 1, hash: RecordHash::of(b"any record"), next_sequence: 2 };
    Snapshot::encode(workspace, head).unwrap()
}
