//! The fields of question and answer. A text is a field of its own, so that what is big is copied and not quoted.

use serde::{Deserialize, Serialize};

use super::analysis::{Asked, TestCase};

/// The text that the question is about.
pub(super) const TEXT: &str = "text";

/// The text that it is compared with; undefined for none.
pub(super) const AGAINST: &str = "against";

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
}

/// A question as the worker hears it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyQuestion {
    /// The text.
    pub text: String,
    /// The text that it is compared with.
    pub against: Option<String>,
    /// What to do.
    pub task: PolicyTask,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_are_read_as_they_were_written() {
        let tasks =
            [PolicyTask::Analyze { asked: Asked::default() }, PolicyTask::Score { tests: Vec::new(), mistakes: 50 }];
        for task in tasks {
            let json = serde_json::to_string(&task).unwrap();
            assert_eq!(serde_json::from_str::<PolicyTask>(&json).unwrap(), task, "{json}");
        }
    }
}
