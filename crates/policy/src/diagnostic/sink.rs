//! Collects findings up to a limit and counts the rest.

use super::message::Diagnostic;

/// Findings in the order they were made.
///
/// A finding beyond the limit costs nothing but a count, so that a text with a million mistakes stays cheap.
#[derive(Clone, Debug)]
pub(crate) struct Sink {
    limit: usize,
    kept: Vec<Diagnostic>,
    omitted: usize,
}

impl Sink {
    pub(crate) fn new(limit: usize) -> Sink {
        Sink { limit, kept: Vec::new(), omitted: 0 }
    }

    pub(crate) fn push(&mut self, make: impl FnOnce() -> Diagnostic) {
        if self.kept.len() < self.limit {
            self.kept.push(make());
        } else {
            self.omitted += 1;
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.kept.is_empty() && self.omitted == 0
    }

    pub(crate) fn kept(&self) -> &[Diagnostic] {
        &self.kept
    }

    /// Adds what `other` holds behind what is here.
    pub(crate) fn append(&mut self, other: Sink) {
        self.omitted += other.omitted;
        for diagnostic in other.kept {
            self.push(|| diagnostic);
        }
    }

    pub(crate) fn into_parts(self) -> (Vec<Diagnostic>, usize) {
        (self.kept, self.omitted)
    }
}
