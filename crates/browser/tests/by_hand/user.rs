//! The smallest act.

use tollgate_tokens::test_support::noon;
use tollgate_tokens::{Decide, EventBody, NewEvent, UserRecord};

/// Adds a user.
pub fn user(name: &str) -> Decide {
    let user = UserRecord { username: name.parse().unwrap(), active: true, superuser: false };
    Box::new(move |_| vec![NewEvent::Here { at: noon(), by: None, body: EventBody::UserAdded(user.clone()) }])
}
