//! Programs for pages of tests and benches: examples of our crates.

use std::iter;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::page::Profile;
use crate::project::Project;
use crate::run::Call;
use crate::split;
use crate::tools::{self, WASM_TARGET};

/// An example of one of our crates.
pub(crate) struct Example {
    /// The crate.
    pub(crate) package: &'static str,
    /// Its file, without the ending.
    pub(crate) name: &'static str,
}

impl Example {
    /// Builds it and answers the folder that it lies in, as `NAME.js` beside `NAME_bg.wasm`.
    ///
    /// A release is made as small as the page's own program is.
    ///
    /// # Errors
    ///
    /// A tool is missing and cannot be installed, or the build fails.
    pub(crate) fn build(&self, project: &Project, profile: Profile) -> Result<PathBuf> {
        let Self { package, name } = self;
        let cargo = tools::wasm_std(project)?.apply(Call::new("cargo").folder(project.root()));
        let mut cargo = cargo.args(["build", "--target", WASM_TARGET, "-p", package, "--example", name]);
        if profile == Profile::Release {
            cargo = cargo.arg("--release");
        }
        let messages = cargo.arg("--message-format=json-render-diagnostics").run_for_output()?;
        let program = built_program(&messages, name);
        let program = program.with_context(|| format!("cargo did not say where it put the example `{name}`"))?;
        let folder = project.scratch().join(name);
        Call::new(tools::wasm_bindgen(project)?.program)
            .args(["--target", "web", "--no-typescript", "--out-dir"])
            .arg(&folder)
            .arg(program)
            .run()?;
        if profile == Profile::Release {
            split::optimize(&folder, iter::once(folder.join(format!("{name}_bg.wasm"))))?;
        }
        Ok(folder)
    }
}

fn built_program(messages: &str, name: &str) -> Option<String> {
    let file = format!("{name}.wasm");
    let artifacts = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    artifacts
        .filter_map(|artifact| Some(artifact.get("filenames")?.as_array()?.clone()))
        .flatten()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .rfind(|name| name.ends_with(&file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_is_where_cargo_says() {
        let messages = r#"{"reason":"compiler-artifact","filenames":["/a/libtollgate.rlib"]}
{"reason":"compiler-artifact","filenames":["/a/examples/burst.wasm"]}
{"reason":"build-finished","success":true}
"#;
        assert_eq!(built_program(messages, "burst").as_deref(), Some("/a/examples/burst.wasm"));
        assert_eq!(built_program(messages, "storage_bench"), None);
    }
}
