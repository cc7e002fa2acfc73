//! What this program is, and what it was compared with.

/// Recorded answers of the original that every build replays: policies, tokens, then logging in.
/// `tests/conformance_count.rs` keeps them true.
const RECORDED: [(&str, usize); 3] = [("policies", 27_116), ("tokens", 1_329), ("logins", 117)];

/// How many recorded answers every build replays.
#[must_use]
pub fn recorded_answers() -> usize {
    RECORDED.iter().map(|(_, count)| count).sum()
}

/// The facts, as terms and values.
#[must_use]
pub fn facts() -> Vec<(&'static str, String)> {
    vec![
        ("Version", env!("CARGO_PKG_VERSION").to_owned()),
        ("Compatible with", "Review Board 8.1, Djblets 6.1".to_owned()),
        (
            "Conformance",
            format!(
                "{} recorded answers are replayed by every build; one mismatch fails it",
                crate::format::count(recorded_answers())
            ),
        ),
        ("Network", "none: everything is served from this address".to_owned()),
        ("License", "MIT".to_owned()),
    ]
}
