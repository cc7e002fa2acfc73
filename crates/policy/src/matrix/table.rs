//! The matrix itself.

use super::cell::{MatrixCell, MatrixTally};
use super::rows::{MatrixColumn, MatrixGroup, MatrixRow, columns, rows};
use crate::catalog::Catalog;
use crate::compile::CompiledPolicy;
use crate::eval::{Decision, Effect};
use crate::policy::Policy;
use crate::rewrite::{Proposal, Target, proposals_for};

/// What a policy decides about every resource and method, cell by cell.
#[derive(Clone, Debug)]
pub struct Matrix {
    policy: CompiledPolicy,
    columns: Vec<MatrixColumn>,
    rows: Vec<MatrixRow>,
    groups: Vec<MatrixGroup>,
}

/// Lays out the matrix of a policy.
///
/// Costs a compilation of the policy and a look at the catalog for each row; cells cost nothing before they are asked
/// for.
///
/// ```
/// use tollgate_policy::{Catalog, Effect, check, matrix};
///
/// let catalog = Catalog::review_board_8_1();
/// let text = r#"{"resources": {"review": {"7": {"block": ["PUT"]}}}}"#;
/// let matrix = matrix(&check(text, catalog).policy().ok_or("refused")?, catalog);
/// let row = matrix.rows().iter().position(|row| row.item_id.is_some()).ok_or("no item")?;
/// let column = matrix.columns().iter().position(|column| column.method.as_str() == "PUT").ok_or("no column")?;
///
/// let cell = matrix.cell(row, column).ok_or("no cell")?;
/// assert_eq!(cell.effect, Effect::Deny);
/// assert_eq!(cell.pointer.map(|pointer| pointer.to_string()).as_deref(), Some("/resources/review/7/block/0"));
/// # Ok::<(), &str>(())
/// ```
pub fn matrix(policy: &Policy, catalog: &Catalog) -> Matrix {
    let policy = CompiledPolicy::new(policy);
    let columns = columns(&policy, catalog);
    let (rows, groups) = rows(&policy, &columns, catalog);
    Matrix { policy, columns, rows, groups }
}

impl Matrix {
    /// The methods.
    pub fn columns(&self) -> &[MatrixColumn] {
        &self.columns
    }

    /// The resources, group by group, each followed by the items that have rules of their own, in order.
    pub fn rows(&self) -> &[MatrixRow] {
        &self.rows
    }

    /// The groups; together they hold every row once, in order.
    pub fn groups(&self) -> &[MatrixGroup] {
        &self.groups
    }

    /// What is decided in one row and column; none if there is no such cell.
    ///
    /// Costs a decision.
    pub fn cell(&self, row: usize, column: usize) -> Option<MatrixCell> {
        Some(self.make_cell(self.rows.get(row)?, self.columns.get(column)?))
    }

    /// All cells of one row, in the order of the columns.
    ///
    /// Costs a decision for each.
    pub fn cells(&self, row: usize) -> impl Iterator<Item = MatrixCell> {
        let row = self.rows.get(row);
        self.columns.iter().filter_map(move |column| Some(self.make_cell(row?, column)))
    }

    /// The rows of the items that are decided otherwise than their resource, in a column that the server has there.
    ///
    /// There are none below the row of an item.
    /// Costs a decision for each item of the resource.
    ///
    /// ```
    /// use tollgate_policy::{Catalog, check, matrix};
    ///
    /// let catalog = Catalog::review_board_8_1();
    /// let text = r#"{"resources": {"review": {"7": {"block": ["PUT"]}, "8": {"allow": ["PUT"]}}}}"#;
    /// let matrix = matrix(&check(text, catalog).policy().ok_or("refused")?, catalog);
    /// let row = matrix.rows().iter().position(|row| row.policy_id.as_str() == "review").ok_or("no row")?;
    /// let column = matrix.columns().iter().position(|column| column.method.as_str() == "PUT").ok_or("no column")?;
    /// assert_eq!(matrix.exceptions(row, column).collect::<Vec<_>>(), [row + 1]);
    /// # Ok::<(), &str>(())
    /// ```
    pub fn exceptions(&self, row: usize, column: usize) -> impl Iterator<Item = usize> {
        let column = self.columns.get(column);
        let whole = self.rows.get(row).filter(|whole| whole.item_id.is_none());
        let items = self.rows.iter().enumerate().skip(row.saturating_add(1));
        let items = items.take_while(move |(_, item)| {
            item.item_id.is_some() && whole.is_some_and(|whole| whole.policy_id == item.policy_id)
        });
        let is_exception = move |item: &MatrixRow| {
            let (Some(whole), Some(column)) = (whole, column) else { return false };
            item.methods.contains(&column.method) && self.effect(item, column) != self.effect(whole, column)
        };
        items.filter(move |&(_, item)| is_exception(item)).map(|(index, _)| index)
    }

