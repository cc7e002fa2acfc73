//! Policies to start from.

use crate::ids::ItemId;

/// Full access: no rules at all.
pub const fn full_access() -> &'static str {
    "{}"
}

/// Reading only, in the very words that the server's own screen uses and recognizes.
///
/// HEAD and OPTIONS have no effect: the server answers 405 before it asks the policy.
pub const fn read_only() -> &'static str {
    r#"{"resources":{"*":{"allow":["GET","HEAD","OPTIONS"],"block":["*"]}}}"#
}

/// Reading everything, and posting, changing and publishing reviews with their comments and replies.
pub fn post_reviews() -> String {
    const WRITABLE: [&str; 10] = [
        "review",
        "review_diff_comment",
        "review_file_attachment_comment",
        "review_general_comment",
        "review_screenshot_comment",
        "review_reply",
        "review_reply_diff_comment",
        "review_reply_file_attachment_comment",
        "review_reply_general_comment",
        "review_reply_screenshot_comment",
    ];
    let sections = WRITABLE.map(|policy_id| format!("    \"{policy_id}\": {{\"*\": {{\"allow\": [\"*\"]}}}}"));
    format!(
        "{{\n  \"resources\": {{\n    \"*\": {{\"allow\": [\"GET\"], \"block\": [\"*\"]}},\n{}\n  }}\n}}\n",
        sections.join(",\n")
    )
}

/// Reading one repository and nothing else, but for what every client reads first: the root, the server's
/// information and the session.
///
/// What belongs to a repository, such as its branches, has rules of its own and stays blocked: a policy cannot tell
/// the branches of one repository from those of another.
/// The list of repositories is denied.
///
/// ```
/// use tollgate_policy::{Catalog, check, presets};
///
/// let text = presets::one_repository(&"7".into());
/// assert!(check(&text, Catalog::review_board_8_1()).verdict().is_accepted());
/// ```
pub fn one_repository(repository: &ItemId) -> String {
    let id = quoted(repository.as_str());
    format!(
        r#"{{
  "resources": {{
    "*": {{"block": ["*"]}},
    "root": {{"*": {{"allow": ["GET"]}}}},
    "server_info": {{"*": {{"allow": ["GET"]}}}},
    "session": {{"*": {{"allow": ["GET"]}}}},
    "repository": {{{id}: {{"allow": ["GET"]}}}}
  }}
}}
"#
    )
}

/// `text` as a JSON text, with only those characters escaped that must be.
pub(crate) fn quoted(text: &str) -> String {
    let mut json = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => json.extend(['\\', character]),
            control if u32::from(control) < 0x20 => json.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => json.push(other),
        }
    }
    json.push('"');
    json
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Catalog, Severity, check};

    #[test]
    fn every_preset_is_accepted_without_warnings() {
        let texts =
            [full_access().to_owned(), read_only().to_owned(), post_reviews(), one_repository(&"a\"\\\n".into())];
        for text in texts {
            let checked = check(&text, Catalog::review_board_8_1());
            assert!(checked.verdict().is_accepted(), "{text}");
            assert!(checked.diagnostics().iter().all(|found| found.severity == Severity::Hint), "{text}");
        }
    }
}
