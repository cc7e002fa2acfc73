//! Asynchronous acts, with one shape of future for all of them.

use std::pin::Pin;

use leptos::prelude::*;

/// An action whose futures are boxed: each shape of future would bring its own copy of the machinery around it.
pub(super) fn task<I: 'static, F: Future<Output = ()> + 'static>(run: impl Fn(&I) -> F + 'static) -> Action<I, ()> {
    Action::new_local(move |input: &I| Box::pin(run(input)) as Pin<Box<dyn Future<Output = ()>>>)
}
