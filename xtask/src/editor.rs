//! The policy editor: one module beside the page's program, bundled from `editor` and loaded where it is used.
//!
//! The page names it in a `<meta>`, which loads nothing: it is no part of the first load.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::project::Project;
use crate::run::Call;
use crate::tools;

/// By what name `crates/browser/src/editor` looks for the module.
const META: &str = "tollgate-editor";

/// Where the source begins, and how it is bundled.
///
/// The alias has styles adopted instead of written into the page, as the content security policy demands. The target is
/// what the page needs anyway: WebAssembly with reference types, `light-dark()` and adopted style sheets.
const ARGUMENTS: [&str; 8] = [
    "src/index.ts",
    "--bundle",
    "--format=esm",
    "--minify",
    "--target=es2022",
    "--charset=utf8",
    "--log-level=warning",
    "--alias:style-mod=./src/style_module.ts",
];

/// Bundles the editor into the staged page, under a name that changes with it, and writes the name into the page.
///
/// # Errors
///
/// The packages are missing and cannot be installed, the bundler refuses the source, or a file cannot be written.
pub(crate) fn bundle_into(project: &Project, staged: &Path) -> Result<()> {
    let bundle = staged.join("editor.js");
    let output = format!("--outfile={}", bundle.display());
    tools::editor_packages(project)?.esbuild().args(ARGUMENTS).arg(output).folder(project.path("editor")).run()?;
    let bytes = fs::read(&bundle).with_context(|| format!("could not read {}", bundle.display()))?;
    let name = named(&bytes);
    fs::rename(&bundle, staged.join(&name)).with_context(|| format!("could not name the editor {name}"))?;

    let file = staged.join("index.html");
    let page = fs::read_to_string(&file).with_context(|| format!("could not read {}", file.display()))?;
    let page =
        with_name(&page, &name).context("index.html needs a `</head>`: the name of the editor goes before it")?;
    fs::write(&file, page).with_context(|| format!("could not write {}", file.display()))
}

/// Checks the types of the source, which the bundler does not look at, with the compiler that `folder` has installed.
///
/// # Errors
///
/// There is no compiler, or it finds a mistake.
pub(crate) fn check_types(project: &Project, folder: &Path) -> Result<()> {
    let modules = tools::editor_packages(project)?.modules().join("*").display().to_string();
    let source = project.path("editor");
    let settings = json!({
        "extends": source.join("tsconfig.json").display().to_string(),
        "compilerOptions": { "paths": { "*": [modules] } },
        "include": [source.join("src").display().to_string()],
    });
    let file = project.scratch().join("editor-types.json");
    fs::create_dir_all(project.scratch())
        .and_then(|()| fs::write(&file, settings.to_string()))
        .with_context(|| format!("could not write {}", file.display()))?;
    Call::new("npx").args(["tsc", "--project"]).arg(file).folder(folder).run()
}

fn named(bundle: &[u8]) -> String {
    let hash = Sha256::digest(bundle);
    format!("editor-{}.js", hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect::<String>())
}

fn with_name(page: &str, name: &str) -> Option<String> {
    let (head, body) = page.split_once("</head>")?;
    Some(format!("{head}<meta name={META} content={name}></head>{body}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_changes_with_the_bundle() {
        assert_ne!(named(b"one"), named(b"other"));
        assert_eq!(named(b"one").len(), "editor-0123456789abcdef.js".len());
    }

    #[test]
    fn the_page_names_the_editor_and_loads_nothing_more() {
        let page = "<html><head><title>T</title></head><body></body></html>";
        let named = with_name(page, "editor-12.js").unwrap();
        assert_eq!(
            named,
            "<html><head><title>T</title><meta name=tollgate-editor content=editor-12.js></head><body></body></html>"
        );
        assert_eq!(crate::html::first_load(&named), crate::html::first_load(page));
        assert_eq!(with_name("<html>", "editor-12.js"), None);
    }
}
