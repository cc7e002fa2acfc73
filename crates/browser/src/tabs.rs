//! The other tabs on the same workspace: a hint that there is news, and how many they are.
//!
//! Messages may be lost, doubled or late, and nothing rests on them: data always come from the journal.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::{Rc, Weak};

use gloo_timers::future::TimeoutFuture;
use tollgate_tokens::Entropy as _;
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

use crate::document::EventSubscription;
use crate::entropy::OsEntropy;

/// How long a count waits for the answers of the other tabs.
const ANSWER_MILLIS: u32 = 150;

/// What tabs say to each other: a verb and a value, apart by a space. Anything else is ignored.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Message {
    /// The journal now goes up to, but not including, this number.
    News { next: u64 },
    /// Who is there?
    Ping { from: String },
    /// I am.
    Pong { from: String },
    /// I go.
    Bye { from: String },
    /// Another history takes the place of the journal, or did.
    Replaced { from: String },
}

impl Message {
    fn to_text(&self) -> String {
        match self {
            Self::News { next } => format!("news {next}"),
            Self::Ping { from } => format!("ping {from}"),
            Self::Pong { from } => format!("pong {from}"),
            Self::Bye { from } => format!("bye {from}"),
            Self::Replaced { from } => format!("replaced {from}"),
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        let (verb, value) = text.split_once(' ')?;
        let from = value.to_owned();
        match verb {
            "news" => value.parse().ok().map(|next| Self::News { next }),
            "ping" => Some(Self::Ping { from }),
            "pong" => Some(Self::Pong { from }),
            "bye" => Some(Self::Bye { from }),
            "replaced" => Some(Self::Replaced { from }),
            _ => None,
        }
    }
}

/// One handle on a workspace among those of all tabs.
///
/// Where the browser has no BroadcastChannel it counts only itself and its hints go nowhere.
pub struct Tabs {
    shared: Rc<Shared>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_leave: Option<EventSubscription>,
    _on_return: Option<EventSubscription>,
}

/// Hears how many tabs there are.
type CountListener = Rc<dyn Fn(usize)>;

struct Shared {
    channel: Option<BroadcastChannel>,
    name: String,
    others: RefCell<BTreeSet<String>>,
    on_news: Box<dyn Fn(u64)>,
    on_count: RefCell<Option<CountListener>>,
    on_replaced: RefCell<Option<Rc<dyn Fn()>>>,
}

impl Tabs {
    /// Joins the tabs of a workspace. `on_news` gets the number that a tab said its journal goes up to.
    #[must_use]
    pub fn join(workspace: &str, on_news: Box<dyn Fn(u64)>) -> Self {
        let channel = BroadcastChannel::new(&format!("tollgate/{workspace}")).ok();
        let shared = Rc::new(Shared {
            channel,
            name: random_name(),
            others: RefCell::default(),
            on_news,
            on_count: RefCell::default(),
            on_replaced: RefCell::default(),
        });
        let weak = Rc::downgrade(&shared);
        let on_message: Closure<dyn FnMut(MessageEvent)> =
            Closure::new(move |event: MessageEvent| receive(&weak, &event));
        if let Some(channel) = &shared.channel {
            channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        }
        shared.say(&Message::Ping { from: shared.name.clone() });
        // A closed page runs no destructor, and one that comes back from the cache was never opened anew.
        let (leaving, returning) = (Rc::downgrade(&shared), Rc::downgrade(&shared));
        let on_leave = EventSubscription::on_window(
            &["pagehide"],
            Box::new(move || {
                if let Some(shared) = leaving.upgrade() {
                    shared.say(&Message::Bye { from: shared.name.clone() });
                }
            }),
        );
        let on_return = EventSubscription::on_window(
            &["pageshow"],
            Box::new(move || {
                if let Some(shared) = returning.upgrade() {
                    shared.say(&Message::Ping { from: shared.name.clone() });
                }
            }),
        );
        Self { shared, _on_message: on_message, _on_leave: on_leave, _on_return: on_return }
    }

