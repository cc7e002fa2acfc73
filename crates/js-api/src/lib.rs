//! Policies and tokens as JavaScript functions: one object in, one tagged answer out.
//!
//! [`boundary`] holds what JavaScript sees, three lines each: decode, call, encode.
//! What they call are the plain functions below it, on plain shapes, which is where everything is tested.
//! What the shapes look like in TypeScript stands in `src/types.d.ts`.
//!
//! A function never throws for what a person could have typed: bad policies and refused tokens are answers.
//! It throws only when it is called wrongly, with an `Error` that has `code`, `help` and `labels` too.
//! The rules are left to `tollgate-policy` and `tollgate-tokens`.

pub mod boundary;
mod check;
mod decide;
mod decode;
mod engine;
mod error;
mod explain;
mod finding;
mod power;
mod token;
mod utf16;

pub use check::{CheckAnswer, CheckCall, ParseAnswer, check, parse};
pub use decide::{Because, DecideAnswer, DecideCall, RequestShape, decide};
pub use engine::start;
pub use error::ErrorShape;
pub use explain::{ExplainAnswer, StepShape, explain};
pub use finding::{FindingShape, LabelShape, PositionShape, RefusedPolicy, SpanShape};
pub use power::{MethodShape, OperationShape, PowerAnswer, PowerCall, ResourceShape, power};
pub use token::{
    CheckTokenAnswer, CheckTokenCall, GenerateTokenAnswer, GenerateTokenCall, check_token, generate_token,
};
