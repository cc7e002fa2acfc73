//! The rules of the house that can be counted: one test per rule, each naming file and line.
//!
//! The limits are those of ARCHITECTURE.md. Change them there first.

#[path = "tidy/files.rs"]
mod files;
#[path = "tidy/source.rs"]
mod source;

use files::File;
use source::{blanked, functions, statements, without_tests};

const FILE_LINES: usize = 400;
const FILE_LINES_WITH_TESTS: usize = 600;
const FUNCTION_LINES: usize = 50;
const COMPONENT_LINES: usize = 120;
const COMPONENT_FILE_LINES: usize = 240;
const PAGE_FILE_LINES: usize = 150;
const ARCHITECTURE_LINES: usize = 250;

#[test]
fn files_are_short() {
    let too_long = files::product().into_iter().filter_map(|file| {
        let is_generated = file.text.starts_with("// @generated");
        let (all, shipped) = (file.text.lines().count(), shipped_lines(&file));
        let is_too_long = !is_generated && (all > FILE_LINES_WITH_TESTS || shipped > FILE_LINES);
        is_too_long.then(|| format!("{}: {shipped} lines, {all} with tests", file.path))
    });
    report("a file has at most 400 lines without its tests, 600 with them: split it by idea", too_long);
}

#[test]
fn pages_and_components_are_short() {
    let too_long = files::product().into_iter().filter_map(|file| {
        let limit = match top_folder(&file.path) {
            Some("src/pages") => PAGE_FILE_LINES,
            Some("src/components") => COMPONENT_FILE_LINES,
            _ => return None,
        };
        let lines = shipped_lines(&file);
        (lines > limit).then(|| format!("{}: {lines} lines of {limit}", file.path))
    });
    report("a page has at most 150 lines, a file of components 240: move what it decides to src/state", too_long);
}

#[test]
fn functions_are_short() {
    let mut too_long = Vec::new();
    for file in files::product() {
        let code = blanked(&file.text);
        for function in functions(without_tests(&code)) {
            let limit = if function.is_component { COMPONENT_LINES } else { FUNCTION_LINES };
            if function.length > limit {
                let place = format!("{}:{}", file.path, function.line);
                too_long.push(format!("{place}: `{}` has {} lines of {limit}", function.name, function.length));
            }
        }
    }
    report("a function has at most 50 lines of code, a component 120", too_long);
}

#[test]
fn tables_of_contents_hold_no_logic() {
    let mut logic = Vec::new();
    for file in files::product() {
        if !(file.path.ends_with("/lib.rs") || file.path.ends_with("/mod.rs")) {
            continue;
        }
        let code = blanked(&file.text);
        let found = statements(without_tests(&code)).into_iter().find(|statement| !is_content(statement));
        logic.extend(
            found.map(|statement| format!("{}: `{}…`", file.path, statement.chars().take(60).collect::<String>())),
        );
    }
    report("lib.rs and mod.rs are tables of contents: docs, `mod` and `use`", logic);
}

#[test]
fn nothing_gives_up() {
    let words = [".unwrap()", ".expect(\"", "panic!(", "todo!(", "unimplemented!("];
    let found = files::product().into_iter().flat_map(|file| places(&file, &words));
    report("nothing outside tests may panic: return an error, or prove it with `let … else`", found);
}

#[test]
fn no_folder_is_a_drawer() {
    let drawers = ["utils", "common", "helpers", "types", "models"];
    let found = files::folders().into_iter().filter(|folder| folder.split('/').any(|name| drawers.contains(&name)));
    report("a folder is named for an idea, not for what is left over", found);
}

#[test]
fn pages_and_components_start_no_work() {
    let found = within(&["src/pages", "src/components"]).flat_map(|file| places(&file, &["spawn_local"]));
    report("work that takes time goes through src/state", found);
}

#[test]
fn state_draws_nothing() {
    let found = within(&["src/state"]).flat_map(|file| places(&file, &["view!"]));
    report("src/state holds signals; what they look like is src/components", found);
}

#[test]
fn only_the_edge_knows_the_browser() {
    let edge = ["crates/browser/", "crates/js-api/", "src/services.rs"];
    let inside = files::product().into_iter().filter(|file| !edge.iter().any(|edge| file.path.starts_with(edge)));
    let found = inside.flat_map(|file| places(&file, &["web_sys::"]));
    report("the browser's own interfaces stay in crates/browser and crates/js-api", found);
}

