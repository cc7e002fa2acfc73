//! The ids of items, quick to compare and without memory of their own.

use std::cmp::Ordering;

use crate::ids::ItemId;
use crate::span::{Span, to_index, to_offset};

/// How many bytes a key holds by itself.
const HELD: usize = size_of::<u64>();

/// The bits that no byte of ASCII has.
const NOT_ASCII: u64 = u64::from_ne_bytes([0x80; HELD]);

/// The id of an item.
///
/// An id of more than eight bytes stands in a text that many keys share, and whoever uses the key lends that text.
#[derive(Clone, Copy, Debug)]
pub(super) struct ItemKey {
    /// The first eight bytes, so that nearly all comparisons are over without a look at the text.
    beginning: u64,
    length: u32,
    /// Where a longer id starts in the shared text.
    start: u32,
}

impl ItemKey {
    /// The key of `item_id`, whose text goes to the end of `long_ids` if the key cannot hold it.
    pub(super) fn new(item_id: &str, long_ids: &mut String) -> ItemKey {
        let key = ItemKey::alone(item_id);
        if key.is_long() { key.kept_in(long_ids, item_id) } else { key }
    }

    /// The same where the first eight bytes are known already: the first one highest, zeros behind the last.
    ///
    /// None if the id is not UTF-8. That is looked at only where it is long or not ASCII.
    pub(super) fn of_bytes(beginning: u64, item_id: &[u8], long_ids: &mut String) -> Option<ItemKey> {
        let key = ItemKey { beginning, length: to_offset(item_id.len()), start: 0 };
        if key.is_long() {
            return Some(key.kept_in(long_ids, str::from_utf8(item_id).ok()?));
        }
        let is_text = beginning & NOT_ASCII == 0 || str::from_utf8(item_id).is_ok();
        is_text.then_some(key)
    }

    /// The key of a long id, whose text goes to the end of `long_ids`.
    fn kept_in(self, long_ids: &mut String, item_id: &str) -> ItemKey {
        let start = to_offset(long_ids.len());
        long_ids.push_str(item_id);
        ItemKey { start, ..self }
    }

    /// A key to hold others against, whose shared text is `item_id` itself.
    pub(super) fn alone(item_id: &str) -> ItemKey {
        ItemKey { beginning: beginning(item_id), length: to_offset(item_id.len()), start: 0 }
    }

    /// The order of the texts.
    pub(super) fn order(&self, long_ids: &str, other: &ItemKey, long_ids_of_other: &str) -> Ordering {
        self.beginning.cmp(&other.beginning).then_with(|| {
            if self.is_long() && other.is_long() {
                self.long(long_ids).cmp(other.long(long_ids_of_other))
            } else {
                // The shorter one is how the other begins: they differ at most in bytes of value 0 behind it.
                self.length.cmp(&other.length)
            }
        })
    }

    /// Shorter texts first, and those of one length in their order: then numbers come as they are counted.
    pub(super) fn order_short_first(&self, long_ids: &str, other: &ItemKey, long_ids_of_other: &str) -> Ordering {
        self.length.cmp(&other.length).then_with(|| self.order(long_ids, other, long_ids_of_other))
    }

    /// The id itself. Costs some memory of its own.
    pub(super) fn item_id(&self, long_ids: &str) -> ItemId {
        if self.is_long() {
            return ItemId::from(self.long(long_ids));
        }
        let bytes = self.beginning.to_be_bytes();
        let text = bytes.get(..to_index(self.length)).and_then(|bytes| str::from_utf8(bytes).ok());
        ItemId::from(text.unwrap_or_default())
    }

    fn is_long(&self) -> bool {
        to_index(self.length) > HELD
    }

    fn long<'t>(&self, long_ids: &'t str) -> &'t str {
        Span::new(self.start, self.start.saturating_add(self.length)).slice(long_ids)
    }
}

/// The first eight bytes of a text, the first one highest, zeros behind the last.
fn beginning(text: &str) -> u64 {
    let mut bytes = [0; HELD];
    for (slot, byte) in bytes.iter_mut().zip(text.bytes()) {
        *slot = byte;
    }
    u64::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: [&str; 15] = [
        "",
        "\0",
        "\0\0",
        "0",
        "10",
        "1000000",
        "10000000",
        "10000000\0",
        "100000000",
        "100000001",
        "9",
        "a\0",
        "a",
        "é",
        "é\0\0\0\0\0\0é",
    ];

    #[test]
    fn keys_are_ordered_as_their_texts() {
        let (mut lefts, mut rights) = (String::new(), String::new());
        for left in TEXTS {
            for right in TEXTS {
                let (one, other) = (ItemKey::new(left, &mut lefts), ItemKey::new(right, &mut rights));
                assert_eq!(one.order(&lefts, &other, &rights), left.cmp(right), "{left:?} {right:?}");
                assert_eq!(ItemKey::alone(left).order(left, &other, &rights), left.cmp(right), "{left:?} {right:?}");
                let short_first = left.len().cmp(&right.len()).then(left.cmp(right));
                assert_eq!(one.order_short_first(&lefts, &other, &rights), short_first, "{left:?} {right:?}");
            }
        }
    }

    #[test]
    fn keys_of_bytes_are_those_of_texts_and_of_nothing_else() {
        for text in TEXTS {
            let (mut long_ids, mut same_ids) = (String::new(), String::new());
            let key = ItemKey::new(text, &mut long_ids);
            let same = ItemKey::of_bytes(beginning(text), text.as_bytes(), &mut same_ids).unwrap();
            assert!(key.order(&long_ids, &same, &same_ids).is_eq() && long_ids == same_ids, "{text:?}");
        }
        for bytes in [&b"\xc3"[..], b"1234567\xc3", b"12345678\xc3", b"1234567\xc3\xc3\xa9"] {
            let mut first = [0; HELD];
            first.iter_mut().zip(bytes).for_each(|(slot, byte)| *slot = *byte);
            assert!(ItemKey::of_bytes(u64::from_be_bytes(first), bytes, &mut String::new()).is_none(), "{bytes:?}");
        }
    }

    #[test]
    fn keys_give_their_texts_back() {
        let mut long_ids = String::new();
        let keys = TEXTS.map(|text| ItemKey::new(text, &mut long_ids));
        assert_eq!(keys.map(|key| key.item_id(&long_ids).to_string()), TEXTS);
    }
}
