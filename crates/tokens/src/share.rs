//! A policy as the fragment of a link: written down on purpose, read as a stranger's.
//!
//! A fragment is the part of an address behind `#`, which no browser sends to a server.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::scan::json_holds_token;

/// What every fragment begins with: its purpose, and the version of its form.
const BEGINNING: &str = "policy=1.";

/// What the fragments of every version begin with.
const PURPOSE: &str = "policy=";

/// The longest text that is shared, in bytes: longer addresses are cut or refused on their way through other programs.
const LONGEST_TEXT: usize = 16 << 10;

/// Why a text is not shared, or a fragment holds no policy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ShareError {
    /// The text is too long for a link.
    #[error("the policy has {bytes} bytes, and a link holds at most {limit}")]
    TooLong {
        /// How many bytes it has, or at least has.
        bytes: usize,
        /// The most that a link holds.
        limit: usize,
    },
    /// The text holds a token.
    #[error("the policy contains what looks like a token")]
    LooksLikeToken,
    /// The fragment is for something else.
    #[error("the link holds no policy")]
    NoPolicy,
    /// A newer program wrote it.
    #[error("the link was made by a newer program")]
    Newer,
    /// The fragment was cut off, or changed on its way.
    #[error("the policy in the link cannot be read: it was cut off or changed")]
    Damaged,
}

impl ShareError {
    /// A stable code, for documents and searches.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "L0501",
            Self::LooksLikeToken => "L0502",
            Self::NoPolicy => "L0503",
            Self::Newer => "L0504",
            Self::Damaged => "L0505",
        }
    }

    /// What to do about it.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "share it as a file",
            Self::LooksLikeToken => "treat that token as leaked: invalidate it, and take it out of the text",
            Self::NoPolicy => "take the whole link, with what stands behind `#`",
            Self::Newer => "open the link with the program that made it, or a newer one than this",
            Self::Damaged => "ask for the link again, or for the policy as a file",
        }
    }
}

/// A text that somebody else put into a link: nothing about it was checked but that it can be read and holds no token.
///
/// It is a draft, to be looked at and checked like any text that is typed; it is given to no token and kept nowhere
/// before somebody says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedDraft(String);

impl SharedDraft {
    /// Reads a fragment, with or without the `#` before it.
    ///
    /// # Errors
    ///
    /// [`ShareError`] for a fragment that holds no policy, or one that no console would have written.
    pub fn read(fragment: &str) -> Result<Self, ShareError> {
        let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
        let Some(written) = fragment.strip_prefix(BEGINNING) else {
            let is_policy = fragment.strip_prefix(PURPOSE).is_some_and(names_version);
            return Err(if is_policy { ShareError::Newer } else { ShareError::NoPolicy });
        };
        // Three bytes for four letters: nothing longer is even read.
        let bytes = written.len() / 4 * 3;
        if bytes > LONGEST_TEXT {
            return Err(ShareError::TooLong { bytes, limit: LONGEST_TEXT });
        }
        let bytes = URL_SAFE_NO_PAD.decode(written).map_err(|_| ShareError::Damaged)?;
        let text = String::from_utf8(bytes).map_err(|_| ShareError::Damaged)?;
        check(&text)?;
        Ok(Self(text))
    }

    /// The text, which nobody checked.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Writes a policy as the fragment of a link, without the `#`. Not packed, so that anybody can see what is in it.
///
/// # Errors
///
/// [`ShareError::TooLong`] or [`ShareError::LooksLikeToken`].
///
/// ```
/// use tollgate_tokens::{SharedDraft, share_fragment};
///
/// let fragment = share_fragment(r#"{"resources": {}}"#)?;
/// assert_eq!(fragment, "policy=1.eyJyZXNvdXJjZXMiOiB7fX0");
/// assert_eq!(SharedDraft::read(&fragment)?.as_str(), r#"{"resources": {}}"#);
/// # Ok::<(), tollgate_tokens::ShareError>(())
/// ```
pub fn share_fragment(text: &str) -> Result<String, ShareError> {
    check(text)?;
    Ok(format!("{BEGINNING}{}", URL_SAFE_NO_PAD.encode(text)))
}

fn check(text: &str) -> Result<(), ShareError> {
    if text.len() > LONGEST_TEXT {
        return Err(ShareError::TooLong { bytes: text.len(), limit: LONGEST_TEXT });
    }
    if json_holds_token(text) { Err(ShareError::LooksLikeToken) } else { Ok(()) }
}

/// Whether a fragment goes on with a version and a dot.
fn names_version(rest: &str) -> bool {
    rest.split_once('.').is_some_and(|(version, _)| version.parse::<u32>().is_ok_and(|version| version > 1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::generator::VendorChecksum;

    #[track_caller]
    fn check_refused(fragment: &str, code: &str) {
        assert_eq!(SharedDraft::read(fragment).unwrap_err().code(), code, "{fragment}");
    }

    #[test]
    fn what_is_no_policy_is_told_from_what_was_damaged() {
        let fragment = share_fragment("{\"resources\": {\"*\": {\"block\": [\"*\"]}}}\n").unwrap();
        assert_eq!(SharedDraft::read(&format!("#{fragment}")), SharedDraft::read(&fragment));
        for other in ["", "#", "policy", "policy=", "policy=x", "policy=1", "policy=0.e30", "token=1.e30"] {
            check_refused(other, "L0503");
        }
        check_refused("policy=2.e30", "L0504");
        // A letter that base 64 for links has not, bits behind the end, half a byte, no UTF-8, and a filler.
        for damaged in ["policy=1.e3+", "policy=1.e31", "policy=1.e", "policy=1._w", "policy=1.e30="] {
            check_refused(damaged, "L0505");
        }
    }

    #[test]
    fn a_text_that_is_too_long_is_refused_either_way() {
        let longest = "x".repeat(LONGEST_TEXT);
        let fragment = share_fragment(&longest).unwrap();
        assert_eq!(SharedDraft::read(&fragment).unwrap().as_str(), longest);
        let longer = longest + "x";
        let error = share_fragment(&longer).unwrap_err();
        assert_eq!(error.to_string(), "the policy has 16385 bytes, and a link holds at most 16384");
        check_refused(&format!("{BEGINNING}{}", URL_SAFE_NO_PAD.encode(longer)), "L0501");
        check_refused(&format!("{BEGINNING}{}", "?".repeat(1 << 20)), "L0501");
    }

    #[test]
    fn a_token_gets_neither_into_a_link_nor_out_of_one() {
        let token = VendorChecksum::assemble("rbp", &"a".repeat(245));
        let hidden = format!("{{\"note\": \"{}\"}}", token.replacen('a', r"\u0061", 1));
        for text in [token, hidden] {
            assert_eq!(share_fragment(&text), Err(ShareError::LooksLikeToken));
            check_refused(&format!("{BEGINNING}{}", URL_SAFE_NO_PAD.encode(text)), "L0502");
        }
    }

    proptest! {
        #[test]
        fn reading_is_the_inverse_of_writing(text in "\\PC{0,300}") {
            let fragment = share_fragment(&text).unwrap();
            let draft = SharedDraft::read(&fragment).unwrap();
            prop_assert_eq!(draft.as_str(), text.as_str());
            let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.=".contains(letter);
            prop_assert!(fragment.chars().all(is_plain));
        }

        #[test]
        fn no_fragment_of_a_stranger_makes_it_panic(rest in "\\PC{0,60}") {
            for beginning in ["", "#", PURPOSE, BEGINNING] {
                drop(SharedDraft::read(&format!("{beginning}{rest}")));
            }
        }
    }
}
