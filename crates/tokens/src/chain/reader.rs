//! How stored records are taken in one after the other, damage included.

use super::damage::{Damage, DamageReason};
use super::ledger::{Base, Entry, Ledger};
use super::record::{Record, RecordHash, StoredRecord, carried_hash, claimed_events, decode};
use crate::event::EventBody;

/// What the next record must link to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// Nothing is there yet: the first record links to its epoch.
    Genesis,
    /// The record before is whole.
    To(RecordHash),
    /// The record before is damaged or missing.
    Unknown(Behind),
}

/// What is known of the end of something that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Behind {
    /// The first number that nothing read so far holds for certain. What a damaged record says of its length may be
    /// part of the damage, so a whole record from here on names its own place.
    free_from: u64,
    /// The hash that a damaged record carries: what links to it was written right behind that record.
    carried: Option<RecordHash>,
}

impl Behind {
    fn is_linked_by(&self, record: &Record) -> bool {
        self.carried == Some(record.previous)
    }
}

impl Ledger {
    /// Takes one stored record in, whole or damaged. Records come in the order of their sequence numbers.
    pub(crate) fn take_in(&mut self, stored: &StoredRecord) {
        let free_from = match self.link {
            Link::Unknown(behind) => behind.free_from,
            Link::Genesis | Link::To(_) => self.next_sequence,
        };
        let read = if stored.sequence < free_from {
            Err(DamageReason::WrongPlace { claims: stored.sequence })
        } else {
            decode(stored)
        };
        let is_linked = match (&read, self.link) {
            (Ok(record), Link::Unknown(behind)) => behind.is_linked_by(record),
            _ => false,
        };
        if stored.sequence > self.next_sequence && !is_linked {
            let last = stored.sequence - 1;
            self.note_damage(Damage::new(self.next_sequence, DamageReason::Missing { last }, &[]));
            self.next_sequence = stored.sequence;
            self.link = Link::Unknown(Behind { free_from: stored.sequence, carried: None });
        }
        match read {
            Ok(record) => self.take_whole(stored, record),
            Err(reason) => self.take_damaged(stored, reason),
        }
    }

    fn take_whole(&mut self, stored: &StoredRecord, record: Record) {
        let follows = self.follows(stored.sequence, &record);
        let mut sequence = stored.sequence;
        for event in record.events {
            let trusts = matches!(event.body, EventBody::TokensTrusted(_));
            self.workspace.apply(&event);
            // Trust given before this damage was found says nothing about it.
            if trusts && self.damage().next().is_some() {
                self.workspace.doubt_every_token();
            }
            self.entries.push_back_mut(Entry { sequence, record: stored.sequence, hash: record.hash, event });
            sequence += 1;
        }
        self.next_sequence = sequence;
        self.records += 1;
        self.link = Link::To(record.hash);
        self.base = Some(Base { sequence: stored.sequence, hash: record.hash, sha256: record.sha256 });
        // Noted last: what a record that does not belong here says of tokens is in doubt as well.
        if !follows {
            self.note_damage(Damage::new(stored.sequence, DamageReason::BrokenLink, &stored.bytes));
        }
    }

    fn take_damaged(&mut self, stored: &StoredRecord, reason: DamageReason) {
        let found = RecordHash::of(&stored.bytes);
        self.note_damage(Damage::new(stored.sequence, reason, &stored.bytes));
        self.records += 1;
        self.base = Some(Base { sequence: stored.sequence, hash: found, sha256: found });
        let behind = match self.link {
            // It lies where another record is, so it says nothing of what comes behind that one.
            Link::Unknown(behind) if stored.sequence < behind.free_from => behind,
            Link::To(_) if stored.sequence < self.next_sequence => {
                Behind { free_from: self.next_sequence, carried: None }
            }
            _ => {
                let end = stored.sequence.saturating_add(claimed_events(&stored.bytes));
                self.next_sequence = self.next_sequence.max(end);
                Behind { free_from: stored.sequence.saturating_add(1), carried: carried_hash(&stored.bytes) }
            }
        };
        self.link = Link::Unknown(behind);
    }

    fn follows(&self, sequence: u64, record: &Record) -> bool {
        match self.link {
            Link::Genesis => match record.events.first().map(|event| &event.body) {
                Some(EventBody::WorkspaceCreated(created)) => record.previous == RecordHash::of_epoch(created.epoch),
                _ => false,
            },
            Link::To(hash) => record.previous == hash,
            // Where a damaged record claims to end, there is nothing to hold the next one against. Before that end
            // only the link can tell a wrong claim from a record that does not belong here.
            Link::Unknown(behind) => sequence == self.next_sequence || behind.is_linked_by(record),
        }
    }

    fn note_damage(&mut self, damage: Damage) {
        self.workspace.doubt_every_token();
        self.damage.push(damage);
    }
}
