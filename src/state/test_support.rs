//! What the tests of the state share.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// The answer of an act on a journal in memory, which keeps nobody waiting.
pub(super) fn at_once<T>(act: impl Future<Output = T>) -> T {
    let mut act = pin!(act);
    match act.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer,
        Poll::Pending => unreachable!("a journal in memory keeps nobody waiting"),
    }
}
