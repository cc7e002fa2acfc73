//! Checking broken or hostile texts is linear: ten times the text may take fifteen times as long, and no longer.
//!
//! The room is for the sorting of keys, and for caches that hold one megabyte but not ten.

mod pair;

use std::hint::black_box;

use pair::{Pace, Pair};
use tollgate_policy::{Catalog, check};

/// A kind of text that could make a checker slow.
struct Kind {
    name: &'static str,
    /// A text of about so many bytes.
    text: fn(usize) -> String,
}

const KINDS: [Kind; 8] = [
    Kind { name: "opening_brackets", text: |bytes| repeated("[", bytes) },
    Kind { name: "nested_objects", text: |bytes| repeated("{\"a\":", bytes) },
    Kind { name: "missing_commas", text: missing_commas },
    Kind { name: "duplicate_keys", text: |bytes| section(&repeated("\"7\":{\"allow\":[\"GET\"]},", bytes)) },
    Kind { name: "distinct_ids", text: distinct_ids },
    Kind { name: "lone_surrogate_ids", text: lone_surrogate_ids },
    Kind { name: "one_long_string", text: |bytes| format!("\"{}", repeated("a", bytes)) },
    Kind { name: "quotes", text: |bytes| repeated("\"", bytes) },
];

fn main() -> Result<(), String> {
    let pace = Pace::asked()?;
    let (ten_megabytes, one_megabyte) = (pace.size(10_000_000), pace.size(1_000_000));
    for kind in &KINDS {
        let (long, short) = ((kind.text)(ten_megabytes), (kind.text)(one_megabyte));
        let pair = Pair {
            work: format!("check/{}/{ten_megabytes}", kind.name),
            repeats: 1,
            ours: || check_all(&long),
            peer: || check_all(&short),
            at_most: 15.0,
        };
        pair.measure(pace);
    }
    Ok(())
}

fn check_all(text: &str) {
    black_box(check(black_box(text), Catalog::review_board_8_1()));
}

fn missing_commas(bytes: usize) -> String {
    let methods = repeated("\"GET\" ", bytes);
    format!("{{\"resources\":{{\"*\":{{\"allow\":[{methods}]}}}}}}")
}

fn distinct_ids(bytes: usize) -> String {
    section(&numbered(bytes, |number| format!("\"{number:08}\":{{\"allow\":[\"GET\"]}},")))
}

fn lone_surrogate_ids(bytes: usize) -> String {
    section(&numbered(bytes, |number| {
        let low = number % 4;
        format!("\"\\ud8{low:02x}{number:06}\":{{\"allow\":[\"GET\"]}},")
    }))
}

/// A policy with these members, each with a comma behind it, in the section of one resource.
fn section(members: &str) -> String {
    format!("{{\"resources\":{{\"review\":{{{members}\"z\":{{\"allow\":[]}}}}}}}}")
}

fn repeated(piece: &str, bytes: usize) -> String {
    piece.repeat(bytes / piece.len())
}

/// Pieces that count from 0, until they are about so many bytes.
fn numbered(bytes: usize, piece: impl Fn(usize) -> String) -> String {
    let count = bytes / piece(0).len();
    (0..count).map(piece).collect()
}
