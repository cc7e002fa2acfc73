//! The standard library for wasm32: from rustup, or built from Debian's source where rustup's server is out of reach.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::cache::{Slot, Workshop};
use super::pins::WASM_TARGET;
use crate::project::Project;
use crate::run::{Call, on_path, say};

/// Debian's Rust for the web, with the libraries it loads; unpacked privately, never installed.
const DEBIAN_PACKAGES: [&str; 12] = [
    "rustc-web",
    "cargo-web",
    "rust-web-src",
    "libstd-rust-web-1.96",
    "libstd-rust-web-dev",
    "libllvm22",
    "lld-22",
    "libgit2-1.5",
    "libhttp-parser2.9",
    "libmbedcrypto7",
    "libmbedx509-1",
    "libmbedtls14",
];
const DEBIAN_VERSION: &str = "1.96";

/// Where the standard library for wasm32 comes from.
pub(crate) enum WasmStd {
    /// It lies in the compiler's own folder.
    Installed {
        /// That folder.
        folder: PathBuf,
    },
    /// It is built from source by Debian's compiler, with an unstable setting; slower, and a folder of its own.
    Debian {
        /// Where Debian's packages are unpacked.
        root: PathBuf,
        /// Where Cargo builds: what two compilers make must not mix.
        target: PathBuf,
    },
}

/// Finds the standard library for wasm32, or installs it.
///
/// # Errors
///
/// Neither rustup nor Debian's packages can be reached.
pub(crate) fn find_or_install(project: &Project) -> Result<WasmStd> {
    if let Some(installed) = installed(project)? {
        return Ok(installed);
    }
    let by_rustup = Call::new("rustup").args(["target", "add", WASM_TARGET]).folder(project.root()).run();
    if let Some(installed) = installed(project)? {
        return Ok(installed);
    }
    say("rustup could not install the wasm32 target; building it from Debian's source instead (slower)");
    let root = debian().with_context(|| match by_rustup {
        Ok(()) => format!("no standard library for {WASM_TARGET}"),
        Err(error) => format!("no standard library for {WASM_TARGET}: {error}\nand the fallback failed"),
    })?;
    Ok(WasmStd::Debian { root, target: project.path("target/debian") })
}

fn installed(project: &Project) -> Result<Option<WasmStd>> {
    let sysroot = Call::new("rustc").args(["--print", "sysroot"]).folder(project.root()).output()?;
    let folder = Path::new(sysroot.trim()).join("lib/rustlib").join(WASM_TARGET);
    Ok(folder.join("lib").is_dir().then_some(WasmStd::Installed { folder }))
}

impl WasmStd {
    /// Sets what a call of Cargo or Trunk needs to compile for wasm32.
    pub(crate) fn apply(&self, call: Call) -> Call {
        let Self::Debian { root, target } = self else {
            return call;
        };
        let programs = root.join("usr/bin");
        call.path_first(&programs)
            .env("LD_LIBRARY_PATH", library_folder(root))
            .env("CARGO", programs.join("cargo"))
            .env("RUSTC", programs.join("rustc"))
            .env("RUSTDOC", programs.join("rustdoc"))
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", programs.join("wasm-ld-22"))
            .env("CARGO_TARGET_DIR", target)
    }
}

impl fmt::Display for WasmStd {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Installed { folder } => write!(formatter, "{}", folder.display()),
            Self::Debian { root, .. } => write!(formatter, "built from source by {}", root.join("usr/bin").display()),
        }
    }
}

fn debian() -> Result<PathBuf> {
    let slot = Slot::of("debian-rust-web", DEBIAN_VERSION)?;
    let root = slot.folder().join("root");
    let is_whole = || root.join("usr/bin/rustc").is_file() && root.join("usr/bin/wasm-ld-22").exists();
    if !is_whole() {
        if on_path("apt-get").is_none() || on_path("dpkg").is_none() {
            bail!(
                "this is not a Debian machine: run `rustup target add {WASM_TARGET}` where its server can be reached"
            );
        }
        slot.install(is_whole, unpack)?;
    }
    Ok(root)
}

fn unpack(workshop: &Workshop) -> Result<()> {
    // Only root may refresh the package lists; without it the lists as they are must do.
    let _ = Call::new("apt-get").args(["update", "-qq"]).run();
    Call::new("apt-get").arg("download").args(DEBIAN_PACKAGES).folder(&workshop.scratch).run()?;
    let root = workshop.result.join("root");
    for entry in fs::read_dir(&workshop.scratch).context("could not read the downloaded packages")? {
        let package = entry.context("could not read the downloaded packages")?.path();
        if package.extension().is_some_and(|extension| extension == "deb") {
            Call::new("dpkg").arg("-x").arg(&package).arg(&root).run()?;
        }
    }
    Ok(())
}

/// Debian names the folder after the machine: `usr/lib/x86_64-linux-gnu`.
fn library_folder(root: &Path) -> PathBuf {
    let libraries = root.join("usr/lib");
    let folders = fs::read_dir(&libraries).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
    let mut named = folders.filter(|folder| folder.to_string_lossy().ends_with("-linux-gnu"));
    named.next().unwrap_or(libraries)
}
