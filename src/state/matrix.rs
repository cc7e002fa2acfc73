//! The matrix of resources and methods, folded to what sets a policy apart.

use tollgate_policy::{Power, PowerRow, Share};

/// The methods that a server of this kind implements, in the order of the matrix.
pub const METHODS: [&str; 4] = ["GET", "POST", "PUT", "DELETE"];

/// How many resources the matrix names before it folds the rest.
const NAMED_LINES: usize = 6;

/// One line of the matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct MatrixLine {
    /// The resource's policy id, or how many others the line stands for.
    pub name: String,
    /// Whether the line stands for several resources.
    pub is_folded: bool,
    /// One cell for each of [`METHODS`].
    pub cells: [MatrixCount; 4],
}

/// What one method may do on the resources of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MatrixCount {
    /// Operations that are allowed, if only for some ids.
    pub allowed: usize,
    /// Operations that the server has.
    pub total: usize,
    /// Whether only some ids are allowed.
    pub some_ids: bool,
}

/// The lines: resources that stand out first, then the familiar ones; the rest is folded into one.
#[must_use]
pub fn lines(power: &Power<'_>) -> Vec<MatrixLine> {
    let all: Vec<MatrixLine> = power.rows().iter().map(line).collect();
    let usual = usual(&all);
    let familiar_first = first(all, |line| is_familiar(&line.name));
    let mut all = first(familiar_first, |line| stands_out(line, usual));
    let folded = all.split_off(NAMED_LINES.min(all.len()));
    if !folded.is_empty() {
        all.push(fold(&folded));
    }
    all
}

/// Puts some lines before the others; otherwise the order stays.
fn first(lines: Vec<MatrixLine>, comes_first: impl Fn(&MatrixLine) -> bool) -> Vec<MatrixLine> {
    let (mut lines, others): (Vec<_>, Vec<_>) = lines.into_iter().partition(comes_first);
    lines.extend(others);
    lines
}

fn line(row: &PowerRow<'_>) -> MatrixLine {
    let cells = METHODS.map(|method| match row.share(method) {
        None => MatrixCount::default(),
        Some(share) => {
            MatrixCount { allowed: usize::from(share != Share::None), total: 1, some_ids: share == Share::Some }
        }
    });
    MatrixLine { name: row.resource.policy_id.to_string(), is_folded: false, cells }
}

fn fold(lines: &[MatrixLine]) -> MatrixLine {
    let mut cells = [MatrixCount::default(); 4];
    for line in lines {
        for (sum, cell) in cells.iter_mut().zip(line.cells) {
            sum.allowed += cell.allowed;
            sum.total += cell.total;
            sum.some_ids |= cell.some_ids;
        }
    }
    MatrixLine { name: format!("{} other resources", lines.len()), is_folded: true, cells }
}

/// Whether most resources are allowed a method, method by method.
fn usual(all: &[MatrixLine]) -> [bool; 4] {
    std::array::from_fn(|method| {
        let implemented = || all.iter().filter_map(|line| line.cells.get(method)).filter(|cell| cell.total > 0);
        implemented().filter(|cell| cell.allowed > 0).count() * 2 > implemented().count()
    })
}

/// Whether a resource gets other than most do: that is what sets one policy apart from another.
fn stands_out(line: &MatrixLine, usual: [bool; 4]) -> bool {
    let differs = |cell: &MatrixCount, usual: bool| cell.total > 0 && (cell.some_ids || (cell.allowed > 0) != usual);
    line.cells.iter().zip(usual).any(|(cell, usual)| differs(cell, usual))
}

/// The resources that administrators ask about first.
fn is_familiar(policy_id: &str) -> bool {
    ["review_request", "review", "review_reply", "diff", "repository", "user", "group"].contains(&policy_id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::PolicyMeaning;

    #[test]
    fn lines_that_stand_out_come_first_and_familiar_ones_next() {
        let text = r#"{"resources": {"*": {"block": ["*"]}, "archived_review_request": {"*": {"allow": ["POST"]}}}}"#;
        let lines = PolicyMeaning::of_stored(text).unwrap().lines;
        let names: Vec<&str> = lines.iter().map(|line| line.name.as_str()).collect();
        assert_eq!(names.len(), NAMED_LINES + 1);
        assert_eq!(names[0], "archived_review_request");
        assert!(names[1..NAMED_LINES].iter().all(|name| is_familiar(name)), "{names:?}");
        assert!(lines[NAMED_LINES].is_folded);
    }
}
