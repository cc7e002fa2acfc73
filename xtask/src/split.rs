//! Cuts the page's program in two: what the first page needs, and the rest, which is fetched when it is needed.
//!
//! Trunk has linked the program whole, with its relocations. The splitter follows them from the functions marked in
//! `src/` and writes a program without what only they use; wasm-bindgen and wasm-opt then run on that one.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::integrity::integrity;
use crate::project::Project;
use crate::run::Call;
use crate::tools;

/// What the splitter calls the module that fetches the parts.
const LOADER: &str = "__wasm_split.js";

/// Measured by what Brotli makes of it: functions with one caller stay alone, because their like then stands together.
///
/// The features are those that Rust's target has by default: with all of them the optimizer writes what browsers refuse.
const OPTIMIZE: [&str; 13] = [
    "-Os",
    "--one-caller-inline-max-function-size=20",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];

/// wasm-bindgen writes scripts to be read.
const MINIFY: [&str; 4] = ["--minify", "--format=esm", "--log-level=warning", "--allow-overwrite"];

/// Which bundler makes them small.
const BUNDLER_LOCK: &str = "editor/package-lock.json";

/// Replaces the staged program by its first part and puts the others beside it.
///
/// # Errors
///
/// A tool is missing or fails, or the staged page is not as Trunk writes it.
pub(crate) fn split_staged_program(project: &Project, staged: &Path, is_release: bool) -> Result<()> {
    let profile = if is_release { "release" } else { "debug" };
    let linked = project.target().join(tools::WASM_TARGET).join(profile).join("tollgate.wasm");
    let (old, new) = (stem_of_program(staged)?, stem_of_parts(project, &linked)?);
    let before = remove_program(staged, &old)?;
    let parts = split(project, &linked, staged, &new)?;
    let program = staged.join(format!("{new}_bg.wasm"));
    if is_release {
        optimize(staged, parts.iter().map(|name| staged.join(name)).chain([program.clone()]))?;
        minify(project, [staged.join(format!("{new}.js")), staged.join(loader_of(&new))])?;
    }
    let after = [integrity(&staged.join(format!("{new}.js")))?, integrity(&program)?];
    let page = staged.join("index.html");
    let text = read(&page)?.replace(&old, &new);
    let text = before.iter().zip(&after).fold(text, |text, (before, after)| text.replace(before, after));
    let loader = loader_of(&new);
    let integrity = integrity(&staged.join(&loader))?;
    let preload = format!("<link crossorigin href=/{loader} integrity={integrity} rel=modulepreload></head>");
    write(&page, &text.replacen("</head>", &preload, 1))
}

/// Removes what Trunk made of the whole program, and returns the hashes that the page names it by.
fn remove_program(staged: &Path, stem: &str) -> Result<[String; 2]> {
    let remove = |name: String| {
        let file = staged.join(name);
        let hash = integrity(&file)?;
        fs::remove_file(&file).with_context(|| format!("could not remove {}", file.display()))?;
        Ok::<_, anyhow::Error>(hash)
    };
    Ok([remove(format!("{stem}.js"))?, remove(format!("{stem}_bg.wasm"))?])
}

/// Puts the first part with its script, the loader and the other parts into `staged`; returns the others' names.
fn split(project: &Project, linked: &Path, staged: &Path, stem: &str) -> Result<Vec<String>> {
    let work = project.target().join("split");
    if work.exists() {
        fs::remove_dir_all(&work).context("could not empty the folder of the splitter")?;
    }
    Call::new(tools::wasm_split()?.program).arg(linked).arg(&work).args(["--out-name", stem]).run()?;
    let bindgen = Call::new(tools::wasm_bindgen(project)?.program).args(["--target", "web", "--no-typescript"]);
    let bindgen = bindgen.args(["--keep-lld-exports", "--no-demangle", "--out-name", stem, "--out-dir"]);
    bindgen.arg(staged).arg(work.join(format!("{stem}.wasm"))).run()?;

    let parts = parts(&work, stem)?;
    for (from, to) in &parts {
        fs::copy(work.join(from), staged.join(to)).with_context(|| format!("could not copy {from}"))?;
    }
    let loader = loader_of(stem);
    let text = parts.iter().fold(read(&work.join(LOADER))?, |text, (from, to)| text.replace(from, to));
    write(&staged.join(&loader), &text)?;
    // The key of the imports keeps its name, which the program's own import section holds; only the file has another.
    let import = |name: &str| format!("from \"./{name}\"");
    let script = staged.join(format!("{stem}.js"));
    write(&script, &read(&script)?.replacen(&import(LOADER), &import(&loader), 1))?;
    Ok(parts.into_iter().map(|(_, to)| to).collect())
}

fn loader_of(stem: &str) -> String {
    format!("{stem}_parts.js")
}

/// A name for the parts that changes with whatever they are made from, so that no browser keeps an old one.
fn stem_of_parts(project: &Project, linked: &Path) -> Result<String> {
    let bytes = fs::read(linked).with_context(|| format!("could not read {}", linked.display()))?;
    let tools = [tools::WASM_SPLIT, tools::BINARYEN].into_iter().chain(OPTIMIZE).chain(MINIFY).collect::<String>();
    let bundler = read(&project.path(BUNDLER_LOCK))?;
    let hash = Sha256::new().chain_update(bytes).chain_update(tools).chain_update(bundler).finalize();
    Ok(format!("tollgate-{}", hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect::<String>()))
}

/// The name that Trunk gave the program, with its hash.
fn stem_of_program(staged: &Path) -> Result<String> {
    let names = file_names(staged)?;
    let stem = names.iter().find_map(|name| name.strip_suffix("_bg.wasm").filter(|stem| stem.starts_with("tollgate-")));
    stem.map(str::to_owned).context("the staged page has no `tollgate-*_bg.wasm`")
}

/// The files that hold the parts behind the first, each with its name in the page.
fn parts(work: &Path, stem: &str) -> Result<Vec<(String, String)>> {
    let program = format!("{stem}.wasm");
    let parts = file_names(work)?.into_iter().filter(|name| name.ends_with(".wasm") && *name != program);
    Ok(parts.map(|name| (name.clone(), format!("{stem}_{name}"))).collect())
}

/// Makes programs in a folder small.
///
/// # Errors
///
/// The optimizer is missing or refuses one.
pub(crate) fn optimize(folder: &Path, files: impl Iterator<Item = PathBuf>) -> Result<()> {
    let wasm_opt = tools::wasm_opt()?.program;
    for file in files {
        Call::new(&wasm_opt).args(OPTIMIZE).arg(&file).arg("--output").arg(&file).folder(folder).run()?;
    }
    Ok(())
}

/// Makes scripts small.
fn minify(project: &Project, scripts: impl IntoIterator<Item = PathBuf>) -> Result<()> {
    let packages = tools::editor_packages(project)?;
    for script in scripts {
        let output = format!("--outfile={}", script.display());
        packages.esbuild().args(MINIFY).arg(&script).arg(output).run()?;
    }
    Ok(())
}

fn file_names(folder: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(folder).with_context(|| format!("could not list {}", folder.display()))?;
    let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    let mut names = names.collect::<Result<Vec<_>>>()?;
    names.sort();
    Ok(names)
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("could not read {}", file.display()))
}

fn write(file: &Path, text: &str) -> Result<()> {
    fs::write(file, text).with_context(|| format!("could not write {}", file.display()))
}
