//! What is done with the journal as a whole: an act is looked for, damage is recorded, events are taken over.

use std::cell::RefCell;
use std::rc::Rc;

use super::checked::{self, TokenError, import};
use super::join;
use super::operation::{Manager, Operation};
use super::repair;
use crate::chain::{Entry, Ledger};
use crate::event::{GuardrailOverride, NewEvent};
use crate::ids::{EventId, TokenUid};
use crate::journal::{Appended, Journal, JournalError};
use crate::model::Workspace;
use crate::ports::{Clock, Entropy};

/// So many entries are read at a time when an old one is looked for.
const LOOK_BACK: usize = 2_000;

impl<J: Journal, C: Clock + 'static, E: Entropy + 'static> Manager<J, C, E> {
    /// An act by its id, wherever in the journal it lies; nothing when there is none that can be read.
    ///
    /// Costs reading back to it, where the ledger goes on from a snapshot and does not hold it.
    ///
    /// # Errors
    ///
    /// [`JournalError`] when the store could not be read.
    pub async fn find_act(&self, act: EventId) -> Result<Option<Entry>, JournalError> {
        let is_it = |entry: &Entry| entry.event.id == act;
        let (mut found, mut before) = self.journal().read(|ledger| {
            // An act that was never counted is nowhere.
            let is_counted = act.sequence <= ledger.workspace().last_sequence_of(act.replica);
            let before = if is_counted { ledger.first_sequence() } else { 1 };
            (ledger.entries().rfind(|entry| is_it(entry)).cloned(), before)
        });
        while found.is_none() && before > 1 {
            let earlier = self.journal().earlier(before, LOOK_BACK).await?;
            before = earlier.first().map_or(1, |first| first.sequence);
            found = earlier.into_iter().rfind(is_it);
        }
        Ok(found)
    }

    /// Records every damaged entry with its bytes and hash, after which writing resumes.
    ///
    /// # Errors
    ///
    /// [`repair::RepairError`] when nothing is damaged, [`JournalError`] when the store did not take it.
    pub async fn repair(&self) -> Result<usize, Operation<repair::RepairError>> {
        let damage: Vec<_> = self.journal().read(|ledger| ledger.damage().cloned().collect());
        self.run(move |_, _| repair::repair(&damage)).await
    }

    /// Trusts tokens again that damage made uncertain. The answer is how many they were.
    ///
    /// # Errors
    ///
    /// [`TokenError`] when none of them is uncertain, or one that would log in goes past a guardrail; [`JournalError`] when
    /// the store did not take it.
    pub async fn trust(&self, tokens: Vec<TokenUid>) -> Result<usize, Operation<TokenError>> {
        self.trust_past(tokens, None).await
    }

    /// Trusts tokens as [`trust`](Self::trust) does, past the guardrails that are named, for the reason given.
    ///
    /// # Errors
    ///
    /// Those of [`trust`](Self::trust), for guardrails that are not named, and where the reason is blank.
    pub async fn trust_past(
        &self,
        tokens: Vec<TokenUid>,
        overrides: Option<GuardrailOverride>,
    ) -> Result<usize, Operation<TokenError>> {
        self.run(move |workspace, now| checked::trust(workspace, &tokens, overrides.as_ref(), now)).await
    }

    /// Appends several bodies in one act, for sample data and adoption.
    ///
    /// # Errors
    ///
    /// [`JournalError`] when the store did not take it.
    pub async fn append(&self, events: Vec<NewEvent>) -> Result<Appended, JournalError> {
        let appended = self.journal().append(Box::new(move |_| events.clone())).await;
        self.tell_subscribers();
        appended
    }

    /// Takes over what another journal holds and this one has not seen, each event with its own id and instant.
    ///
    /// What that is, is decided inside the append: nothing is taken over twice, however many tabs do the same.
    ///
    /// # Errors
    ///
    /// [`JournalError`] when the store did not take it.
    pub async fn take_over(&self, other: Ledger) -> Result<Appended, JournalError> {
        let act = move |workspace: &Workspace| join::plan(workspace, &other).into_events();
        let appended = self.journal().append(Box::new(act)).await;
        self.tell_subscribers();
        appended
    }

    /// Takes over as [`take_over`](Self::take_over) does what somebody imports: tokens that come or change keep to the
    /// guardrails, or go past those that are named, for the reason given, which is recorded with the tokens.
    ///
    /// # Errors
    ///
    /// [`TokenError::Guardrails`] for guardrails that are not named, [`TokenError::OverrideWithoutReason`] where the reason
    /// is blank, [`JournalError`] when the store did not take it.
    pub async fn import(
        &self,
        other: Ledger,
        overrides: Option<GuardrailOverride>,
    ) -> Result<Appended, Operation<TokenError>> {
        let refusal = Rc::new(RefCell::new(None));
        let (slot, clock, by) = (Rc::clone(&refusal), self.clock(), self.actor());
        let act = move |workspace: &Workspace| {
            let (plan, at) = (join::plan(workspace, &other), clock.now());
            match import(workspace, &plan, overrides.as_ref(), at) {
                Ok(recorded) => {
                    *slot.borrow_mut() = None;
                    let recorded = recorded.map(|body| NewEvent::Here { at, by: by.clone(), body });
                    plan.into_events().into_iter().chain(recorded).collect::<Vec<_>>()
                }
                Err(error) => {
                    *slot.borrow_mut() = Some(error);
                    Vec::new()
                }
            }
        };
        let appended = self.journal().append(Box::new(act)).await;
        self.tell_subscribers();
        match refusal.take() {
            Some(error) => Err(Operation::Refused(error)),
            None => appended.map_err(Operation::Journal),
        }
    }
}
