//! What a policy decides about one request.

use serde::{Deserialize, Serialize};

use super::asked::TestCase;
use super::proposal::{PlaceLook, ProposalLook};

/// What is told about one request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "is", rename_all = "camelCase")]
pub enum ExplainLook {
    /// Why there is no answer, as a sentence.
    Silent(String),
    /// The answer.
    Answered(Box<AnswerLook>),
}

/// What a request gets, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AnswerLook {
    /// Whether the server's gate lets the request pass.
    pub is_allowed: bool,
    /// What is asked for, as a sentence.
    pub asked: String,
    /// The rules that were asked, in order.
    pub steps: Vec<StepLook>,
    /// Which of the thirteen rows of precedence decides, if a rule does.
    pub row: Option<u8>,
    /// What the server does beside the decision, as sentences.
    pub notes: Vec<String>,
    /// A test that expects what the policy decides.
    pub test: TestCase,
    /// Edits after which it is decided the other way, best first.
    pub flips: Vec<ProposalLook>,
    /// Why there is no such edit, as a sentence; empty where there is one.
    pub unchangeable: String,
}

/// One rule set that was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StepLook {
    /// Where it stands, or would stand.
    pub pointer: String,
    /// What it said.
    pub says: String,
    /// Whether it decides.
    pub decides: bool,
    /// Where it stands in the text, if it is there.
    pub at: Option<PlaceLook>,
}
