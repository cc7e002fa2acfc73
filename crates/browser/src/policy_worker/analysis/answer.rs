//! Everything that is told about a text at once.

use serde::{Deserialize, Serialize};

use super::broken::BrokenLook;
use super::compare::CompareLook;
use super::explain::ExplainLook;
use super::found::LintLook;
use super::meaning::MeaningLook;
use super::saving::SavingLook;
use super::smallest::SmallestLook;
use super::tested::TestsLook;
use crate::policy_worker::report::CheckReport;

/// What the worker tells about a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Analysis {
    /// What a server makes of it.
    pub check: CheckReport,
    /// What was asked beside that.
    pub look: Look,
}

/// What was asked about a text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Look {
    /// What is told on every side.
    pub counts: Counts,
    /// The guardrails that it breaks.
    pub broken: Vec<BrokenLook>,
    /// The side that was asked for.
    pub side: SideLook,
}

/// What is told on every side, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Counts {
    /// How many findings there are.
    pub found: u64,
    /// How many operations are allowed that the other text denies, and the other way round; none without such a text.
    pub changed: Option<(u32, u32)>,
    /// How many tests are met; none if the text is no policy.
    pub met: Option<u32>,
}

/// What is told about one side.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "type", content = "look", rename_all = "camelCase")]
pub enum SideLook {
    /// None was asked for.
    #[default]
    Nothing,
    /// What the policy allows.
    Meaning(Box<MeaningLook>),
    /// What it decides about one request.
    Explain(ExplainLook),
    /// What differs from another text.
    Compare(CompareLook),
    /// What is wrong, odd or pointless.
    Lint(LintLook),
    /// Whether its tests are met.
    Tests(TestsLook),
    /// The smallest policy that decides the same.
    Smallest(SmallestLook),
    /// What it is saved with.
    Saving(SavingLook),
}

#[cfg(test)]
mod tests {
    use super::super::{
        Asked, AskedSide, Breadth, CellLook, CellName, CellShare, EditLook, PlaceLook, ProposalLook, RowLook,
        TableLook, TestCase,
    };
    use super::*;

    fn cell() -> CellName {
        CellName { policy_id: "review".to_owned(), item_id: Some("7".to_owned()), method: "PUT".to_owned() }
    }

    #[test]
    fn what_is_asked_is_read_as_it_was_written() {
        let test = TestCase {
            policy_id: "review".to_owned(),
            item_id: None,
            method: "GET".to_owned(),
            is_allowed: true,
            note: String::new(),
        };
        let sides = [
            AskedSide::Nothing,
            AskedSide::Meaning { words: "rev".to_owned(), breadth: Breadth::All, cell: Some(cell()) },
            AskedSide::Explain { method: "GET".to_owned(), path: "/api/".to_owned() },
            AskedSide::Compare,
            AskedSide::Saving,
        ];
        for side in sides {
            let asked = Asked { side, tests: vec![test.clone()], guardrails: vec!["{}".to_owned()] };
            let json = serde_json::to_string(&asked).unwrap();
            assert_eq!(serde_json::from_str::<Asked>(&json).unwrap(), asked, "{json}");
        }
    }

    #[test]
    fn what_is_told_is_read_as_it_was_written() {
        let edit = EditLook { start: 1, end: 2, was: "a".to_owned(), text: String::new() };
        let proposal = ProposalLook { edits: vec![edit], also_atoms: 3, ..ProposalLook::default() };
        let inspected = CellLook {
            name: cell(),
            is_allowed: false,
            says: "blocked".to_owned(),
            pointer: "/resources/*/block/0".to_owned(),
            at: Some(PlaceLook { line: 1, column: 2 }),
            request: String::new(),
            flips: vec![proposal],
            unchangeable: String::new(),
        };
        let row = RowLook {
            policy_id: "review".to_owned(),
            item_id: None,
            notes: Vec::new(),
            cells: vec![CellShare::Allowed, CellShare::Partly { label: "id 7".to_owned(), says: "some".to_owned() }],
        };
        let table = TableLook { rows: vec![row], ..TableLook::default() };
        let meaning = MeaningLook { table, cell: Some(inspected), ..MeaningLook::default() };
        let side = SideLook::Meaning(Box::new(meaning));
        let counts = Counts { found: 3, changed: Some((1, 2)), met: None };
        let broken = BrokenLook {
            name: "keep them".to_owned(),
            demand: "no token may DELETE repository".to_owned(),
            request: "DELETE repository 7 is allowed".to_owned(),
            at: None,
        };
        let look = Look { counts, broken: vec![broken], side };
        let json = serde_json::to_string(&look).unwrap();
        assert!(json.contains(r#""changed":[1,2]"#), "{json}");
        assert_eq!(serde_json::from_str::<Look>(&json).unwrap(), look, "{json}");
    }
}
