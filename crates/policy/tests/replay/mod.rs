//! Replays recorded answers of the original against this crate.
//!
//! Everything that is not as expected is a mismatch with a name: a file that is missing, a group that is empty or
//! unknown, a row of another shape, and an answer that differs.

use std::fmt;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tollgate_policy::{Catalog, CompiledPolicy, Policy, Request, Verdict, check, gate};

/// How many rows of a group were looked at.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Counted {
    pub(crate) file: &'static str,
    pub(crate) group: &'static str,
    pub(crate) rows: usize,
    pub(crate) is_replayed: bool,
}

impl fmt::Display for Counted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Counted { file, group, rows, is_replayed } = self;
        let outcome = if *is_replayed { "0 mismatches" } else { "not replayed: validation refuses these documents" };
        write!(formatter, "{file} {group}: {rows} rows, {outcome}")
    }
}

/// Something that is not as recorded.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Mismatch {
    MissingFile { file: &'static str, cause: String },
    EmptyGroup { file: &'static str, group: &'static str },
    UnknownShape { file: &'static str, detail: String },
    Answer { file: &'static str, group: &'static str, row: usize, recorded: String, ours: String },
}

impl fmt::Display for Mismatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Mismatch::MissingFile { file, cause } => write!(formatter, "{file}: cannot be read: {cause}"),
            Mismatch::EmptyGroup { file, group } => write!(formatter, "{file} {group}: missing or empty"),
            Mismatch::UnknownShape { file, detail } => write!(formatter, "{file}: unknown shape: {detail}"),
            Mismatch::Answer { file, group, row, recorded, ours } => {
                write!(formatter, "{file} {group} row {row}: recorded {recorded}, ours {ours}")
            }
        }
    }
}

pub(crate) type Replayed = Result<Vec<Counted>, Vec<Mismatch>>;

/// The folder with the recordings: `TOLLGATE_VECTORS`, or the project's own copy.
pub(crate) fn folder() -> PathBuf {
    let own = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/conformance");
    std::env::var_os("TOLLGATE_VECTORS").map_or_else(own, PathBuf::from)
}

/// The mismatches in words: at most twenty of them, and how many there are.
pub(crate) fn describe(mismatches: &[Mismatch]) -> String {
    let mut lines: Vec<String> = mismatches.iter().take(20).map(ToString::to_string).collect();
    lines.push(format!("{} mismatches in all", mismatches.len()));
    lines.join("\n")
}

/// Replays `policy_validate.json`.
pub(crate) fn policy_validate(folder: &Path) -> Replayed {
    const FILE: &str = "policy_validate";
    let file = File::open(folder, FILE, &["about", "policy_ids", "cases"])?;
    let policy_ids: Vec<&str> = file.group("policy_ids")?.iter().filter_map(Value::as_str).collect();
    let catalog = Catalog::review_board_8_1().with_policy_ids(policy_ids);
    let cases = file.group("cases")?;
    file.replay("cases", cases, |row| {
        let recorded = match (row["outcome"].as_str()?, row["code"].as_str(), row["at"].as_str()) {
            ("ok", None, None) => "ok".to_owned(),
            ("rejected", Some("not_json"), None) => "rejected not_json at ``".to_owned(),
            (outcome @ ("rejected" | "crash"), Some(code), Some(at)) => format!("{outcome} {code} at `{at}`"),
            _ => return None,
        };
        let ours = match check(row["policy"].as_str()?, &catalog).verdict() {
            Verdict::Accepted => "ok".to_owned(),
            Verdict::Refused { code, pointer } => format!("rejected {} at `{pointer}`", code.name()),
            Verdict::RefusedWhereOriginalCrashes { code, pointer } => format!("crash {} at `{pointer}`", code.name()),
        };
        Some((recorded, ours))
    })
    .map(|counted| vec![counted])
}

