//! The policy language of Review Board API tokens: parse, check, decide and explain.
//!
//! A policy is a JSON document that says which HTTP methods a token may use on which resources.
//! This crate reads such texts with every mistake marked where it stands, refuses exactly what Review Board 8.1
//! refuses, decides exactly as it decides, and says why.
//! The language itself is described in `docs/policy-language.md`, how whole policies are compared, searched for rules
//! without effect and made small in `docs/analysis.md`, and the catalogs of what policies can name in
//! `docs/catalogs.md`.
//!
//! It leaves to others: tokens and their lives (`tollgate-tokens`), talking to a server, and everything on screen.
//! **Invariant:** no clock, no randomness, no input or output, no hash maps; the same text gives the same answer.
//!
//! # Example: from text to a decision
//!
//! ```
//! use tollgate_policy::{Catalog, CompiledPolicy, Effect, check};
//!
//! let text = r#"{"resources": {"*": {"allow": ["GET"], "block": ["*"]}}}"#;
//! let checked = check(text, Catalog::review_board_8_1());
//! let policy = checked.policy().ok_or("refused")?;
//! let compiled = CompiledPolicy::new(&policy);
//!
//! assert_eq!(compiled.decide("review_request", "GET", Some("42")).effect, Effect::Allow);
//! assert_eq!(compiled.decide("review_request", "DELETE", Some("42")).effect, Effect::Deny);
//! # Ok::<(), &str>(())
//! ```
//!
//! # Example: a mistake, marked
//!
//! ```
//! use tollgate_policy::{Catalog, check};
//!
//! let checked = check(r#"{"resources": {"reviw": {}}}"#, Catalog::review_board_8_1());
//! let mistake = checked.diagnostics().first().ok_or("none")?;
//! assert_eq!(mistake.message, "unknown resource `reviw`");
//! assert_eq!(mistake.help.as_deref(), Some("did you mean `review`?"));
//! assert_eq!(mistake.position.column, 16);
//! # Ok::<(), &str>(())
//! ```

mod analyze;
mod assemble;
pub mod assist;
mod catalog;
mod check;
mod compile;
mod diagnostic;
mod eval;
mod explain;
pub mod guardrail;
mod ids;
mod likely;
mod lint;
mod matrix;
mod pointer;
mod policy;
mod power;
pub mod presets;
pub mod rewrite;
mod span;
pub mod suite;
mod syntax;

pub use analyze::{
    Atom, Change, Comparison, Effects, ItemClass, MethodClass, Minimized, NoEffect, Order, Outline, Redundant,
    ResourceClass, Size, Space, SpaceResource, Unit, Witness, are_equivalent, compare, compare_bytes, compare_texts,
    minimize, without_effect,
};
pub use catalog::{
    Access, Asks, Catalog, Imported, MethodsApart, Origin, Resolved, Resource, StoredCatalog, StoredCatalogError,
    import_openapi, import_root,
};
pub use check::{Checked, Verdict, check};
pub use compile::CompiledPolicy;
pub use diagnostic::{Code, Diagnostic, Label, Severity};
pub use eval::{
    Decision, Effect, GateDecision, GateNote, GateOutcome, PrecedenceRow, Request, RuleRef, gate, reference,
};
pub use explain::{Explanation, StepOutcome, TrailStep, explain};
pub use ids::{ItemId, Method, PolicyId};
pub use lint::{Finding, Fix, lint};
pub use matrix::{Matrix, MatrixCell, MatrixColumn, MatrixGroup, MatrixRow, MatrixTally, matrix};
pub use pointer::{JsonPointer, PointerError};
pub use policy::{Entry, ListName, Place, Policy, RuleSet, Section};
pub use power::{MethodPower, Operation, Power, PowerRow, Share, power};
pub use rewrite::{EditStep, Proposal, TextEdit, proposals, propose};
pub use span::{LineIndex, Position, Span, byte_offset, position, utf16_offset};
pub use syntax::{Document, MAX_DIAGNOSTICS, parse};
