//! Runs other programs: every child process of these commands starts here.
//!
//! A call is printed before it runs, and a failure repeats it in a form that can be pasted into a shell.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io::{ErrorKind, IsTerminal};
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context, Result, bail};

/// A program with its arguments and surroundings, not yet run.
#[derive(Clone)]
pub(crate) struct Call {
    program: OsString,
    arguments: Vec<OsString>,
    environment: Vec<(OsString, OsString)>,
    path_first: Vec<PathBuf>,
    folder: Option<PathBuf>,
}

impl Call {
    /// A call of `program`, a path or a name on PATH.
    pub(crate) fn new(program: impl Into<OsString>) -> Self {
        Self {
            program: program.into(),
            arguments: Vec::new(),
            environment: Vec::new(),
            path_first: Vec::new(),
            folder: None,
        }
    }

    /// Adds one argument.
    pub(crate) fn arg(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// Adds arguments.
    pub(crate) fn args<A: Into<OsString>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.arguments.extend(arguments.into_iter().map(Into::into));
        self
    }

    /// Sets an environment variable for the program.
    pub(crate) fn env(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    /// Puts a folder on the program's PATH, before PATH as it is but behind folders added earlier.
    pub(crate) fn path_first(mut self, folder: impl Into<PathBuf>) -> Self {
        self.path_first.push(folder.into());
        self
    }

    /// Runs the program in `folder`.
    pub(crate) fn folder(mut self, folder: impl Into<PathBuf>) -> Self {
        self.folder = Some(folder.into());
        self
    }

    /// Prints the call, runs it, and lets it write to this terminal.
    ///
    /// # Errors
    ///
    /// The program is missing or reports failure; the message holds the exact command.
    pub(crate) fn run(&self) -> Result<()> {
        announce(self);
        let status = self.command()?.status().map_err(|error| self.not_started(&error))?;
        self.require_success(status, "")
    }

    /// Runs the program quietly and returns what it wrote to its standard output.
    ///
    /// # Errors
    ///
    /// As [`Call::run`]; the message also holds what the program wrote to its standard error.
    pub(crate) fn output(&self) -> Result<String> {
        let mut command = self.command()?;
        command.stdin(Stdio::null());
        let output = command.output().map_err(|error| self.not_started(&error))?;
        self.require_success(output.status, &String::from_utf8_lossy(&output.stderr))?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Prints the call, runs it, lets its standard error through to this terminal, and returns its standard output.
    ///
    /// For programs that take long and say meanwhile how far they are.
    ///
    /// # Errors
    ///
    /// As [`Call::run`].
    pub(crate) fn run_for_output(&self) -> Result<String> {
        announce(self);
        let mut command = self.command()?;
        command.stdin(Stdio::null()).stderr(Stdio::inherit());
        let output = command.output().map_err(|error| self.not_started(&error))?;
        self.require_success(output.status, "")?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn command(&self) -> Result<Command> {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments);
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        if !self.path_first.is_empty() {
            let old = std::env::var_os("PATH").unwrap_or_default();
            let folders = self.path_first.iter().cloned().chain(std::env::split_paths(&old));
            command.env("PATH", std::env::join_paths(folders).context("a folder for PATH holds a separator")?);
        }
        Ok(command)
    }

    fn not_started(&self, error: &std::io::Error) -> anyhow::Error {
        let program = self.program.to_string_lossy();
        if error.kind() == ErrorKind::NotFound {
            anyhow::anyhow!("`{program}` is not installed or not on PATH; it was needed for:\n  {self}")
        } else {
            anyhow::anyhow!("`{program}` could not be started ({error}):\n  {self}")
        }
    }

    fn require_success(&self, status: ExitStatus, complaint: &str) -> Result<()> {
        if status.success() {
            return Ok(());
        }
        let complaint = complaint.trim_end();
        let complaint = if complaint.is_empty() { String::new() } else { format!("\n{complaint}") };
        bail!("this command failed ({status}):\n  {self}{complaint}")
    }
}

impl fmt::Display for Call {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(folder) = &self.folder {
            write!(formatter, "cd {} && ", quoted(folder.as_os_str()))?;
        }
        if !self.path_first.is_empty() {
            formatter.write_str("PATH=")?;
            for folder in &self.path_first {
                write!(formatter, "{}:", quoted(folder.as_os_str()))?;
            }
            formatter.write_str("\"$PATH\" ")?;
        }
        for (name, value) in &self.environment {
            write!(formatter, "{}={} ", name.to_string_lossy(), quoted(value))?;
        }
        formatter.write_str(&quoted(&self.program))?;
        self.arguments.iter().try_for_each(|argument| write!(formatter, " {}", quoted(argument)))
    }
}

/// Finds a program on PATH.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|candidate| candidate.is_file())
}

/// Says what is about to happen, for work that takes long.
pub(crate) fn say(text: &str) {
    eprintln!("{text}");
}

/// Whether the terminal takes colors and nobody asked for none.
pub(crate) fn takes_color() -> bool {
    std::io::stderr().is_terminal() && !color_refused()
}

/// Whether `NO_COLOR` is set to anything.
pub(crate) fn color_refused() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

fn announce(call: &Call) {
    if takes_color() {
        eprintln!("\x1b[2m$ {call}\x1b[0m");
    } else {
        eprintln!("$ {call}");
    }
}

fn quoted(text: &OsStr) -> String {
    let text = text.to_string_lossy();
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "-_./=:,@+%".contains(character);
    if !text.is_empty() && text.chars().all(is_plain) {
        text.into_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_reads_as_a_shell_would_take_it() {
        let call = Call::new("cargo")
            .args(["test", "--", "it's here"])
            .env("RUSTDOCFLAGS", "-D warnings")
            .path_first("a folder")
            .folder("tests/e2e");
        let expected =
            r#"cd tests/e2e && PATH='a folder':"$PATH" RUSTDOCFLAGS='-D warnings' cargo test -- 'it'\''s here'"#;
        assert_eq!(call.to_string(), expected);
    }

    #[test]
    fn a_missing_program_is_named_with_the_call_that_needed_it() {
        let error = Call::new("no-such-program-here").arg("--version").output().unwrap_err().to_string();
        assert!(error.contains("`no-such-program-here` is not installed"), "{error}");
        assert!(error.contains("no-such-program-here --version"), "{error}");
    }
}
