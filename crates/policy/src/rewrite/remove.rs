//! Taking something out of a text.

use super::slots::Container;
use super::text_edit::TextEdit;
use crate::ids::Method;
use crate::pointer::JsonPointer;
use crate::presets::quoted;
use crate::syntax::Document;

/// The edits that remove a list entry, a rule set, a section, or whatever else stands at `pointer`.
///
/// One comma goes with it, so that the rest is as well formed as before, and so do earlier members with the same key,
/// which would count again otherwise.
/// The answer is none if nothing stands there, if it is the whole document, or if the text is not JSON.
/// Whether the server accepts the rest is for [`check`](crate::check()) to say.
///
/// Costs a walk over the text for each step of the pointer.
///
/// ```
/// use tollgate_policy::rewrite::{apply, remove};
/// use tollgate_policy::parse;
///
/// let text = r#"{"resources": {"*": {"allow": ["GET", "PUT"]}}}"#;
/// let edits = remove(&parse(text), &"/resources/*/allow/1".parse()?).ok_or("gone")?;
/// assert_eq!(apply(text, &edits).as_deref(), Some(r#"{"resources": {"*": {"allow": ["GET"]}}}"#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn remove(document: &Document, pointer: &JsonPointer) -> Option<Vec<TextEdit>> {
    let (container, step) = Container::around(document, pointer)?;
    let found = container.find_all(&step);
    (!found.is_empty()).then(|| container.without(&found))
}

/// The edits that remove the entries with these indices, in order and unique, from the list at `pointer`.
pub(super) fn remove_entries(document: &Document, pointer: &JsonPointer, indices: &[usize]) -> Option<Vec<TextEdit>> {
    let list = Container::at(document, pointer).filter(|list| !list.is_object)?;
    Some(list.without(indices))
}

/// The edit that puts `method` in the place of the list entry at `pointer`.
///
/// The answer is none if no list entry stands there, or if the text is not JSON.
///
/// Costs a walk over the text for each step of the pointer.
///
/// ```
/// use tollgate_policy::rewrite::{apply, replace_entry};
/// use tollgate_policy::{Method, parse};
///
/// let text = r#"{"resources": {"*": {"block": ["post"]}}}"#;
/// let edit = replace_entry(&parse(text), &"/resources/*/block/0".parse()?, &Method::from("POST")).ok_or("gone")?;
/// assert_eq!(apply(text, &[edit]).as_deref(), Some(r#"{"resources": {"*": {"block": ["POST"]}}}"#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn replace_entry(document: &Document, pointer: &JsonPointer, method: &Method) -> Option<TextEdit> {
    let (container, step) = Container::around(document, pointer).filter(|(container, _)| !container.is_object)?;
    let entry = container.slots.get(container.find(&step)?)?;
    Some(TextEdit { span: entry.value, text: quoted(method.as_str()) })
}
