//! What subscribers are told about tokens.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use crate::event::{Event, EventBody};
use crate::ids::{EventId, TokenUid};

/// What happened to one token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignalKind {
    /// It was made.
    Created {
        /// By a program rather than at a user's request.
        auto_generated: bool,
    },
    /// Its note, policy or expiry was changed.
    Updated,
    /// A login was tried after it had expired.
    Expired,
    /// It was deleted.
    Deleted,
    /// It was invalidated.
    Invalidated,
    /// An invalidation or a deletion of it was undone.
    Restored,
}

impl SignalKind {
    /// The kind's name, for programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Created { .. } => "created",
            Self::Updated => "updated",
            Self::Expired => "expired",
            Self::Deleted => "deleted",
            Self::Invalidated => "invalidated",
            Self::Restored => "restored",
        }
    }

    /// Whether the original tells its own subscribers, too: it is silent about invalidation, and cannot undo.
    #[must_use]
    pub const fn has_counterpart(self) -> bool {
        !matches!(self, Self::Invalidated | Self::Restored)
    }
}

/// What happened to one token, and by which act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signal {
    /// What happened.
    pub kind: SignalKind,
    /// The token.
    pub token: TokenUid,
    /// The act.
    pub act: EventId,
}

/// The signals of an event, token by token; none for what the original does silently and nobody need know, as a login.
///
/// Source: the original's behavior, `token-system.md` §7; one signal for each token of an act on many.
///
/// ```
/// # use tollgate_tokens::{Event, EventBody, EventId, ReplicaId, SignalKind, Timestamp, TokenUid, TokensDeleted, signals};
/// let body = EventBody::TokensDeleted(TokensDeleted { tokens: vec![TokenUid::from_bytes([7; 16])], reason: String::new() });
/// let id = EventId { replica: ReplicaId::from_bytes([1; 16]), sequence: 1 };
/// let event = Event { id, at: Timestamp::default(), by: None, body };
/// assert_eq!(signals(&event).first().map(|signal| signal.kind), Some(SignalKind::Deleted));
/// ```
#[must_use]
pub fn signals(event: &Event) -> Vec<Signal> {
    let signal = |kind, token| Signal { kind, token, act: event.id };
    let all = |kind| event.body.tokens().map(|token| signal(kind, token)).collect();
    match &event.body {
        EventBody::TokenGenerated(made) => all(SignalKind::Created { auto_generated: made.auto_generated }),
        EventBody::TokensChanged(_) | EventBody::PoliciesAssigned(_) => all(SignalKind::Updated),
        EventBody::TokensDeleted(_) => all(SignalKind::Deleted),
        EventBody::TokensInvalidated(_) => all(SignalKind::Invalidated),
        EventBody::InvalidationUndone(_) | EventBody::DeletionUndone(_) => all(SignalKind::Restored),
        EventBody::ExpiredTokenTried(_) => all(SignalKind::Expired),
        EventBody::TokenRotated(act) => {
            let created = SignalKind::Created { auto_generated: act.new.auto_generated };
            vec![signal(created, act.new.uid), signal(SignalKind::Updated, act.old)]
        }
        EventBody::RotationUndone(undo) => {
            vec![signal(SignalKind::Updated, undo.old), signal(SignalKind::Deleted, undo.new)]
        }
        _ => Vec::new(),
    }
}

type Listener = dyn Fn(&Signal);

/// Keeps a listener subscribed until it is dropped.
#[must_use = "the listener is gone as soon as this is dropped"]
pub struct Subscription {
    _listener: Rc<Listener>,
}

/// Who is told, and up to which entry they were.
pub(crate) struct Subscribers {
    listeners: RefCell<Vec<Weak<Listener>>>,
    told: Cell<u64>,
}

impl Subscribers {
    /// Nobody yet; entries up to `told` are history.
    pub(crate) fn new(told: u64) -> Self {
        Self { listeners: RefCell::new(Vec::new()), told: Cell::new(told) }
    }

    pub(crate) fn add(&self, listener: impl Fn(&Signal) + 'static) -> Subscription {
        let listener: Rc<Listener> = Rc::new(listener);
        self.listeners.borrow_mut().push(Rc::downgrade(&listener));
        Subscription { _listener: listener }
    }

    /// The number of the last entry that was told.
    pub(crate) fn told(&self) -> u64 {
        self.told.get()
    }

    /// Tells the signals of entries up to `last`.
    pub(crate) fn tell(&self, signals: &[Signal], last: u64) {
        // First, so that a listener that acts in its turn does not hear the same again.
        self.told.set(last);
        self.listeners.borrow_mut().retain(|listener| listener.strong_count() > 0);
        let listeners = self.listeners.borrow().clone();
        for signal in signals {
            for listener in listeners.iter().filter_map(Weak::upgrade) {
                listener(signal);
            }
        }
    }
}
