//! One answer from several callbacks: the first counts.

use std::cell::Cell;
use std::rc::Rc;

use futures_channel::oneshot;

/// The sending end of a oneshot channel that several callbacks share.
pub(crate) struct Answer<T>(Rc<Cell<Option<oneshot::Sender<T>>>>);

impl<T> Answer<T> {
    /// Makes an answer and what waits for it.
    pub(crate) fn new() -> (Self, oneshot::Receiver<T>) {
        let (sender, receiver) = oneshot::channel();
        (Self(Rc::new(Cell::new(Some(sender)))), receiver)
    }

    /// Gives the value to whoever waits, or back if it was given already or nobody waits any more.
    pub(crate) fn give(&self, value: T) -> Result<(), T> {
        match self.0.take() {
            Some(sender) => sender.send(value),
            None => Err(value),
        }
    }
}

impl<T> Clone for Answer<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_answer_counts() {
        let (answer, mut waiting) = Answer::new();
        assert_eq!(answer.give(1), Ok(()));
        assert_eq!(answer.clone().give(2), Err(2));
        assert_eq!(waiting.try_recv(), Ok(Some(1)));
    }

    #[test]
    fn answer_comes_back_when_nobody_waits() {
        let (answer, waiting) = Answer::new();
        drop(waiting);
        assert_eq!(answer.give(1), Err(1));
    }
}
