//! Policies to start from.

use crate::ids::{ItemId, PolicyId};

/// A policy to start from, as a library offers it.
///
/// ```
/// use tollgate_policy::presets::{TEMPLATES, template};
///
/// let ci_bot = template("ci_bot").ok_or("gone")?;
/// assert_eq!(ci_bot.name, "CI bot");
/// assert!(ci_bot.blank.is_none() && ci_bot.text("").contains("status_update"));
/// assert!(TEMPLATES.iter().any(|template| template.id == "one_repository"));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Template {
    /// Names it for ever: lower-case letters, digits and `_`.
    pub id: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// What it is for, in a few words.
    pub summary: &'static str,
    /// What is filled in, if anything is.
    pub blank: Option<Blank>,
    write: fn(&ItemId) -> String,
}

/// The one thing that a template leaves open: which item of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blank {
    /// What is asked for.
    pub label: &'static str,
    /// The resource that it is an id of.
    pub policy_id: &'static str,
    /// An id that could stand there.
    pub example: &'static str,
}

impl Template {
    /// The policy, with this text in the blank; where there is none, the text does not matter.
    pub fn text(&self, filled_in: &str) -> String {
        (self.write)(&ItemId::from(filled_in))
    }
}

impl Blank {
    /// The resource that it is an id of.
    pub fn resource(&self) -> PolicyId {
        PolicyId::from(self.policy_id)
    }
}

/// What a library offers to start from, from the most common on.
pub const TEMPLATES: [Template; 7] = [
    Template {
        id: "read_only",
        name: "Read everything",
        summary: "For dashboards, search and backups",
        blank: None,
        write: |_| read_only().to_owned(),
    },
    Template {
        id: "ci_bot",
        name: "CI bot",
        summary: "Reads all; posts reviews with their comments, and the status of checks",
        blank: None,
        write: |_| ci_bot(),
    },
    Template {
        id: "one_repository",
        name: "One repository",
        summary: "Reads one repository and nothing else",
        blank: Some(Blank { label: "Id of the repository", policy_id: "repository", example: "7" }),
        write: one_repository,
    },
    Template {
        id: "reviewer",
        name: "Reviewer",
        summary: "For a person who reviews: reads all, writes reviews and keeps lists of their own",
        blank: None,
        write: |_| reviewer(),
    },
    Template {
        id: "author",
        name: "Author of changes",
        summary: "Posts changes for review and updates them; deletes nothing",
        blank: None,
        write: |_| author(),
    },
    Template {
        id: "status_reporter",
        name: "Status of checks",
        summary: "Reads all and reports the status of checks; writes no reviews",
        blank: None,
        write: |_| status_reporter(),
    },
    Template {
        id: "full_access",
        name: "Everything",
        summary: "All that the user may do, deleting included",
        blank: None,
        write: |_| full_access().to_owned(),
    },
];

/// The template with this id.
pub fn template(id: &str) -> Option<&'static Template> {
    TEMPLATES.iter().find(|template| template.id == id)
}

/// Reviews, with their comments and replies.
const REVIEWS: [&str; 10] = [
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

/// Changes that are posted for review, with all that belongs to a draft of one.
const CHANGES: [&str; 9] = [
    "review_request",
    "review_request_draft",
    "diff",
    "draft_diff",
    "draft_commit",
    "draft_file_attachment",
    "draft_screenshot",
    "file_attachment",
    "screenshot",
];

/// What says whether a change could be posted.
const VALIDATIONS: [&str; 2] = ["diff_validation", "commit_validation"];

/// What a person keeps for themselves.
const OWN_LISTS: [&str; 5] = [
    "archived_review_request",
    "muted_review_request",
    "user_file_attachment",
    "watched_review_group",
    "watched_review_request",
];

/// What tells the status of a check.
const STATUS: [&str; 1] = ["status_update"];

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
    reading_and(&[(&REVIEWS, ANY_METHOD)])
}

/// Reading everything, and posting reviews and the status of checks.
pub fn ci_bot() -> String {
    reading_and(&[(&REVIEWS, ANY_METHOD), (&STATUS, ANY_METHOD)])
}

/// Reading everything, and reporting the status of checks.
pub fn status_reporter() -> String {
    reading_and(&[(&STATUS, ANY_METHOD)])
}

/// Reading everything, reviewing, and keeping the lists that a person has for themselves: what is watched, muted and
/// archived, and files to show in comments.
pub fn reviewer() -> String {
    reading_and(&[(&REVIEWS, ANY_METHOD), (&OWN_LISTS, ANY_METHOD)])
}

