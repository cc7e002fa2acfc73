//! When a compaction is worth its while.

use tollgate_tokens::StoredRecord;

/// More records than this behind the snapshot make the next start slow.
const MOST_RECORDS: u64 = 2_000;

/// So do more bytes than this.
const MOST_BYTES: u64 = 1 << 20;

/// What lies behind the snapshot.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tail {
    records: u64,
    bytes: u64,
}

impl Tail {
    /// So much that one record more makes it due.
    pub(crate) const NEARLY_DUE: Self = Self { records: MOST_RECORDS, bytes: 0 };

    /// Some records.
    pub(crate) fn of<'a>(records: impl IntoIterator<Item = &'a StoredRecord>) -> Self {
        let mut tail = Self::default();
        for record in records {
            tail.records += 1;
            tail.bytes += record.bytes.len() as u64;
        }
        tail
    }

    /// Both together.
    #[must_use]
    pub(crate) const fn and(self, more: Self) -> Self {
        Self { records: self.records + more.records, bytes: self.bytes + more.bytes }
    }

    /// Whether there is so much of it that it should be packed.
    pub(crate) const fn is_due(self) -> bool {
        self.records > MOST_RECORDS || self.bytes > MOST_BYTES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lengths: &[usize], is_due: bool) {
        let record = |length: &usize| StoredRecord { sequence: 1, bytes: vec![0; *length] };
        let records: Vec<StoredRecord> = lengths.iter().map(record).collect();
        let (before, after) = records.split_at(records.len() / 2);
        assert_eq!(Tail::of(before).and(Tail::of(after)).is_due(), is_due);
    }

    #[test]
    fn many_records_or_many_bytes_are_due() {
        check(&[], false);
        check(&[100; 2_000], false);
        check(&[1; 2_001], true);
        check(&[1 << 20], false);
        check(&[1 << 19, 1 << 19, 1], true);
        let one = Tail { records: 1, bytes: 1 };
        assert!(!Tail::NEARLY_DUE.is_due() && Tail::NEARLY_DUE.and(one).is_due());
    }
}
