//! What the manager does to the library, each act decided inside an append.

use super::{
    LibraryError, NewCatalog, NewGuardrail, NewVersion, SavedPolicy, add_guardrail, archive_policy, change_guardrail,
    change_policy_tests, import_catalog, remove_catalog, remove_guardrail, rename_policy, restore_policy, save_policy,
};
use crate::ids::{CatalogName, GuardrailUid, PolicyName, PolicyUid};
use crate::journal::Journal;
use crate::manager::checked::{Assigned, Assignment, TokenError, assign};
use crate::manager::operation::{Manager, Operation};
use crate::model::PolicyTest;
use crate::ports::{Clock, Entropy};

impl<J: Journal, C: Clock + 'static, E: Entropy + 'static> Manager<J, C, E> {
    /// Saves a version of a policy under a name.
    ///
    /// # Errors
    ///
    /// [`LibraryError`] when the call is refused, [`JournalError`](crate::JournalError) when the store did not take it.
    ///
    /// ```
    /// # use tollgate_tokens::{Journal as _, test_support::memory_manager};
    /// # use tollgate_tokens::library::{NewVersion, SaveAs};
    /// # pollster::block_on(async {
    /// let manager = memory_manager();
    /// let call = NewVersion::of(SaveAs::New("everything".parse()?), "{}");
    /// let saved = manager.save_policy(call).await?;
    /// let source = manager.journal().read(|ledger| {
    ///     ledger.workspace().library().policy(saved.policy).and_then(|policy| policy.source(saved.version))
    /// });
    /// assert_eq!(source.map(|source| source.version), Some(1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # }).unwrap();
    /// ```
    pub async fn save_policy(&self, call: NewVersion) -> Result<SavedPolicy, Operation<LibraryError>> {
        let entropy = self.entropy();
        self.run(move |workspace, _| save_policy(workspace, &call, &*entropy)).await
    }

    /// Gives a policy another name.
    ///
    /// # Errors
    ///
    /// [`LibraryError`] when the call is refused, [`JournalError`](crate::JournalError) when the store did not take it.
    pub async fn rename_policy(&self, policy: PolicyUid, name: PolicyName) -> Result<(), Operation<LibraryError>> {
        self.run(move |workspace, _| rename_policy(workspace, policy, &name)).await
    }

    /// Puts a policy away; whoever uses it goes on doing so.
    ///
    /// # Errors
    ///
    /// [`LibraryError`] when the call is refused, [`JournalError`](crate::JournalError) when the store did not take it.
    pub async fn archive_policy(&self, policy: PolicyUid) -> Result<(), Operation<LibraryError>> {
        self.run(move |workspace, _| archive_policy(workspace, policy)).await
    }

    /// Offers a policy again that was put away.
    ///
    /// # Errors
    ///
    /// [`LibraryError`] when the call is refused, [`JournalError`](crate::JournalError) when the store did not take it.
    pub async fn restore_policy(&self, policy: PolicyUid) -> Result<(), Operation<LibraryError>> {
        self.run(move |workspace, _| restore_policy(workspace, policy)).await
    }

    /// Replaces the tests beside a version of a policy.
    ///
    /// # Errors
    ///
    /// [`LibraryError`] when the call is refused, [`JournalError`](crate::JournalError) when the store did not take it.
    pub async fn change_policy_tests(
        &self,
        policy: PolicyUid,
        version: u32,
        tests: Vec<PolicyTest>,
    ) -> Result<(), Operation<LibraryError>> {
        self.run(move |workspace, _| change_policy_tests(workspace, policy, version, &tests)).await
    }

    /// Puts a guardrail up.
    ///
    /// # Errors
    ///
    /// [`LibraryError`] when the call is refused, [`JournalError`](crate::JournalError) when the store did not take it.
    pub async fn add_guardrail(&self, call: NewGuardrail) -> Result<GuardrailUid, Operation<LibraryError>> {
        let entropy = self.entropy();
        self.run(move |workspace, _| add_guardrail(workspace, &call, &*entropy)).await
    }

    /// Changes a guardrail.
    ///
    /// # Errors
    ///
    /// [`LibraryError`] when the call is refused, [`JournalError`](crate::JournalError) when the store did not take it.
    pub async fn change_guardrail(
        &self,
        guardrail: GuardrailUid,
        call: NewGuardrail,
    ) -> Result<(), Operation<LibraryError>> {
        self.run(move |workspace, _| change_guardrail(workspace, guardrail, &call)).await
    }

    /// Takes a guardrail down.
    ///
    /// # Errors
    ///
    /// [`LibraryError`] when the call is refused, [`JournalError`](crate::JournalError) when the store did not take it.
    pub async fn remove_guardrail(&self, guardrail: GuardrailUid) -> Result<(), Operation<LibraryError>> {
        self.run(move |workspace, _| remove_guardrail(workspace, guardrail)).await
    }

    /// Keeps a catalog, in the place of the one that has its name.
    ///
    /// # Errors
    ///
    /// [`LibraryError`] when the call is refused, [`JournalError`](crate::JournalError) when the store did not take it.
    pub async fn import_catalog(&self, call: NewCatalog) -> Result<(), Operation<LibraryError>> {
        self.run(move |workspace, _| import_catalog(workspace, &call)).await
    }

    /// Removes a catalog that no policy speaks of.
    ///
    /// # Errors
    ///
    /// [`LibraryError`] when the call is refused, [`JournalError`](crate::JournalError) when the store did not take it.
    pub async fn remove_catalog(&self, name: CatalogName) -> Result<(), Operation<LibraryError>> {
        self.run(move |workspace, _| remove_catalog(workspace, &name)).await
    }

    /// Gives tokens a policy, one or many, in one act.
    ///
    /// # Errors
    ///
    /// [`TokenError`] when the call is refused, [`JournalError`](crate::JournalError) when the store did not take it.
    pub async fn assign(&self, call: Assignment) -> Result<Assigned, Operation<TokenError>> {
        self.run(move |workspace, _| assign(workspace, &call)).await
    }
}
