//! What the text changes, told with every letter, however large it is: before anything else about it is worked out.

use std::sync::Arc;

use leptos::prelude::*;
use tollgate_browser::OFF_THREAD_BYTES;
use tollgate_policy::{Catalog, Comparison, Outline};

use super::place::WorkbenchPlace;

/// Texts above this many bytes take longer than a frame even where they are plain.
const MOST_BYTES: usize = 8 * 1024 * 1024;

/// What the text changes against the one that it is compared with, in a few words; empty where one of them is no policy,
/// or is large and not plain.
pub(super) fn live(
    text: RwSignal<String>,
    against: Memo<Option<Arc<str>>>,
    place: RwSignal<WorkbenchPlace>,
) -> Memo<String> {
    let other = Memo::new(move |_| against.with(|against| against.as_deref().and_then(outline)).map(Prepared));
    let named = Memo::new(move |_| place.with(|place| place.against.words()));
    Memo::new(move |_| {
        let told = other.with(|other| {
            let before = other.as_ref()?;
            let after = text.with(|text| outline(text))?;
            // The catalog chooses real requests, which are not told here.
            let compared = before.0.compare(&after, Catalog::review_board_8_1());
            Some(named.with(|named| words(&compared, named)))
        });
        told.unwrap_or_default()
    })
}

/// An outline to be compared with; two are never taken for the same.
#[derive(Clone)]
struct Prepared(Arc<Outline>);

impl PartialEq for Prepared {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

fn outline(text: &str) -> Option<Arc<Outline>> {
    let outline = match text.len() {
        bytes if bytes <= OFF_THREAD_BYTES => Outline::read(text),
        bytes if bytes <= MOST_BYTES => Outline::read_plain(text),
        _ => None,
    };
    outline.map(Arc::new)
}

fn words(compared: &Comparison, against: &str) -> String {
    let signed = |sign: &str, count: u64| (count > 0).then(|| format!("{sign}{count}"));
    let (granted, removed) = (signed("+", compared.granted), signed("−", compared.removed));
    match granted.into_iter().chain(removed).collect::<Vec<_>>().join(" ") {
        nothing if nothing.is_empty() => format!("Decides as {against}"),
        changed => format!("{changed} kinds of request against {against}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: &str, after: &str) -> String {
        let (before, after) = (outline(before).unwrap(), outline(after).unwrap());
        words(&before.compare(&after, Catalog::review_board_8_1()), "version 1")
    }

    #[test]
    fn what_changes_is_told_in_a_few_words() {
        let (all, no_put) = ("{}", r#"{"resources": {"*": {"block": ["PUT"]}}}"#);
        let no_post = r#"{"resources": {"*": {"block": ["POST"]}}}"#;
        assert_eq!(told(all, all), "Decides as version 1");
        assert_eq!(told(all, no_put), "−2 kinds of request against version 1");
        assert_eq!(told(no_put, all), "+2 kinds of request against version 1");
        assert_eq!(told(no_put, no_post), "+2 −2 kinds of request against version 1");
    }

    #[test]
    fn a_large_text_is_told_of_only_if_it_is_plain() {
        let space = " ".repeat(OFF_THREAD_BYTES);
        assert!(outline(&format!("{space}{{}}")).is_some());
        let odd = r#"{"resources": {"*": {"block": ["\u0050UT"]}}}"#;
        assert!(outline(odd).is_some() && outline(&format!("{space}{odd}")).is_none());
    }
}