/// Reading everything, and posting changes for review, as `rbt post` does. Nothing can be deleted, also not by a POST
/// that says it is a DELETE: the server asks for what the request says it is.
pub fn author() -> String {
    reading_and(&[
        (&CHANGES, r#"["POST", "PUT"]"#),
        (&["draft_file_diff"], r#"["PUT"]"#),
        (&VALIDATIONS, r#"["POST"]"#),
    ])
}

/// A list of methods that stands for all of them.
const ANY_METHOD: &str = r#"["*"]"#;

/// Reading everything, and more on some resources: groups of them, each with a list of methods.
fn reading_and(groups: &[(&[&str], &str)]) -> String {
    fn section(policy_id: &str, methods: &str) -> String {
        format!("    \"{policy_id}\": {{\"*\": {{\"allow\": {methods}}}}}")
    }
    let sections = groups.iter().flat_map(|(resources, methods)| resources.iter().map(move |id| section(id, methods)));
    let sections: Vec<String> = sections.collect();
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
    use crate::{Catalog, CompiledPolicy, Effect, Severity, check};

    #[test]
    fn every_preset_is_accepted_without_warnings() {
        let texts = TEMPLATES.iter().map(|template| template.text("a\"\\\n")).chain([post_reviews()]);
        for text in texts {
            let checked = check(&text, Catalog::review_board_8_1());
            assert!(checked.verdict().is_accepted(), "{text}");
            let is_quiet = checked.diagnostics().iter().all(|found| found.severity == Severity::Hint);
            // The server's own words name methods that no resource implements.
            assert!(is_quiet && (checked.diagnostics().is_empty() || text == read_only()), "{text}");
        }
    }

    #[test]
    fn every_template_has_an_id_of_its_own_and_its_blank_is_a_known_resource() {
        for template in TEMPLATES {
            assert_eq!(TEMPLATES.iter().filter(|other| other.id == template.id).count(), 1, "{}", template.id);
            assert!(template.id.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_'), "{}", template.id);
            let blank = template.blank.map(|blank| blank.resource());
            assert!(blank.is_none_or(|known| Catalog::review_board_8_1().is_known(known.as_str())), "{}", template.id);
            let (filled, other) = (template.text("7"), template.text("8"));
            assert_eq!(filled != other, template.blank.is_some(), "{}", template.id);
        }
    }

    /// What the templates promise: whether each lets these requests through.
    #[test]
    fn a_template_does_what_its_summary_says() {
        let requests = [
            ("review_request", "GET"),
            ("review", "POST"),
            ("review_reply_diff_comment", "PUT"),
            ("status_update", "POST"),
            ("watched_review_group", "POST"),
            ("review_request", "POST"),
            ("review_request_draft", "PUT"),
            ("review_request", "DELETE"),
            ("repository", "DELETE"),
        ];
        let promised = [
            ("read_only", [1, 0, 0, 0, 0, 0, 0, 0, 0]),
            ("ci_bot", [1, 1, 1, 1, 0, 0, 0, 0, 0]),
            ("one_repository", [0, 0, 0, 0, 0, 0, 0, 0, 0]),
            ("reviewer", [1, 1, 1, 0, 1, 0, 0, 0, 0]),
            ("author", [1, 0, 0, 0, 0, 1, 1, 0, 0]),
            ("status_reporter", [1, 0, 0, 1, 0, 0, 0, 0, 0]),
            ("full_access", [1, 1, 1, 1, 1, 1, 1, 1, 1]),
        ];
        for (id, expected) in promised {
            let text = template(id).unwrap().text("7");
            let compiled = CompiledPolicy::new(&check(&text, Catalog::review_board_8_1()).policy().unwrap());
            let decide = |(policy_id, method)| compiled.decide(policy_id, method, Some("3")).effect == Effect::Allow;
            assert_eq!(requests.map(|request| i32::from(decide(request))), expected, "{id}");
        }
        let text = template("one_repository").unwrap().text("7");
        let compiled = CompiledPolicy::new(&check(&text, Catalog::review_board_8_1()).policy().unwrap());
        assert_eq!(compiled.decide("repository", "GET", Some("7")).effect, Effect::Allow);
        assert_eq!(compiled.decide("repository", "GET", Some("3")).effect, Effect::Deny);
    }
}
