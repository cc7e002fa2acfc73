//! The commands that build, serve and check Tollgate.
//!
//! `cargo xtask serve` shows the console, `cargo xtask test` runs everything that CI runs.
//! Nothing of the product lives here: this package finds the tools, calls them in order and explains what failed.

mod bench;
mod check;
mod csp;
mod dist;
mod editor;
mod generate;
mod headers;
mod html;
mod integrity;
mod lockfile;
mod npm;
mod page;
mod program;
mod project;
mod run;
mod seal;
mod serve;
mod service_worker;
mod split;
mod table;
mod tools;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::project::Project;

/// Build, serve and check Tollgate.
#[derive(Parser)]
#[command(name = "xtask", bin_name = "cargo xtask", disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Serve(serve::Options),
    Test(check::Options),
    Bench(bench::Options),
    /// Build the release page and weigh its first load
    Dist,
    /// Write the files that are derived from others
    Generate,
    /// Install the tools that are missing and say where each one is
    Tools,
    /// Split a built page, write its content security policy and list its files (Trunk calls this)
    #[command(hide = true)]
    Seal,
}

fn main() -> ExitCode {
    match obey(&Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn obey(command: &Command) -> Result<()> {
    let project = Project::find()?;
    match command {
        Command::Serve(options) => serve::serve(&project, options),
        Command::Test(options) => check::test(&project, options),
        Command::Bench(options) => bench::bench(&project, options),
        Command::Dist => dist::build_and_weigh(&project),
        Command::Generate => generate::write_all(&project),
        Command::Tools => tools::show_all(&project),
        Command::Seal => seal::seal_staged_page(&project),
    }
}
