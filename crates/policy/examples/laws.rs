//! Checks the laws of comparing, minimizing, lint, proposals, tests and guardrails on as many random documents as it is
//! told, and says how many it checked.
//!
//! `cargo run --release -p tollgate-policy --example laws -- --seed N --count M`
#![allow(clippy::panic, clippy::indexing_slicing, clippy::unwrap_used, reason = "it is a test, and may fail loudly")]

#[path = "../tests/laws_of_analysis/mod.rs"]
mod laws_of_analysis;

use std::env;
use std::process::ExitCode;

use laws_of_analysis::generator::Generator;
use laws_of_analysis::{LAWS, Law};

/// What to check: how many documents, or pairs of them, for each law, drawn as the seed says.
struct Options {
    seed: u64,
    count: u64,
}

fn main() -> ExitCode {
    let options = match options(env::args().skip(1)) {
        Ok(options) => options,
        Err(error) => {
            eprintln!("{error}\nusage: laws [--seed N] [--count M]");
            return ExitCode::FAILURE;
        }
    };
    println!("seed {}", options.seed);
    let held = LAWS.iter().filter(|law| holds(law, &options)).count();
    if held == LAWS.len() {
        println!("all {held} laws hold");
        ExitCode::SUCCESS
    } else {
        println!("{} of {} laws are broken", LAWS.len() - held, LAWS.len());
        ExitCode::FAILURE
    }
}

/// Checks one law and prints a line about it.
fn holds((name, law): &Law, options: &Options) -> bool {
    // Each law draws for itself, so that it can be repeated without the others.
    let mut generator = Generator::new(options.seed);
    for checked in 0..options.count {
        if let Err(error) = law(&mut generator) {
            println!("{checked:>9} pairs  BROKEN  {name}\n{error}");
            return false;
        }
    }
    println!("{:>9} pairs  holds   {name}", options.count);
    true
}

fn options(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options { seed: 1, count: 1_000 };
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or_else(|| format!("`{name}` is followed by nothing"))?;
        let value = value.parse::<u64>().map_err(|error| format!("`{value}`: {error}"))?;
        match name.as_str() {
            "--seed" => options.seed = value,
            "--count" => options.count = value,
            _ => return Err(format!("unknown option `{name}`")),
        }
    }
    Ok(options)
}
