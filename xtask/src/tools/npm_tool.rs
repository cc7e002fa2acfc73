//! Tools from npm: `wasm-opt`, which is JavaScript inside its package and downloads nothing more.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::cache::Slot;
use super::cargo_tool::Installed;
use super::{node, pins, version};
use crate::run::{Call, on_path, say};

/// Finds or installs `wasm-opt`.
///
/// # Errors
///
/// It has to be installed and cannot be: npm is missing or cannot reach its registry.
pub(crate) fn wasm_opt() -> Result<Installed> {
    let version = pins::BINARYEN.to_owned();
    if let Some(program) = on_path("wasm-opt").filter(|program| fits(program)) {
        return Ok(Installed { version, program, path_first: None });
    }
    let slot = Slot::of("binaryen", &version)?;
    let folder: PathBuf = slot.folder().join("node_modules/.bin");
    let program = folder.join("wasm-opt");
    if !fits(&program) {
        node::find()?;
        say(&format!("installing wasm-opt (binaryen {version}) once for all clones"));
        let package = format!("binaryen@{version}");
        let install = |result: &Path| {
            let call = Call::new("npm").args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix"]);
            call.arg(result).arg(&package).run()
        };
        slot.install(|| fits(&program), |workshop| install(&workshop.result))
            .with_context(|| format!("could not install {package}"))?;
    }
    Ok(Installed { version, program, path_first: Some(folder) })
}

/// `wasm-opt` names the major version only.
fn fits(program: &Path) -> bool {
    program.is_file()
        && version::of(program).is_some_and(|found| version::major(&found) == version::major(pins::BINARYEN))
}
