//! A file is a rule: texts that it speaks of, with what it says and what its fixes make of them, and texts that it
//! has nothing to say about.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may fail loudly")]

mod fixes;

use std::path::Path;

use fixes::{Linted, linted};
use tollgate_policy::{Catalog, Code, Finding, MAX_DIAGNOSTICS, check, lint, presets};

struct Rule {
    code: Code,
    cases: Vec<Case>,
}

/// A title after `==`, the text of a policy up to `--`, and what the rule says.
#[derive(Default)]
struct Case {
    title: String,
    text: Vec<String>,
    said: Vec<String>,
}

fn rules() -> Vec<Rule> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lint");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| rule(file)).collect()
}

fn rule(file: &Path) -> Rule {
    let name = file.file_stem().unwrap().to_str().unwrap();
    let code = Code::ALL.iter().find(|code| format!("{}_{}", code.id(), code.name()) == name);
    let mut cases: Vec<Case> = Vec::new();
    let mut is_text = true;
    for line in std::fs::read_to_string(file).unwrap().lines() {
        if let Some(title) = line.strip_prefix("== ") {
            cases.push(Case { title: title.to_owned(), ..Case::default() });
            is_text = true;
        } else if line == "--" {
            is_text = false;
        } else {
            let case = cases.last_mut().unwrap();
            let lines = if is_text { &mut case.text } else { &mut case.said };
            lines.push(line.to_owned());
        }
    }
    Rule { code: *code.unwrap_or_else(|| panic!("{name} is not the name of a code")), cases }
}

/// What lint says under one code: pointer, message and help, what has no effect, and the text after each fix.
fn said(linted: &Linted, code: Code) -> Vec<String> {
    let mut said = Vec::new();
    for finding in linted.findings.iter().filter(|finding| finding.diagnostic.code == code) {
        let pointer = finding.diagnostic.pointer.as_str();
        let place = if pointer.is_empty() { "the root" } else { pointer };
        said.push(format!("{place}: {}", finding.diagnostic.message));
        said.extend(finding.diagnostic.help.as_ref().map(|help| format!("  help: {help}")));
        let is_itself = |pointer: &str| code == Code::WithoutEffect && pointer == finding.diagnostic.pointer.as_str();
        let others = finding.without_effect.iter().filter(|pointer| !is_itself(pointer.as_str()));
        said.extend(others.map(|pointer| format!("  without effect: {pointer}")));
        for fix in &finding.fixes {
            let kind = if fix.keeps_decisions { "fix that keeps decisions" } else { "fix" };
            said.push(format!("  {kind}: {}", fix.title));
            let indented = |line: &str| if line.is_empty() { String::new() } else { format!("    {line}") };
            said.extend(linted.fixed(fix).unwrap().split('\n').map(indented));
        }
    }
    said
}

#[test]
fn every_rule_says_what_is_written_down() {
    for rule in rules() {
        for case in rule.cases {
            let said = said(&linted(&case.text.join("\n")), rule.code);
            assert_eq!(said, case.said, "{}, {}:\n{}", rule.code, case.title, said.join("\n"));
        }
    }
}

#[test]
fn every_rule_has_texts_it_speaks_of_and_texts_it_does_not() {
    for rule in rules() {
        let (speaking, silent): (Vec<&Case>, Vec<&Case>) = rule.cases.iter().partition(|case| !case.said.is_empty());
        assert!(!speaking.is_empty() && !silent.is_empty(), "{}", rule.code);
    }
}

#[test]
fn every_code_has_a_file() {
    let rules = rules();
    let of_catalogs = |code: &&Code| code.id().starts_with("P04");
    for code in Code::ALL.iter().filter(|code| !of_catalogs(code)) {
        // A text that nests a thousand levels deep is better made than written down: see `messages.rs`.
        let is_there = *code == Code::NestingTooDeep || rules.iter().any(|rule| rule.code == *code);
        assert!(is_there, "{code}");
    }
}

#[test]
fn fixes_of_all_cases_keep_their_promises() {
    for case in rules().into_iter().flat_map(|rule| rule.cases) {
        let linted = linted(&case.text.join("\n"));
        for (finding, fix) in linted.fixes() {
            linted.keeps_promises(finding, fix).unwrap();
        }
    }
}

#[test]
fn policies_to_start_from_have_nothing_to_mend() {
    let id = "7".into();
    for text in [presets::full_access().to_owned(), presets::post_reviews(), presets::one_repository(&id)] {
        let findings = linted(&text).findings;
        assert_eq!(findings, Vec::<Finding>::new(), "{text}");
    }
    let codes: Vec<Code> = linted(presets::read_only()).findings.iter().map(|found| found.diagnostic.code).collect();
    assert_eq!(codes, [Code::NotImplementedMethod, Code::NotImplementedMethod]);
}

#[test]
fn a_key_that_hides_another_is_not_removed_before_the_other_is_gone() {
    let text = r#"{"resources": {"*": {"block": ["PUT"]}, "user": {"*": {"block": ["GET"]}}, "user": {}}}"#;
    let linted = linted(text);
    for (finding, fix) in linted.fixes() {
        assert_eq!(finding.diagnostic.code, Code::DuplicateKey, "{fix:?}");
        assert_eq!(linted.fixed(fix).unwrap(), r#"{"resources": {"*": {"block": ["PUT"]}, "user": {}}}"#);
    }
    assert_eq!(linted.fixes().len(), 1);
}

#[test]
fn other_catalogs_have_rules_of_their_own() {
    let catalog = Catalog::review_board_8_1().with_policy_ids(["checklist"]);
    let checked = check(r#"{"resources": {"checklist": {"first": {"block": ["POST", "GET"]}}}}"#, &catalog);
    assert!(checked.verdict().is_accepted());
    assert_eq!(lint(&checked, &catalog), Vec::<Finding>::new(), "nothing is known of the resource but its name");
}

#[test]
fn there_are_not_more_findings_than_anybody_reads() {
    let entries = vec!["\"PUT\""; 3 * MAX_DIAGNOSTICS].join(", ");
    let findings = linted(&format!("{{\"resources\": {{\"*\": {{\"block\": [{entries}]}}}}}}")).findings;
    assert_eq!(findings.len(), MAX_DIAGNOSTICS);
}
