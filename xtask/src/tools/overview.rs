//! All tools at once: to install them before a long run, and to show where they are.

use anyhow::Result;

use super::{browser, cargo_tool, editor_packages, firefox, node, npm_tool, wasm_std};
use crate::project::Project;
use crate::run::on_path;
use crate::table::{Align, layout};

/// Finds every tool that `cargo xtask test` uses and installs what is missing.
///
/// # Errors
///
/// A tool is missing and cannot be installed; the message says what to do.
pub(crate) fn ensure_all(project: &Project) -> Result<()> {
    rows(project).map(drop)
}

/// Installs what is missing, then prints each tool with its version and place.
///
/// # Errors
///
/// As [`ensure_all`].
pub(crate) fn show_all(project: &Project) -> Result<()> {
    print!("{}", layout([Align::Start; 3], &rows(project)?));
    Ok(())
}

fn rows(project: &Project) -> Result<Vec<[String; 3]>> {
    let node = node::find()?;
    let browser = browser::find_or_install()?;
    let firefox = firefox::find_or_install()?;
    let wasm_std = wasm_std::find_or_install(project)?;
    let editor = editor_packages::find_or_install(project)?;
    let mut rows = vec![
        ["node".to_owned(), node.version, node.program.display().to_string()],
        ["chromium".to_owned(), browser.version, browser.chromium.display().to_string()],
        ["firefox".to_owned(), firefox.version, firefox.firefox.display().to_string()],
        ["geckodriver".to_owned(), String::new(), firefox.geckodriver.display().to_string()],
        ["wasm32 standard library".to_owned(), String::new(), wasm_std.to_string()],
        ["packages of the editor".to_owned(), String::new(), editor.modules().display().to_string()],
    ];
    let installed = [
        ("trunk", cargo_tool::trunk()?),
        ("wasm-bindgen", cargo_tool::wasm_bindgen(project)?),
        ("wasm-split", cargo_tool::wasm_split()?),
        ("wasm-opt", npm_tool::wasm_opt()?),
    ];
    for (name, tool) in installed {
        rows.push([name.to_owned(), tool.version, tool.program.display().to_string()]);
    }
    for optional in ["cargo-nextest", "cargo-deny"] {
        let place = on_path(optional).map_or("not installed, not needed".to_owned(), |path| path.display().to_string());
        rows.push([optional.to_owned(), String::new(), place]);
    }
    Ok(rows)
}
