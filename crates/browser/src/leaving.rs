//! The question that the browser asks before a page is left.

use wasm_bindgen::prelude::*;
use web_sys::{Event, EventTarget};

const EVENT: &str = "beforeunload";

/// Has the browser ask before the page is left or loaded again, until it is dropped.
///
/// Some browsers do not keep a page for the way back while something listens for this, so it is made only where there
/// is something to lose. A page in which nobody pressed or typed anything is left without a question.
pub struct LeaveQuestion {
    target: EventTarget,
    listener: Closure<dyn FnMut(Event)>,
}

impl LeaveQuestion {
    /// Has it asked whenever `is_unsaved` holds at that moment; `None` where there is no page.
    #[must_use]
    pub fn ask_while(is_unsaved: Box<dyn Fn() -> bool>) -> Option<Self> {
        let target: EventTarget = web_sys::window()?.into();
        let listener = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            if is_unsaved() {
                event.prevent_default();
            }
        });
        target.add_event_listener_with_callback(EVENT, listener.as_ref().unchecked_ref()).ok()?;
        Some(Self { target, listener })
    }
}

impl Drop for LeaveQuestion {
    fn drop(&mut self) {
        let _ = self.target.remove_event_listener_with_callback(EVENT, self.listener.as_ref().unchecked_ref());
    }
}