    /// Calls back whenever a tab comes or goes, with how many there are then.
    pub fn on_count(&self, listener: Box<dyn Fn(usize)>) {
        *self.shared.on_count.borrow_mut() = Some(Rc::from(listener));
    }

    /// Calls back when another tab puts another history in the place of the journal: before it does, and after.
    pub fn on_replaced(&self, listener: Box<dyn Fn()>) {
        *self.shared.on_replaced.borrow_mut() = Some(Rc::from(listener));
    }

    /// Tells the other tabs that another history takes the place of the journal, or did.
    pub fn tell_replaced(&self) {
        self.shared.say(&Message::Replaced { from: self.shared.name.clone() });
    }

    /// Hints to the other tabs that the journal goes up to this number now.
    pub fn announce(&self, next: u64) {
        self.shared.say(&Message::News { next });
    }

    /// How many tabs, this one included, were seen on the workspace and have not said goodbye.
    ///
    /// A tab that crashed still counts; [`count_again`](Self::count_again) finds out.
    #[must_use]
    pub fn count(&self) -> usize {
        self.shared.others.borrow().len() + 1
    }

    /// Asks who is there and counts the answers; takes 150 ms.
    pub async fn count_again(&self) -> usize {
        self.shared.others.borrow_mut().clear();
        self.shared.say(&Message::Ping { from: self.shared.name.clone() });
        TimeoutFuture::new(ANSWER_MILLIS).await;
        self.count()
    }
}

impl Drop for Tabs {
    fn drop(&mut self) {
        self.shared.say(&Message::Bye { from: self.shared.name.clone() });
        if let Some(channel) = &self.shared.channel {
            channel.set_onmessage(None);
            channel.close();
        }
    }
}

impl Shared {
    fn say(&self, message: &Message) {
        let Some(channel) = &self.channel else { return };
        // A hint that cannot be sent is a hint that was lost.
        let _ = channel.post_message(&JsValue::from_str(&message.to_text()));
    }

    fn hear(&self, message: Message) {
        match message {
            Message::News { next } => (self.on_news)(next),
            Message::Ping { from } => {
                self.say(&Message::Pong { from: self.name.clone() });
                self.note(|others| others.insert(from));
            }
            Message::Pong { from } => self.note(|others| others.insert(from)),
            Message::Bye { from } => self.note(|others| others.remove(&from)),
            Message::Replaced { .. } => {
                let listener = self.on_replaced.borrow().clone();
                if let Some(listener) = listener {
                    listener();
                }
            }
        }
    }

    fn note(&self, change: impl FnOnce(&mut BTreeSet<String>) -> bool) {
        if !change(&mut self.others.borrow_mut()) {
            return;
        }
        let (count, listener) = (self.others.borrow().len() + 1, self.on_count.borrow().clone());
        if let Some(listener) = listener {
            listener(count);
        }
    }
}

fn receive(shared: &Weak<Shared>, event: &MessageEvent) {
    let (Some(shared), Some(text)) = (shared.upgrade(), event.data().as_string()) else { return };
    if let Some(message) = Message::from_text(&text) {
        shared.hear(message);
    }
}

/// A name that no other tab has; without randomness all tabs share one and are counted as one.
fn random_name() -> String {
    let mut bytes = [0; 8];
    let _ = OsEntropy.fill(&mut bytes);
    format!("{:016x}", u64::from_le_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_read_as_they_were_written() {
        let from = "0123abcd".to_owned();
        let messages = [
            Message::News { next: 7 },
            Message::Ping { from: from.clone() },
            Message::Pong { from: from.clone() },
            Message::Bye { from: from.clone() },
            Message::Replaced { from },
        ];
        for message in messages {
            assert_eq!(Message::from_text(&message.to_text()), Some(message));
        }
        for text in ["", "dance", "news", "news x", "dance now"] {
            assert_eq!(Message::from_text(text), None, "{text}");
        }
    }
}