#[test]
fn only_the_journal_opens_transactions() {
    let outside = files::product().into_iter().filter(|file| !file.path.starts_with("crates/browser/src/idb/"));
    let found = outside.flat_map(|file| places(&file, &[".transaction("]));
    report("a transaction is strict, and crates/browser/src/idb is where that is seen to", found);
}

#[test]
fn the_map_is_short() {
    let map = files::all().into_iter().filter(|file| file.path == "ARCHITECTURE.md");
    let too_long = map.map(|file| file.text.lines().count()).filter(|lines| *lines > ARCHITECTURE_LINES);
    report("ARCHITECTURE.md has at most 250 lines", too_long.map(|lines| format!("ARCHITECTURE.md: {lines} lines")));
}

#[test]
fn nothing_names_one_machine() {
    // Written in two parts, so that this file does not name one.
    let paths = [("/wo", "rk/"), ("/ro", "ot/"), ("/fa", "rm"), ("/ho", "me/"), ("/tm", "p/")];
    let hosts =
        [("static.crates", ".io"), ("index.crates", ".io"), ("registry.np", "mjs.org"), ("\"resolved\": \"h", "ttp")];
    let mut found = Vec::new();
    for file in files::all().iter().filter(|file| !file.path.contains("tests/fixtures/")) {
        for (number, line) in (1..).zip(file.text.lines()) {
            let has_path = paths.iter().any(|(one, other)| begins_path(line, &format!("{one}{other}")));
            let has_host = hosts.iter().any(|(one, other)| line.contains(&format!("{one}{other}")));
            if has_path || has_host {
                found.push(format!("{}:{number}: {}", file.path, line.trim()));
            }
        }
    }
    report("no file names a folder of one machine or the server of a registry", found);
}

#[test]
fn the_scan_sees_code_only() {
    let source = r##"
fn one<'x>(text: &'x str) -> char { // a brace {
    /* and { another */ call("{ \\\" {", r#"{"{"#, b'{', '\'', '"', '{')
}
"##;
    let code = blanked(source);
    assert_eq!(code.lines().count(), source.lines().count());
    assert_eq!((code.matches('{').count(), code.matches('}').count()), (1, 1), "{code}");
    assert!(code.contains("fn one<'x>(text: &'x str) -> char {") && !code.contains("another"), "{code}");
    let functions = functions(&code);
    let found = functions.iter().map(|function| (function.name, function.line, function.length)).collect::<Vec<_>>();
    assert_eq!(found, [("one", 2, 1)]);
}

#[track_caller]
fn report(rule: &str, found: impl IntoIterator<Item = String>) {
    let found = found.into_iter().collect::<Vec<_>>();
    assert!(found.is_empty(), "{rule}\n  {}", found.join("\n  "));
}

fn shipped_lines(file: &File) -> usize {
    let code = blanked(&file.text);
    without_tests(&code).lines().count()
}

fn within(folders: &[&str]) -> impl Iterator<Item = File> {
    files::product().into_iter().filter(move |file| top_folder(&file.path).is_some_and(|top| folders.contains(&top)))
}

/// The first two parts of a path: `src/pages` of `src/pages/tokens/list.rs`.
fn top_folder(path: &str) -> Option<&str> {
    let second = path.match_indices('/').nth(1)?.0;
    path.get(..second)
}

/// Where any of the words stands in a file's shipped code.
fn places(file: &File, words: &[&str]) -> Vec<String> {
    let code = blanked(&file.text);
    let lines = (1..).zip(without_tests(&code).lines());
    let hits = lines.filter_map(|(number, line)| {
        let word = words.iter().find(|word| line.contains(**word))?;
        Some(format!("{}:{number}: {word}", file.path))
    });
    hits.collect()
}

fn is_content(statement: &str) -> bool {
    let mut words = statement.split_whitespace().skip_while(|word| word.starts_with("pub"));
    match words.next() {
        Some("use") => true,
        Some("mod") => !statement.contains('{'),
        _ => false,
    }
}

fn begins_path(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(start, _)| {
        let before = line.get(..start).and_then(|before| before.chars().next_back());
        before.is_none_or(|character| character.is_whitespace() || "\"'`(=<>:[".contains(character))
    })
}
