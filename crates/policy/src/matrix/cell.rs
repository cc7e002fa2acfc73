//! What stands in the matrix.

use serde::Serialize;

use crate::eval::{Decision, Effect};
use crate::pointer::JsonPointer;
use crate::span::Span;

/// What is decided about one method of one row, and by which rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MatrixCell {
    /// What a token gets, if the server has the method here.
    pub effect: Effect,
    /// Whether the server has the method here at all; without it the answer is 405 and no policy is asked.
    pub has_method: bool,
    /// What the policy says; where the resource is closed to tokens it is not asked.
    pub decision: Decision,
    /// The entry that decides, in the document; none if no rule says anything.
    pub pointer: Option<JsonPointer>,
    /// The entry that decides, in the text; none if no rule says anything.
    pub span: Option<Span>,
}

/// How many resources of a group are allowed a method.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MatrixTally {
    /// The resources that are allowed it for every id.
    pub allowed: usize,
    /// The resources that are allowed it for some ids and denied for others.
    pub partly: usize,
    /// The resources that are open to tokens and have the method.
    pub total: usize,
}