    /// How many resources of a group are allowed a method, for what stands there when the group is folded.
    ///
    /// Costs a decision for each row of the group.
    pub fn tally(&self, group: &MatrixGroup, column: usize) -> MatrixTally {
        let mut tally = MatrixTally::default();
        let Some(wanted) = self.columns.get(column) else { return tally };
        for (index, row) in self.rows.iter().enumerate().take(group.rows.end).skip(group.rows.start) {
            if row.item_id.is_some() || row.is_closed || !row.methods.contains(&wanted.method) {
                continue;
            }
            tally.total += 1;
            if self.exceptions(index, column).next().is_some() {
                tally.partly += 1;
            } else if self.effect(row, wanted) == Effect::Allow {
                tally.allowed += 1;
            }
        }
        tally
    }

    /// The edits that turn one cell around, best first, as [`proposals`](crate::proposals) makes them.
    ///
    /// The row of a resource is turned around for its list, and for the items that come along.
    /// There are none for a resource that is closed to tokens, and none if the server refuses the policy.
    ///
    /// ```
    /// use tollgate_policy::{Catalog, check, matrix, presets};
    ///
    /// let catalog = Catalog::review_board_8_1();
    /// let matrix = matrix(&check(presets::read_only(), catalog).policy().ok_or("refused")?, catalog);
    /// let row = matrix.rows().iter().position(|row| row.policy_id.as_str() == "review").ok_or("no row")?;
    /// let column = matrix.columns().iter().position(|column| column.method.as_str() == "POST").ok_or("no column")?;
    /// let best = matrix.toggle(row, column, catalog).into_iter().next().ok_or("none")?;
    /// assert!(best.text.ends_with(r#","review":{"*":{"allow":["POST"]}}}}"#));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn toggle(&self, row: usize, column: usize, catalog: &Catalog) -> Vec<Proposal> {
        let (Some(row), Some(column)) = (self.rows.get(row), self.columns.get(column)) else { return Vec::new() };
        let item_id = row.item_id.as_ref().map(|item_id| item_id.as_str());
        let target = Target::new(row.policy_id.as_str(), item_id, column.method.as_str());
        let Some(target) = target.filter(|_| !row.is_closed) else { return Vec::new() };
        let wanted = match self.effect(row, column) {
            Effect::Allow => Effect::Deny,
            Effect::Deny => Effect::Allow,
        };
        proposals_for(self.policy.policy().text(), target, wanted, catalog)
    }

    fn make_cell(&self, row: &MatrixRow, column: &MatrixColumn) -> MatrixCell {
        let decision = self.decision(row, column);
        MatrixCell {
            effect: self.effect(row, column),
            has_method: row.methods.contains(&column.method),
            decision,
            pointer: self.policy.pointer(&decision),
            span: self.policy.span(&decision),
        }
    }

    fn effect(&self, row: &MatrixRow, column: &MatrixColumn) -> Effect {
        if row.is_closed { Effect::Deny } else { self.decision(row, column).effect }
    }

    fn decision(&self, row: &MatrixRow, column: &MatrixColumn) -> Decision {
        let item_id = row.item_id.as_ref().map(|item_id| item_id.as_str());
        self.policy.decide(row.policy_id.as_str(), column.method.as_str(), item_id)
    }
}
