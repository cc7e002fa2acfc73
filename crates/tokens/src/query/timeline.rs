//! When tokens expire.

use chrono::{Datelike as _, TimeDelta};

use crate::model::Workspace;
use crate::time::Timestamp;

/// How many live tokens expire in one stretch of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpiryBucket {
    /// Where the stretch begins; `None` for the tokens that never expire.
    pub from: Option<Timestamp>,
    /// Where it ends; `None` when it has no end.
    pub until: Option<Timestamp>,
    /// How many live tokens expire in it.
    pub count: usize,
}

/// Live tokens by week of expiry for some weeks, then all later ones, then those that never expire.
#[must_use]
pub fn expiry_buckets(workspace: &Workspace, now: Timestamp, weeks: u32) -> Vec<ExpiryBucket> {
    let week = TimeDelta::days(7);
    let mut buckets: Vec<ExpiryBucket> = Vec::new();
    let mut from = now;
    for _ in 0..weeks {
        buckets.push(ExpiryBucket { from: Some(from), until: Some(from + week), count: 0 });
        from += week;
    }
    buckets.push(ExpiryBucket { from: Some(from), until: None, count: 0 });
    buckets.push(ExpiryBucket { from: None, until: None, count: 0 });
    for token in workspace.tokens().filter(|token| token.status_at(now).logs_in()) {
        let bucket = buckets.iter_mut().find(|bucket| match (token.expires, bucket.from, bucket.until) {
            (None, from, _) => from.is_none(),
            (Some(expires), Some(_), Some(until)) => expires < until,
            (Some(_), Some(_), None) => true,
            (Some(_), None, _) => false,
        });
        if let Some(bucket) = bucket {
            bucket.count += 1;
        }
    }
    buckets
}

impl ExpiryBucket {
    /// Whether the stretch is the first of its month, where a chart writes the month's name.
    #[must_use]
    pub fn opens_month(&self) -> bool {
        self.from.is_some_and(|from| from.day() <= 7)
    }
}
