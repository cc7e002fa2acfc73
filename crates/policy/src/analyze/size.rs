//! How large a policy is.

use serde::Serialize;

use super::rules::entries;
use crate::policy::ListName;
use crate::syntax::{Document, Kind, Value, to_compact_json};

/// How large a policy is, the first difference counting most: of two policies of which one has fewer entries, that one
/// is smaller.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Size {
    /// Entries of lists, those that are no texts included.
    pub entries: usize,
    /// Rule sets, those for single items, for resources and for everything together.
    pub rule_sets: usize,
    /// Sections of single resources, empty ones included.
    pub sections: usize,
    /// The length of the whole document as JSON without white space, in bytes of its UTF-8 form.
    pub bytes: usize,
}

impl Size {
    /// The size of a document that is JSON. Costs one more reading of its text.
    ///
    /// ```
    /// use tollgate_policy::{Size, parse};
    ///
    /// let document = parse(r#"{"resources": {"*": {"allow": ["GET"], "block": ["*"]}, "review": {}}}"#);
    /// assert_eq!(Size::of(&document), Size { entries: 2, rule_sets: 1, sections: 1, bytes: 63 });
    /// ```
    pub fn of(document: &Document) -> Size {
        let mut size = Size { bytes: to_compact_json(document.text()).len(), ..Size::default() };
        let resources = document.tree().root().and_then(|root| root.get("resources"));
        for member in resources.into_iter().flat_map(members) {
            if member.key().as_str() == Some("*") {
                size.add_rule_set(member);
            } else {
                size.sections += 1;
                members(member).for_each(|rules| size.add_rule_set(rules));
            }
        }
        size
    }

    fn add_rule_set(&mut self, rules: Value<'_>) {
        self.rule_sets += 1;
        let lists = [ListName::Allow, ListName::Block].into_iter();
        self.entries += lists.map(|list| entries(rules, list).count()).sum::<usize>();
    }
}

/// The members of an object; none if it is something else.
fn members(value: Value<'_>) -> impl Iterator<Item = Value<'_>> {
    let is_object = value.kind() == Kind::Object;
    value.children().filter(move |_| is_object)
}
