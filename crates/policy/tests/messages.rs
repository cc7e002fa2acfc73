//! The words, the marked place and the help of every code, and that each is described.
#![allow(clippy::panic, clippy::unwrap_used, clippy::string_slice, reason = "a test may fail loudly")]

use std::path::Path;

use tollgate_policy::{Catalog, Code, check, lint};

/// Code, a text that has the finding, its message, what it marks, its help.
const FINDINGS: &[(Code, &str, &str, &str, &str)] = &[
    (Code::NotJson, r#"{"resources": True}"#, "`True` is not a JSON value", "True", "did you mean `true`?"),
    (Code::NotJson, r#"["a"b]"#, "unexpected `b` after `\"a\"`", "b", "remove it, or put the whole in double quotes"),
    (Code::NotJson, "{[]}", "expected a key, found `[`", "[", "write `\"key\": ` first"),
    (Code::EmptyText, " \n", "the text is empty", "", "write `{}` for full access"),
    (
        Code::ByteOrderMark,
        "\u{feff}{}",
        "the text starts with a byte order mark",
        "\u{feff}",
        "save the text as UTF-8 without a byte order mark",
    ),
    (Code::MissingComma, r#"{"resources": {} "x": 1}"#, "a comma is missing", "\"x\"", "add `,`"),
    (Code::ExtraComma, r#"{"resources": {},}"#, "a comma with nothing to separate", "}", "remove the comma"),
    (
        Code::MissingColon,
        r#"{"resources" {}}"#,
        "a colon is missing after a key",
        "{",
        "write `:` and a value after the key",
    ),
    (Code::MissingValue, r#"{"resources":}"#, "a key has no value", "}", "write a value, or remove the key"),
    (Code::UnquotedKey, "{resources: 1}", "the key `resources` is not in quotes", "resources", "write `\"resources\"`"),
    (Code::SingleQuotes, "{'resources': 1}", "JSON knows only double quotes", "'resources'", "write `\"resources\"`"),
    (
        Code::Comment,
        "{} // all",
        "JSON knows no comments",
        "// all",
        "remove it; the note of the token is a place for remarks",
    ),
    (Code::UnclosedBracket, r#"{"resources": {"#, "2 brackets are never closed", "", "add `}}` at the end"),
    (Code::MismatchedBracket, r#"{"resources": [1}"#, "`}` does not close `[`", "}", "add `]`"),
    (Code::UnclosedText, r#"{"resources"#, "a text is never closed", "\"resources", "add `\"` where the text ends"),
    (
        Code::UnclosedText,
        "{\"resources\n: 1}",
        "a text is not closed on its line",
        "\n",
        "add `\"` where the text ends, or write `\\n` for a line break inside it",
    ),
    (Code::ControlCharacter, "{\"\t\": 1}", "the control character `\\t` stands in a text", "\t", "write `\\t`"),
    (Code::BadEscape, r#"{"\x": 1}"#, r"`\x` is not an escape", r"\x", r"write `\\` for a backslash"),
    (
        Code::BadEscape,
        r#"{"\u12": 1}"#,
        r"`\u` without four hexadecimal digits",
        "u12\":",
        r"write four hexadecimal digits, as in `\u00e9`",
    ),
    (
        Code::TextAfterEnd,
        "{} {}",
        "the text goes on after the end of the policy",
        "{}",
        "remove it, or look for a bracket closed too early",
    ),
    (Code::NotObject, "[]", "a policy is an object, not a list", "[", "write `{}` for full access"),
    (
        Code::ResourcesMissing,
        r#"{"Resources": {}}"#,
        "the policy has no `resources`",
        "\"Resources\"",
        "did you mean `\"resources\"`?",
    ),
    (
        Code::ResourcesNotObject,
        r#"{"resources": []}"#,
        "`resources` is a list, not an object",
        "[",
        "write `{\"*\": {\"allow\": [\"GET\"], \"block\": [\"*\"]}}` for read-only access",
    ),
    (
        Code::ResourcesEmpty,
        r#"{"resources": {}}"#,
        "`resources` has no rules",
        "{}",
        "add rules, or write `{}` as the whole policy for full access",
    ),
    (
        Code::UnknownPolicyId,
        r#"{"resources": {"reviw_request": {}}}"#,
        "unknown resource `reviw_request`",
        "\"reviw_request\"",
        "did you mean `review_request`?",
    ),
    (
        Code::ResourceNotObject,
        r#"{"resources": {"review": null}}"#,
        "the section of `review` is null, not an object",
        "null",
        "write `{\"*\": {\"allow\": [], \"block\": []}}` with the methods you mean",
    ),
    (
        Code::SectionNotObject,
        r#"{"resources": {"review": {"7": ["GET"]}}}"#,
        "the rules for `review` `7` are a list, not an object",
        "[",
        "write `{\"allow\": [], \"block\": []}` with the methods you mean",
    ),
    (
        Code::SectionWithoutRules,
        r#"{"resources": {"*": {}}}"#,
        "the rules for everything neither allow nor block",
        "{",
        "add an `\"allow\"` or a `\"block\"` list",
    ),
    (
        Code::AllowNotList,
        r#"{"resources": {"*": {"allow": "GET"}}}"#,
        "`allow` for everything is a text, not a list",
        "\"GET\"",
        "write a list of methods, such as `[\"GET\"]`",
    ),
    (
        Code::BlockNotList,
        r#"{"resources": {"user": {"*": {"block": true}}}}"#,
        "`block` for `user` is a boolean, not a list",
        "true",
        "write a list of methods, such as `[\"GET\"]`",
    ),
    (
        Code::DuplicateKey,
        r#"{"resources": 1, "resources": {"*": {"block": []}}}"#,
        "the key `resources` appears again",
        "\"resources\"",
        "remove one of them, or join their values",
    ),
    (
        Code::LoneSurrogate,
        r#"{"resources": {"user": {"\ud800": {"block": []}}}}"#,
        "`\u{fffd}` holds half a surrogate pair",
        r#""\ud800""#,
        "write the character itself, or both halves of the pair",
    ),
    (
        Code::EntryNotText,
        r#"{"resources": {"*": {"block": [7]}}}"#,
        "a method is a text, not a number",
        "7",
        "remove it, or put it in quotes",
    ),
    (
        Code::WrongCaseMethod,
        r#"{"resources": {"*": {"block": ["Post"]}}}"#,
        "the method `Post` is not in capitals",
        "\"Post\"",
        "write `POST`",
    ),
    (
        Code::UnknownMethod,
        r#"{"resources": {"*": {"block": ["BREW"]}}}"#,
        "unknown method `BREW`",
        "\"BREW\"",
        "use GET, POST, PUT, DELETE or `*`",
    ),
    (
        Code::AllowOnlyRestrictsNothing,
        r#"{"resources": {"*": {"allow": ["GET"]}}}"#,
        "these rules restrict nothing: what they do not allow is allowed anyway",
        "\"*\"",
        "add `\"block\": [\"*\"]` to allow only these methods",
    ),
    (
        Code::IgnoredKey,
        r#"{"resources": {"*": {"block": [], "deny": []}}}"#,
        "the key `deny` has no meaning here",
        "\"deny\"",
        "remove it, or use `allow` or `block`",
    ),
    (
        Code::EmptySection,
        r#"{"resources": {"user": {}}}"#,
        "the section of `user` says nothing",
        "{}",
        "remove it, or add rules under `\"*\"` or an id",
    ),
    (
        Code::ListBecomes500,
        r#"{"resources": {"user": {"admin": {"block": ["PUT"]}}}}"#,
        "rules for single ids make the list of `user` fail",
        "\"user\"",
        "the server answers GET /api/users/ with 500; use `\"*\"` only if the list is needed",
    ),
    (
        Code::NotImplementedMethod,
        r#"{"resources": {"*": {"block": ["HEAD"]}}}"#,
        "no resource implements `HEAD`",
        "\"HEAD\"",
        "remove it",
    ),
    (
        Code::NotImplementedMethod,
        r#"{"resources": {"diff": {"*": {"block": ["DELETE"]}}}}"#,
        "`diff` does not implement `DELETE`",
        "\"DELETE\"",
        "remove it",
    ),
    (
        Code::ClosedResource,
        r#"{"resources": {"api_token": {"*": {"block": ["*"]}}}}"#,
        "`api_token` is closed to tokens",
        "\"api_token\"",
        "remove the section: the server denies every request of a token here",
    ),
    (
        Code::WithoutEffect,
        r#"{"resources": {"*": {"block": ["*", "PUT"]}}}"#,
        "`PUT` in `block` for everything has no effect",
        "\"PUT\"",
        "remove it",
    ),
    (
        Code::WithoutEffect,
        r#"{"resources": {"user": {"7": {"allow": ["*"]}}, "*": {"block": []}}}"#,
        "the section of `user` has no effect",
        "\"user\"",
        "remove it",
    ),
    (
        Code::SharedPolicyId,
        r#"{"resources": {"review": {"*": {"block": ["*"]}}}}"#,
        "`review` is the policy id of 2 resources",
        "\"review\"",
        "a policy cannot tell them apart: /api/review-requests/{review_request_id}/reviews/ and /api/reviews/",
    ),
    (
        Code::ChildLeftOpen,
        r#"{"resources": {"watched": {"*": {"block": ["*"]}}}}"#,
        "blocking `watched` leaves 2 resources below it open",
        "\"*\"",
        "nothing is inherited: give rules of their own to `watched_review_group` and `watched_review_request`",
    ),
    (
        Code::ChildLeftOpen,
        r#"{"resources": {"user": {"bob": {"block": ["GET"]}}}}"#,
        "blocking single items of `user` leaves what lies below them open",
        "\"bob\"",
        "nothing is inherited, and no rule can tell what lies below one item from what lies below another",
    ),
    (
        Code::OverridePastPost,
        r#"{"resources": {"diff": {"*": {"block": ["POST"]}}}}"#,
        "blocking `POST` for `diff` does not stop a POST that acts as `PUT`",
        "\"POST\"",
        "block `PUT` as well, or allow it by name",
    ),
    (
        Code::ClientsCannotStart,
        r#"{"resources": {"session": {"*": {"block": ["GET"]}}}}"#,
        "`session` cannot be read, so that clients cannot start",
        "\"GET\"",
        "allow GET there: clients read the root, the server's information and the session before all else",
    ),
    (
        Code::IdNeverMatches,
        r#"{"resources": {"repository": {"tollgate": {"block": ["PUT"]}}}}"#,
        "no `repository` can have the id `tollgate`",
        "\"tollgate\"",
        "write the id as it stands in the URL, or `\"*\"` for all requests",
    ),
    (
        Code::IdNeverMatches,
        r#"{"resources": {"server_info": {"1": {"block": ["GET"]}}}}"#,
        "`server_info` has no items, so that none has the id `1`",
        "\"1\"",
        "write the id as it stands in the URL, or `\"*\"` for all requests",
    ),
];

#[track_caller]
fn expect(code: Code, text: &str, message: &str, marked: &str, help: &str) {
    let catalog = Catalog::review_board_8_1();
    let findings = lint(&check(text, catalog), catalog);
    let Some(finding) = findings.iter().map(|finding| &finding.diagnostic).find(|finding| finding.code == code) else {
        panic!("{text}: no {code} among {findings:?}");
    };
    let found = (finding.message.as_str(), finding.span().slice(text), finding.help.as_deref());
    assert_eq!(found, (message, marked, Some(help)), "{code}");
    assert_eq!(finding.severity, code.severity());
}

#[test]
fn every_finding_is_worded_and_marked_as_written_down() {
    for (code, text, message, marked, help) in FINDINGS {
        expect(*code, text, message, marked, help);
    }
}

#[test]
fn nesting_too_deep_is_marked_where_the_server_gives_up() {
    let text =
        format!("{{\"resources\": {{\"*\": {{\"block\": []}}}}, \"x\": {}{}}}", "[".repeat(990), "]".repeat(990));
    let help = "policies need no more than five levels";
    expect(Code::NestingTooDeep, &text, "nested deeper than the server can read", "[", help);
    let checked = check(&text.replace("[[", "[").replace("]]", "]"), Catalog::review_board_8_1());
    assert!(checked.diagnostics().iter().all(|finding| finding.code != Code::NestingTooDeep));
}

#[test]
fn every_code_is_tested() {
    for code in Code::ALL {
        // Those of catalogs are tested in `catalogs/findings.rs`.
        let is_elsewhere = *code == Code::NestingTooDeep || code.id().starts_with("P04");
        let is_tested = is_elsewhere || FINDINGS.iter().any(|(tested, ..)| tested == code);
        assert!(is_tested, "{code}");
    }
}

#[test]
fn every_code_is_described() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let pages = ["policy-language.md", "catalogs.md"].map(|page| std::fs::read_to_string(docs.join(page)).unwrap());
    let lines = pages.iter().flat_map(|page| page.lines());
    let described: Vec<&str> = lines.filter_map(|line| line.strip_prefix("### P")).collect();
    let codes: Vec<String> = Code::ALL.iter().map(|code| format!("{} `{}`", &code.id()[1..], code.name())).collect();
    assert_eq!(described, codes);
}

#[test]
fn codes_are_in_order_and_unique() {
    assert!(Code::ALL.is_sorted_by(|one, next| one.id() < next.id()));
}
