//! Acts on the library, each said when it is done, and with a way back where there is one.

use leptos::prelude::*;
use tollgate_tokens::library::{LibraryError, NewVersion, SavedPolicy};
use tollgate_tokens::{EventBody, EventId, PolicyName, PolicyTest, PolicyUid};

use crate::format;
use crate::state::console::After;
pub(super) use crate::state::refusal::refused;

impl After {
    /// Saves a version and says so. A refusal is the caller's to show; nothing when the store did not take it.
    pub(super) async fn save_policy(self, call: NewVersion) -> Option<Result<SavedPolicy, LibraryError>> {
        let services = self.services();
        let outcome = services.manager.save_policy(call).await;
        let told = self.settle(outcome)?;
        if let Ok(saved) = &told {
            let name = self.name_of(saved.policy);
            let words = match saved.version {
                1 => format!("{name} is in the library"),
                version => format!("Version {version} of {name} is saved"),
            };
            self.notices.done(words, None);
        }
        Some(told)
    }

    /// Renames a policy and says so. A refusal is the caller's to show; nothing when the store did not take it.
    pub(super) async fn rename_policy(self, policy: PolicyUid, name: PolicyName) -> Option<Result<(), LibraryError>> {
        let services = self.services();
        let outcome = services.manager.rename_policy(policy, name).await;
        let told = self.settle(outcome)?;
        if told.is_ok() {
            self.notices.done(format!("The policy is called {} now", self.name_of(policy)), None);
        }
        Some(told)
    }

    /// Puts a policy away, with the way back.
    pub(super) async fn archive_policy(self, policy: PolicyUid) {
        let services = self.services();
        let outcome = services.manager.archive_policy(policy).await;
        match self.settle(outcome) {
            Some(Ok(())) => {
                let is_it =
                    |body: &EventBody| matches!(body, EventBody::PolicyArchived(archived) if *archived == policy);
                self.notices.done(format!("{} is archived", self.name_of(policy)), self.newest_act(is_it));
            }
            Some(Err(refusal)) => self.notices.failed(refused("Nothing was archived", &refusal)),
            None => {}
        }
    }

    /// Offers a policy again that was put away, and tells whether it was done.
    pub(in crate::state) async fn restore_policy(self, policy: PolicyUid) -> bool {
        let services = self.services();
        let outcome = services.manager.restore_policy(policy).await;
        match self.settle(outcome) {
            Some(Ok(())) => {
                self.notices.done(format!("{} is in the library again", self.name_of(policy)), None);
                true
            }
            Some(Err(refusal)) => {
                self.notices.failed(refused("Nothing was restored", &refusal));
                false
            }
            None => false,
        }
    }

    /// The policy that an act put away; none for any other act.
    pub(in crate::state) fn archived_by(self, act: EventId) -> Option<PolicyUid> {
        match self.held(act)?.event.body {
            EventBody::PolicyArchived(policy) => Some(policy),
            _ => None,
        }
    }

    /// Replaces the tests beside a version, and tells whether it was done.
    pub(super) async fn keep_tests(self, policy: PolicyUid, version: u32, tests: Vec<PolicyTest>) -> bool {
        let services = self.services();
        let count = format::plural(tests.len() as u64, "test is", "tests are");
        let outcome = services.manager.change_policy_tests(policy, version, tests).await;
        match self.settle(outcome) {
            Some(Ok(())) => {
                self.notices.done(format!("{count} kept with version {version}"), None);
                true
            }
            Some(Err(refusal)) => {
                self.notices.failed(refused("The tests are as they were", &refusal));
                false
            }
            None => false,
        }
    }

    /// What a policy is called.
    fn name_of(self, policy: PolicyUid) -> String {
        self.workspace.with_untracked(|workspace| {
            workspace.library().policy(policy).map_or_else(|| "The policy".to_owned(), |policy| policy.name.to_string())
        })
    }
}