/// Replays `policy_eval.json`.
pub(crate) fn policy_eval(folder: &Path) -> Replayed {
    const FILE: &str = "policy_eval";
    let unvalidated = ["unvalidated_sections", "unvalidated_documents"];
    let groups = ["about", "policies", "decisions", "gates", unvalidated[0], unvalidated[1]];
    let file = File::open(folder, FILE, &groups)?;
    let mut compiled = Vec::new();
    for (index, policy) in file.group("policies")?.iter().enumerate() {
        let policy = Policy::stored(&policy.to_string());
        let policy = policy.ok_or_else(|| vec![file.unknown(format!("policies row {index} cannot be evaluated"))])?;
        compiled.push(CompiledPolicy::new(&policy));
    }
    let decisions = file.replay("decisions", file.group("decisions")?, |row| {
        let asked = Asked::read(row, &compiled)?;
        let ours = asked.policy.decide(asked.about, asked.method, asked.item_id).is_allowed();
        Some((asked.recorded, ours))
    });
    let gates = file.replay("gates", file.group("gates")?, |row| {
        let asked = Asked::read(row, &compiled)?;
        let resource = Catalog::review_board_8_1().by_module(asked.about)?;
        let ours = gate(asked.policy, &Request::new(resource, asked.method, asked.item_id)).is_allowed();
        Some((asked.recorded, ours))
    });
    let mut counted = Vec::new();
    let mut mismatches = Vec::new();
    for group in [decisions, gates] {
        match group {
            Ok(group) => counted.push(group),
            Err(more) => mismatches.extend(more),
        }
    }
    for group in unvalidated {
        counted.push(Counted { file: FILE, group, rows: file.group(group)?.len(), is_replayed: false });
    }
    if mismatches.is_empty() { Ok(counted) } else { Err(mismatches) }
}

/// A row of `decisions` or `gates`.
struct Asked<'r> {
    policy: &'r CompiledPolicy,
    about: &'r str,
    method: &'r str,
    item_id: Option<&'r str>,
    recorded: bool,
}

impl<'r> Asked<'r> {
    fn read(row: &'r Value, compiled: &'r [CompiledPolicy]) -> Option<Asked<'r>> {
        let [policy, about, method, item_id, recorded] = row.as_array()?.as_slice() else { return None };
        let item_id = if item_id.is_null() { None } else { Some(item_id.as_str()?) };
        let recorded = match recorded.as_u64()? {
            0 => false,
            1 => true,
            _ => return None,
        };
        let policy = compiled.get(usize::try_from(policy.as_u64()?).ok()?)?;
        Some(Asked { policy, about: about.as_str()?, method: method.as_str()?, item_id, recorded })
    }
}

/// A recording whose groups are the expected ones.
struct File {
    name: &'static str,
    content: Value,
}

impl File {
    fn open(folder: &Path, name: &'static str, groups: &[&str]) -> Result<File, Vec<Mismatch>> {
        let missing = |cause: String| vec![Mismatch::MissingFile { file: name, cause }];
        let text =
            std::fs::read_to_string(folder.join(format!("{name}.json"))).map_err(|error| missing(error.to_string()))?;
        let content: Value = serde_json::from_str(&text).map_err(|error| missing(error.to_string()))?;
        let file = File { name, content };
        let keys =
            file.content.as_object().map(|content| content.keys().cloned().collect::<Vec<_>>()).unwrap_or_default();
        match keys.iter().find(|key| !groups.contains(&key.as_str())) {
            Some(unknown) => Err(vec![file.unknown(format!("group {unknown}"))]),
            None => Ok(file),
        }
    }

    fn group(&self, group: &'static str) -> Result<&[Value], Vec<Mismatch>> {
        match self.content.get(group).and_then(Value::as_array) {
            Some(rows) if !rows.is_empty() => Ok(rows),
            _ => Err(vec![Mismatch::EmptyGroup { file: self.name, group }]),
        }
    }

    fn unknown(&self, detail: String) -> Mismatch {
        Mismatch::UnknownShape { file: self.name, detail }
    }

    /// Asks `answers` for the recorded answer and ours to every row; none means a row of unknown shape.
    fn replay<Answer: PartialEq + fmt::Debug>(
        &self,
        group: &'static str,
        rows: &[Value],
        answers: impl Fn(&Value) -> Option<(Answer, Answer)>,
    ) -> Result<Counted, Vec<Mismatch>> {
        let mut mismatches = Vec::new();
        for (row, content) in rows.iter().enumerate() {
            match answers(content) {
                None => mismatches.push(self.unknown(format!("{group} row {row}: {content}"))),
                Some((recorded, ours)) if recorded != ours => mismatches.push(Mismatch::Answer {
                    file: self.name,
                    group,
                    row,
                    recorded: format!("{recorded:?}"),
                    ours: format!("{ours:?}"),
                }),
                Some(_) => {}
            }
        }
        let counted = Counted { file: self.name, group, rows: rows.len(), is_replayed: true };
        if mismatches.is_empty() { Ok(counted) } else { Err(mismatches) }
    }
}
