//! Reads recorded rows, replays each, and names every difference.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::Value;

/// What replaying a row gave.
pub(crate) enum Outcome {
    /// The same answer.
    Same,
    /// The row records a fault of Python or Django that a typed call cannot express; it maps to a refusal.
    MapsToRefusal,
    /// The row records something that no act of ours does: it is named in the report and not compared.
    LeftOut,
}

/// One group of rows in a file, and how a row is replayed: `Err` carries both answers.
#[derive(Clone, Copy)]
pub(crate) struct Group {
    pub(crate) name: &'static str,
    pub(crate) replay: fn(&Value) -> Result<Outcome, String>,
}

pub(crate) struct Vectors {
    folder: PathBuf,
}

impl Vectors {
    pub(crate) fn from_environment() -> Self {
        let own = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/conformance");
        Self { folder: std::env::var_os("TOLLGATE_VECTORS").map_or_else(|| own.into(), PathBuf::from) }
    }

    pub(crate) fn at(folder: &str) -> Self {
        Self { folder: folder.into() }
    }

    /// Replays groups of a file, prints the rows of each, and panics with every difference.
    #[track_caller]
    pub(crate) fn replay(&self, file: &str, groups: &[Group]) {
        match self.check(file, groups) {
            Ok(report) => println!("{report}"),
            Err(report) => panic!("{report}"),
        }
    }

    pub(crate) fn check(&self, file: &str, groups: &[Group]) -> Result<String, String> {
        check_value(file, &self.read(file)?, groups)
    }

    fn read(&self, file: &str) -> Result<Value, String> {
        let path = self.folder.join(file);
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{file}: {}: {error}", path.display()))?;
        serde_json::from_str(&text).map_err(|error| format!("{file}: {error}"))
    }
}

/// Checks the project's own copy of a file after a change, to show that the replay can fail.
pub(crate) fn mismatches_of_altered(
    file: &str,
    groups: &[Group],
    alter: impl FnOnce(&mut Value),
) -> Result<String, String> {
    let own = Vectors::at(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/conformance"));
    let mut value = own.read(file)?;
    alter(&mut value);
    check_value(file, &value, groups)
}

fn check_value(file: &str, value: &Value, groups: &[Group]) -> Result<String, String> {
    let mut report = String::new();
    let mut differences = Vec::new();
    for group in groups {
        let rows = value.get(group.name).and_then(Value::as_array);
        let Some(rows) = rows.filter(|rows| !rows.is_empty()) else {
            return Err(format!("{file}: the group `{}` is empty", group.name));
        };
        let (mut same, mut refusals, mut left_out) = (0, 0, Vec::new());
        for (index, row) in rows.iter().enumerate() {
            match (group.replay)(row) {
                Ok(Outcome::Same) => same += 1,
                Ok(Outcome::MapsToRefusal) => refusals += 1,
                Ok(Outcome::LeftOut) => left_out.push(row["case"].as_str().unwrap_or("a row without a name")),
                Err(difference) => differences.push(format!("{file} {} row {index}: {difference}", group.name)),
            }
        }
        let mismatches = rows.len() - same - refusals - left_out.len();
        let _ = writeln!(
            report,
            "{file} {}: {} rows, {same} the same, {refusals} map to a refusal, {mismatches} mismatches",
            group.name,
            rows.len()
        );
        for case in left_out {
            let _ = writeln!(report, "{file} {}: left out: {case}", group.name);
        }
    }
    if differences.is_empty() {
        return Ok(report);
    }
    let shown = differences.iter().take(20).cloned().collect::<Vec<_>>().join("\n");
    Err(format!("{report}{} mismatches\n{shown}", differences.len()))
}

/// Compares a recorded answer with ours.
pub(crate) fn same<T: PartialEq + std::fmt::Debug>(what: &str, recorded: T, ours: T) -> Result<(), String> {
    if recorded == ours { Ok(()) } else { Err(format!("{what}: recorded {recorded:?}, ours {ours:?}")) }
}

/// A text that a row must have.
pub(crate) fn text<'a>(row: &'a Value, key: &str) -> Result<&'a str, String> {
    row.get(key).and_then(Value::as_str).ok_or_else(|| format!("the row has no text `{key}`: {row}"))
}

/// A value that a row must have.
pub(crate) fn field<'a>(row: &'a Value, key: &str) -> Result<&'a Value, String> {
    row.get(key).ok_or_else(|| format!("the row has no `{key}`: {row}"))
}
