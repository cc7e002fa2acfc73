//! What a tool says about its own version.

use std::path::Path;

use crate::run::Call;

/// Asks a program for its version; nothing if it cannot be run or does not say.
pub(crate) fn of(program: &Path) -> Option<String> {
    let text = Call::new(program).arg("--version").output().ok()?;
    first_in(&text).map(str::to_owned)
}

/// The first word of a text that is a version, without a leading `v`.
pub(crate) fn first_in(text: &str) -> Option<&str> {
    let words = text.split_whitespace().map(|word| word.strip_prefix('v').unwrap_or(word));
    words
        .map(|word| word.trim_matches(['(', ')', ',']))
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
}

/// The number before the first dot.
pub(crate) fn major(version: &str) -> Option<u32> {
    version.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tool_says_its_version_in_its_own_way() {
        assert_eq!(first_in("trunk 0.21.14\n"), Some("0.21.14"));
        assert_eq!(first_in("wasm-bindgen 0.2.130 (27c7a4d06)"), Some("0.2.130"));
        assert_eq!(first_in("wasm-opt version 132 (version_132)"), Some("132"));
        assert_eq!(first_in("v20.20.2"), Some("20.20.2"));
        assert_eq!(first_in("Chromium 156.0.8078.79 built on Debian GNU/Linux 12"), Some("156.0.8078.79"));
        assert_eq!(first_in("no number here"), None);
    }

    #[test]
    fn the_major_version_is_a_number() {
        assert_eq!(major("132.0.0"), Some(132));
        assert_eq!(major("132"), Some(132));
        assert_eq!(major("next"), None);
    }
}
