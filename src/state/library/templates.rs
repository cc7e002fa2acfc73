//! What the library offers to start from.

use tollgate_policy::presets::{Blank, TEMPLATES, Template};

use crate::state::token_view::PolicyMeaning;
use crate::state::workbench::pretty;

/// A template as it is shown.
#[derive(Clone, Copy, Debug)]
pub struct TemplateRow {
    /// The template.
    pub template: &'static Template,
}

/// All templates, from the most common on.
#[must_use]
pub fn templates() -> Vec<TemplateRow> {
    TEMPLATES.iter().map(|template| TemplateRow { template }).collect()
}

impl TemplateRow {
    /// What is filled in, if anything is.
    #[must_use]
    pub fn blank(self) -> Option<Blank> {
        self.template.blank
    }

    /// What it allows, with this text in its blank; nothing for a text that cannot stand there.
    #[must_use]
    pub fn meaning(self, filled_in: &str) -> Option<PolicyMeaning> {
        PolicyMeaning::of_stored(&written(self.template, filled_in))
    }

    /// Its text, with this text in its blank.
    #[must_use]
    pub fn text(self, filled_in: &str) -> String {
        written(self.template, filled_in)
    }
}

/// A template as people write a policy.
pub(super) fn written(template: &Template, filled_in: &str) -> String {
    let text = template.text(filled_in.trim());
    // One on several lines is laid out already.
    if text.contains('\n') { text } else { pretty(&text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_says_what_it_allows() {
        assert_eq!(templates().len(), TEMPLATES.len());
        for row in templates() {
            let meaning = row.meaning("7").unwrap();
            assert!(!meaning.sentence.is_empty(), "{}", row.template.id);
            assert!(row.text("7").ends_with('\n'), "{}", row.template.id);
        }
    }
}
