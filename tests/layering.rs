//! Who may lean on whom: the arrows between our crates, and what the pure ones must never reach.
//!
//! The rules are those of ARCHITECTURE.md. They are checked on what Cargo resolves for wasm32, not on what a manifest
//! seems to say, so that a browser that comes in through a third crate is found too.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::process::Command;

/// A crate of ours, the crates of ours that it may list, and the names that it must not reach through anyone.
///
/// A name that ends with `*` stands for every name that begins so.
struct Room {
    package: &'static str,
    may_list: &'static [&'static str],
    must_not_reach: &'static [&'static str],
}

const ROOMS: [Room; 6] = [
    Room {
        package: "tollgate-policy",
        may_list: &[],
        must_not_reach: &[
            "web-sys",
            "js-sys",
            "wasm-bindgen",
            "leptos*",
            "gloo-*",
            "chrono",
            "tokio",
            "getrandom",
            "rand",
            "rand_core",
        ],
    },
    Room {
        package: "tollgate-tokens",
        may_list: &["tollgate-policy"],
        must_not_reach: &["web-sys", "js-sys", "wasm-bindgen", "leptos*", "gloo-*", "tokio", "getrandom", "rand"],
    },
    Room {
        package: "tollgate-inventory",
        may_list: &["tollgate-tokens"],
        must_not_reach: &["web-sys", "js-sys", "wasm-bindgen", "leptos*", "gloo-*", "tokio", "getrandom", "rand"],
    },
    Room {
        package: "tollgate-browser",
        may_list: &["tollgate-inventory", "tollgate-tokens"],
        must_not_reach: &["leptos*", "tollgate", "tollgate-js-api"],
    },
    Room {
        package: "tollgate-js-api",
        may_list: &["tollgate-policy", "tollgate-tokens", "tollgate-browser"],
        must_not_reach: &["leptos*", "tollgate"],
    },
    Room {
        package: "tollgate",
        may_list: &["tollgate-policy", "tollgate-tokens", "tollgate-browser", "tollgate-js-api"],
        must_not_reach: &[],
    },
];

#[test]
fn every_crate_has_its_rules() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates");
    for entry in std::fs::read_dir(crates).unwrap() {
        let folder = entry.unwrap().file_name();
        let package = format!("tollgate-{}", folder.to_string_lossy());
        let is_known = ROOMS.iter().any(|room| room.package == package);
        assert!(is_known, "`{package}` has no rules: add it to ROOMS and to ARCHITECTURE.md");
    }
}

#[test]
fn each_crate_lists_only_the_crates_it_may() {
    for room in &ROOMS {
        let ours = cargo_tree(room.package, &["--depth", "1"]).unwrap();
        let listed = ours.iter().filter(|name| is_ours(name) && *name != room.package);
        let unexpected = listed.filter(|name| !room.may_list.contains(&name.as_str())).collect::<Vec<_>>();
        assert!(
            unexpected.is_empty(),
            "`{}` lists {unexpected:?}, but may list only {:?}; a new arrow needs a page in docs/decisions",
            room.package,
            room.may_list
        );
    }
}

#[test]
fn no_crate_reaches_what_it_must_not() {
    for room in &ROOMS {
        for name in cargo_tree(room.package, &[]).unwrap() {
            let is_forbidden = room.must_not_reach.iter().any(|pattern| fits(pattern, &name));
            assert!(!is_forbidden, "`{}` reaches `{name}`:\n{}", room.package, path_to(room.package, &name));
        }
    }
}

#[test]
fn a_star_stands_for_any_ending() {
    assert!(fits("gloo-*", "gloo-storage"));
    assert!(fits("rand", "rand"));
    assert!(!fits("rand", "rand_core"));
    assert!(!fits("gloo-*", "gloo"));
}

fn fits(pattern: &str, name: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(beginning) => name.starts_with(beginning),
        None => name == pattern,
    }
}

fn is_ours(name: &str) -> bool {
    name == "tollgate" || name.starts_with("tollgate-")
}

/// The names of the packages that `package` is built with for wasm32, itself included.
fn cargo_tree(package: &str, more: &[&str]) -> io::Result<BTreeSet<String>> {
    let tree = cargo(package, &[["--prefix", "none"].as_slice(), more].concat())?;
    let names = tree.lines().filter_map(|line| line.split_whitespace().next());
    Ok(names.map(str::to_owned).collect())
}

/// How `package` comes to reach `name`, as Cargo draws it.
fn path_to(package: &str, name: &str) -> String {
    cargo(package, &["--invert", name]).unwrap_or_else(|error| error.to_string())
}

fn cargo(package: &str, more: &[&str]) -> io::Result<String> {
    let target = ["--target", "wasm32-unknown-unknown"];
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["tree", "--locked", "--package", package, "--edges", "normal"]).args(target).args(more);
    let output = command.current_dir(env!("CARGO_MANIFEST_DIR")).output()?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(io::Error::other(format!("{command:?} failed:\n{}", String::from_utf8_lossy(&output.stderr))))
    }
}
