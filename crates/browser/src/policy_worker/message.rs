//! The fields of question and answer. A text is a field of its own, so that what is big is copied and not quoted.

use serde::{Deserialize, Serialize};

use super::analysis::{Asked, TestCase};

/// The text that the question is about.
pub(super) const TEXT: &str = "text";

/// The text that it is compared with; undefined for none.
pub(super) const AGAINST: &str = "against";

/// Names the catalog that the text speaks of; undefined for the one that is built in.
pub(super) const CATALOG: &str = "catalog";

/// That catalog as it is stored, where the worker may not know it yet.
pub(super) const CATALOG_TEXT: &str = "catalogText";

/// Whether the worker has to be told the catalog before it can answer.
pub(super) const LACKS: &str = "lacks";

/// What to do with it, as JSON.
pub(super) const TASK: &str = "task";

/// What came out, as JSON.
pub(super) const ANSWER: &str = "answer";

/// What the worker shall do with a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum PolicyTask {
    /// Check it, and look at what is asked: the answer is an `Analysis`.
    Analyze {
        /// What is asked.
        asked: Asked,
    },
    /// Go on with the score of its tests: the answer is a `ScoreLook`.
    Score {
        /// The tests.
        tests: Vec<TestCase>,
        /// How many more mistakes to try.
        mistakes: u32,
    },
    /// Read it as a catalog, whatever the question names as one: the answer is an `ImportLook`.
    Import,
}

/// The catalog that a question names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedCatalog {
    /// Names it; what is stored under one key never changes.
    pub key: String,
    /// It, as it is stored; none if the worker should know it.
    pub text: Option<String>,
}

/// A question as the worker hears it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyQuestion {
    /// The text.
    pub text: String,
    /// The text that it is compared with.
    pub against: Option<String>,
    /// The catalog whose resources it speaks of; none for the one that is built in.
    pub catalog: Option<NamedCatalog>,
    /// What to do.
    pub task: PolicyTask,
}

/// What the worker answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PolicyAnswer {
    /// What was asked, as JSON. Empty text is no answer, and the page says that it cannot be read.
    Told(String),
    /// The catalog is not known here: the question is asked again with its text.
    LacksCatalog,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_are_read_as_they_were_written() {
        let tasks = [
            PolicyTask::Analyze { asked: Asked::default() },
            PolicyTask::Score { tests: Vec::new(), mistakes: 50 },
            PolicyTask::Import,
        ];
        for task in tasks {
            let json = serde_json::to_string(&task).unwrap();
            assert_eq!(serde_json::from_str::<PolicyTask>(&json).unwrap(), task, "{json}");
        }
    }
}
