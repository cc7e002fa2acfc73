//! The shortest rules for one place.

use super::methods::{Methods, OTHER, contains, differ, without};
use crate::ids::Method;
use crate::syntax::push_compact_text;

/// The shortest rule set that denies exactly `denied` where `base` is denied without it, as JSON without white space;
/// none if none is needed. Fewest entries first, then fewest bytes.
///
/// There are three ways at most. What rules without `*` say is fixed by the methods they name, so they name those that
/// differ, and no other may differ. With `*` in `block`, the methods that are allowed have to be named and nothing
/// else; with `*` in `allow` alone, those that are denied.
pub(super) fn shortest(denied: &[u64], base: &[u64], methods: &Methods) -> Option<String> {
    if !differ(denied, base) {
        return None;
    }
    let texts = |set: Vec<u64>| methods.texts(&set).map(Method::as_str).collect::<Vec<&str>>();
    let mut ways = Vec::new();
    if contains(denied, OTHER) == contains(base, OTHER) {
        let (allow, block) = (without(base, denied).collect(), without(denied, base).collect());
        ways.push((texts(allow), texts(block)));
    }
    ways.push(if contains(denied, OTHER) {
        (texts(without(methods.all(), denied).collect()), vec![Method::ANY])
    } else {
        (vec![Method::ANY], texts(denied.to_vec()))
    });
    let written = ways.iter().map(|(allow, block)| (allow.len() + block.len(), rules(allow, block)));
    let (_, rules) = written.min_by_key(|(entries, rules)| (*entries, rules.len()))?;
    Some(rules)
}

/// An object of these members, each as [`member`] writes it.
pub(super) fn object(members: &[String]) -> String {
    format!("{{{}}}", members.join(","))
}

/// A key and its value, which is JSON already.
pub(super) fn member(key: &str, value: &str) -> String {
    let mut json = String::with_capacity(key.len() + value.len() + 3);
    push_compact_text(key, &mut json);
    json.push(':');
    json.push_str(value);
    json
}

fn rules(allow: &[&str], block: &[&str]) -> String {
    let lists = [("allow", allow), ("block", block)].into_iter().filter(|(_, list)| !list.is_empty());
    let members: Vec<String> = lists.map(|(name, methods)| member(name, &list(methods))).collect();
    object(&members)
}

fn list(methods: &[&str]) -> String {
    let mut json = String::from("[");
    for (index, method) in methods.iter().enumerate() {
        if index > 0 {
            json.push(',');
        }
        push_compact_text(method, &mut json);
    }
    json.push(']');
    json
}
