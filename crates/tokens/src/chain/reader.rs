//! How stored records are taken in one after the other, damage included.

use super::damage::{Damage, DamageReason};
use super::ledger::{Base, Entry, Ledger};
use super::record::{Record, RecordHash, StoredRecord, claimed_events, decode};
use crate::event::EventBody;

/// What the next record must link to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// Nothing is there yet: the first record links to its epoch.
    Genesis,
    /// The record before is whole.
    To(RecordHash),
    /// The record before is damaged or missing, so there is nothing to hold a link against.
    Unknown,
}

impl Ledger {
    /// Takes one stored record in, whole or damaged. Records come in the order of their sequence numbers.
    pub(super) fn take_in(&mut self, stored: &StoredRecord) {
        if stored.sequence > self.next_sequence {
            let last = stored.sequence - 1;
            self.note_damage(Damage::new(self.next_sequence, DamageReason::Missing { last }, &[]));
            self.next_sequence = stored.sequence;
            self.link = Link::Unknown;
        }
        let in_place = if stored.sequence == self.next_sequence {
            decode(stored)
        } else {
            Err(DamageReason::WrongPlace { claims: stored.sequence })
        };
        match in_place {
            Ok(record) => self.take_whole(stored, record),
            Err(reason) => self.take_damaged(stored, reason),
        }
    }

    fn take_whole(&mut self, stored: &StoredRecord, record: Record) {
        let follows = self.follows(&record);
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
        self.base = Some(Base { sequence: stored.sequence, hash: record.hash, sha256: RecordHash::of(&stored.bytes) });
        // Noted last: what a record that does not belong here says of tokens is in doubt as well.
        if !follows {
            self.note_damage(Damage::new(stored.sequence, DamageReason::BrokenLink, &stored.bytes));
        }
    }

    fn take_damaged(&mut self, stored: &StoredRecord, reason: DamageReason) {
        let found = RecordHash::of(&stored.bytes);
        let count = claimed_events(&stored.bytes);
        self.note_damage(Damage::new(stored.sequence, reason, &stored.bytes));
        self.records += 1;
        self.link = Link::Unknown;
        self.base = Some(Base { sequence: stored.sequence, hash: found, sha256: found });
        self.next_sequence = self.next_sequence.max(stored.sequence + count);
    }

    fn follows(&mut self, record: &Record) -> bool {
        match self.link {
            Link::Genesis => match record.events.first().map(|event| &event.body) {
                Some(EventBody::WorkspaceCreated(created)) => record.previous == RecordHash::of_epoch(created.epoch),
                _ => false,
            },
            Link::To(hash) => record.previous == hash,
            Link::Unknown => true,
        }
    }

    fn note_damage(&mut self, damage: Damage) {
        self.workspace.doubt_every_token();
        self.damage.push(damage);
    }
}
