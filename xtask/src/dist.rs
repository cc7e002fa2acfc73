//! Weighs the first load of the built page.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};

use crate::html;
use crate::page::{self, Profile};
use crate::project::Project;
use crate::run::Call;
use crate::table::{Align, layout, thousands};
use crate::tools;

/// The most that a first load shall weigh, in bytes after Brotli: 350 KB.
const GOAL: u64 = 350_000;

/// Prints, per file, its size after gzip at its best level and after Brotli at its best quality.
const COMPRESS: &str = r#"
const { brotliCompressSync, gzipSync } = require("node:zlib");
const { readFileSync } = require("node:fs");
for (const file of process.argv.slice(1)) {
  const bytes = readFileSync(file);
  console.log(gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length);
}
"#;

/// The sizes of one file, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sizes {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// Builds the release page, prints what its first load weighs, and holds it against the goal.
///
/// # Errors
///
/// The build fails, or the first load is too heavy.
pub(crate) fn build_and_weigh(project: &Project) -> Result<()> {
    page::build(project, Profile::Release)?;
    let files = weigh(project)?;
    print!("{}", table(&files));
    let total = total(&files).brotli;
    let met = if total <= GOAL { "met" } else { "NOT MET" };
    println!("first load: {} bytes (Brotli), goal {} {met}", thousands(total), thousands(GOAL));
    ensure!(total <= GOAL, "the first load is {} bytes over {}", thousands(total - GOAL), thousands(GOAL));
    Ok(())
}

fn weigh(project: &Project) -> Result<Vec<(String, Sizes)>> {
    let dist = project.dist();
    let page = fs::read_to_string(dist.join("index.html")).context("could not read dist/index.html")?;
    let names = html::first_load(&page);
    let files = names.iter().map(|name| dist.join(name.trim_start_matches('/'))).collect::<Vec<_>>();
    let compressed = compressed_sizes(&files)?;
    let mut weighed = Vec::new();
    for ((name, file), (gzip, brotli)) in names.iter().zip(&files).zip(compressed) {
        let raw = fs::metadata(file).with_context(|| format!("could not read {}", file.display()))?.len();
        weighed.push(((*name).to_owned(), Sizes { raw, gzip, brotli }));
    }
    Ok(weighed)
}

/// Node has both compressors built in, which spares the newcomer the compilation of one.
fn compressed_sizes(files: &[PathBuf]) -> Result<Vec<(u64, u64)>> {
    let node = tools::node()?;
    let lines = Call::new(node.program).args(["--eval", COMPRESS]).args(files).output()?;
    let sizes = lines.lines().map(|line| {
        let (gzip, brotli) = line.split_once(' ')?;
        Some((gzip.parse::<u64>().ok()?, brotli.parse::<u64>().ok()?))
    });
    let sizes = sizes.collect::<Option<Vec<_>>>().filter(|sizes| sizes.len() == files.len());
    sizes.with_context(|| format!("node did not answer with two sizes per file:\n{lines}"))
}

fn total(files: &[(String, Sizes)]) -> Sizes {
    files.iter().fold(Sizes::default(), |total, (_, sizes)| Sizes {
        raw: total.raw + sizes.raw,
        gzip: total.gzip + sizes.gzip,
        brotli: total.brotli + sizes.brotli,
    })
}

fn table(files: &[(String, Sizes)]) -> String {
    let row = |name: &str, sizes: Sizes| {
        [name.to_owned(), thousands(sizes.raw), thousands(sizes.gzip), thousands(sizes.brotli)]
    };
    let mut rows = vec![["file", "bytes", "gzip", "Brotli"].map(str::to_owned)];
    rows.extend(files.iter().map(|(name, sizes)| row(name, *sizes)));
    rows.push(row("total", total(files)));
    layout([Align::Start, Align::End, Align::End, Align::End], &rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_ends_with_the_sum() {
        let files = [
            ("/app_bg.wasm".to_owned(), Sizes { raw: 390_000, gzip: 170_000, brotli: 145_000 }),
            ("/app.js".to_owned(), Sizes { raw: 58_000, gzip: 9_600, brotli: 8_500 }),
        ];
        let expected = "\
file            bytes     gzip   Brotli
/app_bg.wasm  390 000  170 000  145 000
/app.js        58 000    9 600    8 500
total         448 000  179 600  153 500
";
        assert_eq!(table(&files), expected);
    }
}
