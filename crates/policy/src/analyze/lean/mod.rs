//! From the text of a policy to its outline without a tree, for texts that are as plain as nearly all are.
//!
//! Whatever is out of the ordinary is left to the reader of trees, which is the slow twin of this one: escapes, values
//! and keys without meaning, duplicate keys, more methods than a word has bits, and every mistake.
//! So nothing is decided here about texts that are odd, and an answer that is given is the one that the twin gives.

mod read;
mod recent;
mod rule_sets;
mod scan;
