//! Tools from crates.io: Trunk, the splitter, the command line of wasm-bindgen, and the driver of Firefox.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::cache::{Slot, Workshop};
use super::{pins, version};
use crate::lockfile;
use crate::project::Project;
use crate::run::{Call, on_path, say};

/// Settings that make a tool compile in a third of the time; only its own speed suffers.
const QUICK_BUILD: [(&str, &str); 5] = [
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "false"),
    ("CARGO_PROFILE_RELEASE_STRIP", "true"),
];

/// Whether a tool is built with the versions that its own lock file names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dependencies {
    AsLocked,
    Resolved,
}

/// A package of crates.io with the programs that are wanted from it.
struct CargoTool {
    package: &'static str,
    programs: &'static [&'static str],
    version: String,
    dependencies: Dependencies,
    features: &'static [&'static str],
    /// Whether it answers `--version`; if not, the name of its folder has to do.
    says_version: bool,
}

/// A tool that is ready to be called.
pub(crate) struct Installed {
    /// The version that was asked for.
    pub(crate) version: String,
    /// The program itself; the first, if the tool has several.
    pub(crate) program: PathBuf,
    /// What must stand before PATH for other programs to find it; nothing if PATH leads to it already.
    pub(crate) path_first: Option<PathBuf>,
}

/// Finds or installs Trunk.
///
/// # Errors
///
/// It has to be installed and cannot be.
pub(crate) fn trunk() -> Result<Installed> {
    find_or_install(&CargoTool {
        package: "trunk",
        programs: &["trunk"],
        version: pins::TRUNK.to_owned(),
        dependencies: Dependencies::AsLocked,
        features: &[],
        says_version: true,
    })
}

/// Finds or installs the splitter. It does not tell its version, so only the cache folder's copy is trusted.
///
/// # Errors
///
/// It has to be installed and cannot be.
pub(crate) fn wasm_split() -> Result<Installed> {
    find_or_install(&CargoTool {
        package: "wasm_split_cli_support",
        programs: &["wasm-split-cli"],
        version: pins::WASM_SPLIT.to_owned(),
        dependencies: Dependencies::AsLocked,
        features: &["build-binary"],
        says_version: false,
    })
}

/// Finds or installs the driver of Firefox.
///
/// # Errors
///
/// It has to be installed and cannot be.
pub(crate) fn geckodriver() -> Result<Installed> {
    find_or_install(&CargoTool {
        package: "geckodriver",
        programs: &["geckodriver"],
        version: pins::GECKODRIVER.to_owned(),
        dependencies: Dependencies::AsLocked,
        features: &[],
        says_version: true,
    })
}

/// Finds or installs the command line of wasm-bindgen with its test runner, at the version of the project's lock file.
///
/// # Errors
///
/// `Cargo.lock` does not name wasm-bindgen, or the tool has to be installed and cannot be.
pub(crate) fn wasm_bindgen(project: &Project) -> Result<Installed> {
    let lock = fs::read_to_string(project.path("Cargo.lock"))
        .context("could not read Cargo.lock; `cargo generate-lockfile` writes it")?;
    let version = lockfile::version_of(&lock, "wasm-bindgen").context("Cargo.lock does not name wasm-bindgen")?;
    find_or_install(&CargoTool {
        package: "wasm-bindgen-cli",
        programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
        version: version.to_owned(),
        // Its lock file asks for versions that a registry mirror need not have any more.
        dependencies: Dependencies::Resolved,
        features: &[],
        says_version: true,
    })
}

fn find_or_install(tool: &CargoTool) -> Result<Installed> {
    let found = tool.programs.iter().map(|program| on_path(program)).collect::<Option<Vec<_>>>();
    if let Some(programs) = found
        && tool.says_version
        && programs.iter().all(|program| tool.fits(program))
        && let Some(program) = programs.into_iter().next()
    {
        return Ok(Installed { version: tool.version.clone(), program, path_first: None });
    }
    let slot = Slot::of(tool.name(), &tool.version)?;
    let folder = slot.folder().join("bin");
    let is_whole = || tool.programs.iter().all(|program| tool.fits(&folder.join(program)));
    if !is_whole() {
        let name = tool.name();
        say(&format!("installing {name} {} once for all clones; this can take ten minutes", tool.version));
        slot.install(is_whole, |workshop| tool.install_in(workshop))
            .with_context(|| format!("could not install {name} {}", tool.version))?;
    }
    Ok(Installed { version: tool.version.clone(), program: folder.join(tool.name()), path_first: Some(folder) })
}

impl CargoTool {
    fn name(&self) -> &'static str {
        self.programs.first().copied().unwrap_or(self.package)
    }

    fn fits(&self, program: &Path) -> bool {
        program.is_file() && (!self.says_version || version::of(program).is_some_and(|version| version == self.version))
    }

    fn install_in(&self, workshop: &Workshop) -> Result<()> {
        let mut call = Call::new("cargo").args(["install", self.package, "--version", &self.version]);
        if self.dependencies == Dependencies::AsLocked {
            call = call.arg("--locked");
        }
        if !self.features.is_empty() {
            call = call.args(["--features", &self.features.join(",")]);
        }
        for (name, value) in QUICK_BUILD {
            call = call.env(name, value);
        }
        // `--target-dir` keeps what was compiled when somebody stops this half way.
        call.arg("--root").arg(&workshop.result).arg("--target-dir").arg(&workshop.scratch).run()
    }
}
