//! Unit tests that run in headless browsers: the crates that touch the browser, and pages mounted one by one, in
//! Chromium; the stores in Firefox as well.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::project::Project;
use crate::run::Call;
use crate::tools::{self, Browser, Firefox, WASM_TARGET};

/// Seconds that one test binary may run: a busy machine starts a browser slowly.
const PATIENCE: &str = "300";

/// The tests of the stores, which every engine must pass.
const STORES: [&str; 5] = ["database", "early_look", "fallback", "kill_points", "mirror"];

pub(super) fn run(project: &Project) -> Result<()> {
    let (browser, firefox) = (tools::browser()?, tools::firefox()?);
    let wasm_std = tools::wasm_std(project)?;
    let runner = tools::wasm_bindgen(project)?;
    let mut cargo = wasm_std.apply(Call::new("cargo").folder(project.root()));
    if let Some(folder) = runner.path_first {
        cargo = cargo.path_first(folder);
    }
    let cargo = cargo.env("WASM_BINDGEN_TEST_TIMEOUT", PATIENCE).args(["test", "--target", WASM_TARGET]);

    let chromium = cargo
        .clone()
        .env("CHROMEDRIVER", &browser.chromedriver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities(project, &browser)?);
    chromium.clone().args(["-p", "tollgate-browser", "-p", "tollgate-js-api", "--lib", "--tests"]).run()?;
    // The root package also holds tests of the source itself, which only this machine can run.
    chromium.args(["-p", "tollgate", "--lib", "--test", "web"]).run()?;

    let stores = STORES.iter().flat_map(|test| ["--test", test]).collect::<Vec<_>>();
    cargo
        .env("GECKODRIVER", &firefox.geckodriver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", firefox_capabilities(project, &firefox)?)
        .args(["-p", "tollgate-browser"])
        .args(stores)
        .run()
}

/// Writes the project's `webdriver.json` with the browser that was found.
fn capabilities(project: &Project, browser: &Browser) -> Result<PathBuf> {
    let text = fs::read_to_string(project.path("webdriver.json")).context("could not read webdriver.json")?;
    let capabilities = with_browser(&text, browser).context("webdriver.json has no `goog:chromeOptions`")?;
    write_capabilities(project, "chromium.json", &capabilities)
}

fn firefox_capabilities(project: &Project, firefox: &Firefox) -> Result<PathBuf> {
    let options = json!({"binary": firefox.firefox, "args": ["-headless"]});
    write_capabilities(project, "firefox.json", &json!({"moz:firefoxOptions": options}).to_string())
}

fn write_capabilities(project: &Project, name: &str, capabilities: &str) -> Result<PathBuf> {
    let file = project.scratch().join(name);
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
