//! Every key, for the list of them.

use crate::components::KeyGroup;
use crate::state::acts;

/// A key, and what it does.
type Key = (&'static str, &'static str);

const EVERYWHERE: [Key; 5] = [
    ("Ctrl K", "Search or act"),
    ("N", "Make a new token"),
    ("/", "Filter the list"),
    ("Ctrl Z", "Undo the last act"),
    ("?", "Show this list"),
];

const IN_THE_LIST: [Key; 5] = [
    ("Up, Down", "Move by a row"),
    ("Enter", "Open the row"),
    ("Space", "Select the row"),
    ("Shift Space", "Select from the row selected last to this one"),
    ("Home, End", "Go to the first or last row"),
];

const IN_A_POLICY: [Key; 7] = [
    ("Tab", "Leave the editor"),
    ("Ctrl Space", "Offer what can be written"),
    ("F8", "Go to the next finding"),
    ("Ctrl .", "Mend what is found at the caret"),
    ("F1", "Say what stands at the caret"),
    ("Shift Alt F", "Lay the text out"),
    ("Ctrl F", "Find and replace"),
];

/// The groups of the list, in its order.
pub(super) fn groups() -> Vec<KeyGroup> {
    let places = acts().iter().filter(|act| act.keys.starts_with("G "));
    let places = places.map(|act| (act.keys.to_owned(), act.title.to_owned())).collect();
    vec![
        group("Everywhere", &EVERYWHERE),
        KeyGroup { title: "Places".to_owned(), keys: places },
        group("In the list of tokens", &IN_THE_LIST),
        group("In a policy", &IN_A_POLICY),
    ]
}

fn group(title: &str, keys: &[Key]) -> KeyGroup {
    let keys = keys.iter().map(|(keys, does)| ((*keys).to_owned(), (*does).to_owned()));
    KeyGroup { title: title.to_owned(), keys: keys.collect() }
}
