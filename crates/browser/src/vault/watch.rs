//! What a vault hears: other tabs, and that its page goes out of sight or away.

use std::rc::{Rc, Weak};

use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

use super::auto_lock::Sight;
use super::handle::Shared;
use crate::document::EventSubscription;

/// Something happened to the vault, here or in another tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VaultNews {
    /// This tab holds no key any more.
    Locked,
    /// This tab holds the key.
    Unlocked,
    /// Something was put in or removed, or the vault was made or deleted.
    Changed,
}

impl VaultNews {
    /// What other tabs are told; that this one unlocked is none of their business.
    fn word(self) -> Option<&'static str> {
        match self {
            Self::Locked => Some("lock"),
            Self::Changed => Some("changed"),
            Self::Unlocked => None,
        }
    }

    fn of(word: &str) -> Option<Self> {
        [Self::Locked, Self::Changed].into_iter().find(|news| news.word() == Some(word))
    }
}

/// Listens until it is dropped.
pub(super) struct Watch {
    /// Without one, other tabs lock by themselves after a while.
    channel: Option<BroadcastChannel>,
    listener: Box<dyn Fn(VaultNews)>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_sight: Option<EventSubscription>,
    _on_leave: Option<EventSubscription>,
}

impl Watch {
    /// Listens on behalf of a vault.
    pub(super) fn new(shared: &Rc<Shared>, listener: Box<dyn Fn(VaultNews)>) -> Self {
        let channel = BroadcastChannel::new(&format!("tollgate-vault-{}", shared.workspace())).ok();
        let weak = Rc::downgrade(shared);
        let on_message: Closure<dyn FnMut(MessageEvent)> = Closure::new(move |event: MessageEvent| hear(&weak, &event));
        if let Some(channel) = &channel {
            channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        }
        let (seen, leaving) = (Rc::downgrade(shared), Rc::downgrade(shared));
        let on_sight = EventSubscription::on_window(
            &["visibilitychange"],
            Box::new(move || {
                if let Some(shared) = seen.upgrade() {
                    shared.note_sight(sight());
                }
            }),
        );
        // A page that is left may be kept, key and all, to be shown again on the way back.
        let on_leave = EventSubscription::on_window(
            &["pagehide"],
            Box::new(move || {
                if let Some(shared) = leaving.upgrade() {
                    shared.drop_key();
                    shared.tell(VaultNews::Locked);
                }
            }),
        );
        Self { channel, listener, _on_message: on_message, _on_sight: on_sight, _on_leave: on_leave }
    }

    /// Tells this page.
    pub(super) fn tell(&self, news: VaultNews) {
        (self.listener)(news);
    }

    /// Tells the other tabs.
    pub(super) fn say(&self, news: VaultNews) {
        if let (Some(channel), Some(word)) = (&self.channel, news.word()) {
            let _ = channel.post_message(&JsValue::from_str(word));
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.set_onmessage(None);
            channel.close();
        }
    }
}

fn hear(shared: &Weak<Shared>, event: &MessageEvent) {
    let (Some(shared), Some(word)) = (shared.upgrade(), event.data().as_string()) else { return };
    let Some(news) = VaultNews::of(&word) else { return };
    if news == VaultNews::Locked {
        shared.drop_key();
    }
    shared.tell(news);
}

fn sight() -> Sight {
    let document = web_sys::window().and_then(|window| window.document());
    if document.is_some_and(|document| document.hidden()) { Sight::Hidden } else { Sight::Seen }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn news_are_heard_as_they_were_said() {
        for news in [VaultNews::Locked, VaultNews::Changed] {
            assert_eq!(news.word().and_then(VaultNews::of), Some(news));
        }
        assert_eq!(VaultNews::Unlocked.word(), None);
        assert_eq!(VaultNews::of("open"), None);
    }
}
