//! Turns of the event loop: what takes long lets the page draw and answer in between.

use gloo_timers::future::TimeoutFuture;

/// Lets everything that waits have its turn first.
pub async fn next_turn() {
    TimeoutFuture::new(0).await;
}
