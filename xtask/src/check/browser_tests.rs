//! Unit tests that run in headless Chromium: the crates that touch the browser, and pages mounted one by one.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::project::Project;
use crate::run::Call;
use crate::tools::{self, Browser, WASM_TARGET};

/// Seconds that one test binary may run: a busy machine starts a browser slowly.
const PATIENCE: &str = "300";

pub(super) fn run(project: &Project) -> Result<()> {
    let browser = tools::browser()?;
    let wasm_std = tools::wasm_std(project)?;
    let runner = tools::wasm_bindgen(project)?;
    let mut cargo = wasm_std.apply(Call::new("cargo").folder(project.root()));
    if let Some(folder) = runner.path_first {
        cargo = cargo.path_first(folder);
    }
    let cargo = cargo
        .env("CHROMEDRIVER", &browser.chromedriver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities(project, &browser)?)
        .env("WASM_BINDGEN_TEST_TIMEOUT", PATIENCE)
        .args(["test", "--target", WASM_TARGET]);

    // The root package also holds tests of the source itself, which only this machine can run.
    cargo.clone().args(["-p", "tollgate-browser", "-p", "tollgate-js-api", "--lib", "--tests"]).run()?;
    cargo.args(["-p", "tollgate", "--lib", "--test", "web"]).run()
}

/// Writes the project's `webdriver.json` with the browser that was found.
fn capabilities(project: &Project, browser: &Browser) -> Result<PathBuf> {
    let text = fs::read_to_string(project.path("webdriver.json")).context("could not read webdriver.json")?;
    let capabilities = with_browser(&text, browser).context("webdriver.json has no `goog:chromeOptions`")?;
    let file = project.scratch().join("webdriver.json");
    fs::create_dir_all(project.scratch())
        .and_then(|()| fs::write(&file, capabilities))
        .with_context(|| format!("could not write {}", file.display()))?;
    Ok(file)
}

fn with_browser(capabilities: &str, browser: &Browser) -> Option<String> {
    let mut capabilities: Value = serde_json::from_str(capabilities).ok()?;
    let options = capabilities.get_mut("goog:chromeOptions")?.as_object_mut()?;
    options.insert("binary".to_owned(), Value::from(browser.chromium.to_str()?));
    Some(capabilities.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_that_was_found_is_the_one_that_is_driven() {
        let browser = Browser { chromium: "/a/b".into(), chromedriver: "/c".into(), version: "1".to_owned() };
        let text = with_browser(r#"{"goog:chromeOptions":{"args":["--x"]}}"#, &browser);
        assert_eq!(text.as_deref(), Some(r#"{"goog:chromeOptions":{"args":["--x"],"binary":"/a/b"}}"#));
        assert_eq!(with_browser("{}", &browser), None);
    }
}
