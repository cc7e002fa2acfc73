//! Adding a method to a list, with whatever must be made around it.

use super::slots::Container;
use super::style::{Level, Lines, Step, Style, steps_to};
use super::text_edit::TextEdit;
use crate::ids::Method;
use crate::policy::{ListName, Place};
use crate::presets::quoted;
use crate::span::Span;
use crate::syntax::Document;

/// The edits that add `method` to one list of the rule set for `place`.
///
/// The list, the rule set, the section and `resources` are made if they are missing, written as their neighbors are:
/// on one line, or indented alike. What is for everything goes before its neighbors, as does a list of what is
/// allowed; anything else goes behind them.
/// There are no edits if the list has the method already. The answer is none if something of another shape is in the
/// way, or if the text is not JSON.
///
/// Costs a few walks over the text.
///
/// ```
/// use tollgate_policy::rewrite::{add_method, apply};
/// use tollgate_policy::{ListName, Place, parse};
///
/// let text = r#"{"resources": {"*": {"block": ["*"]}}}"#;
/// let place = Place::Resource { policy_id: "review".into() };
/// let edits = add_method(&parse(text), &place, ListName::Allow, &"POST".into()).ok_or("in the way")?;
/// assert_eq!(
///     apply(text, &edits).as_deref(),
///     Some(r#"{"resources": {"*": {"block": ["*"]}, "review": {"*": {"allow": ["POST"]}}}}"#),
/// );
/// # Ok::<(), &str>(())
/// ```
pub fn add_method(document: &Document, place: &Place, list: ListName, method: &Method) -> Option<Vec<TextEdit>> {
    if !document.is_json() {
        return None;
    }
    let text = document.text();
    let root = document.tree().root()?.span();
    let steps = steps_to(place, list);
    let (mut rest, mut level, mut value, mut lines) = (steps.as_slice(), Level::Document, root, None);
    let mut container = Container::read(text, value)?;
    while let Some((step, after)) = rest.split_first().filter(|_| container.is_object) {
        let Some(slot) = container.find(step.key).and_then(|found| container.slots.get(found)) else { break };
        lines = Lines::of(&container);
        (rest, level, value) = (after, step.level, slot.value);
        container = Container::read(text, value)?;
    }
    if container.is_object == rest.is_empty() {
        return None;
    }
    let style = Style::read(text, root, value);
    let edit = match rest.split_first() {
        None => return Some(add_entry(&container, method, &style).into_iter().collect()),
        Some(_) if container.slots.is_empty() => {
            TextEdit { span: value, text: style.value(level, rest, method, lines.as_ref()) }
        }
        Some((step, after)) => {
            let member = style.member(*step, after, method, Lines::of(&container).as_ref());
            insert(&container, member, comes_first(*step), &style)?
        }
    };
    Some(vec![edit])
}

/// None if the list has the method already.
fn add_entry(list: &Container<'_>, method: &Method, style: &Style<'_>) -> Option<TextEdit> {
    if list.slots.iter().any(|slot| slot.text.as_deref() == Some(method.as_str())) {
        return None;
    }
    let entry = quoted(method.as_str());
    if list.slots.is_empty() {
        return Some(TextEdit { span: list.inside, text: entry });
    }
    insert(list, entry, false, style)
}

fn comes_first(step: Step<'_>) -> bool {
    match step.level {
        Level::List => step.key == ListName::Allow.as_str(),
        _ => step.key == Method::ANY,
    }
}

/// Puts `slot` before or behind those of a container that is not empty.
fn insert(container: &Container<'_>, slot: String, is_first: bool, style: &Style<'_>) -> Option<TextEdit> {
    let neighbors = match container.slots.as_slice() {
        [first, second, ..] if is_first => Some((first, second)),
        [.., last_but_one, last] => Some((last_but_one, last)),
        _ => None,
    };
    let gap = match (neighbors, Lines::of(container)) {
        (Some((one, next)), _) => container.gap(one, next).to_owned(),
        (None, Some(lines)) => format!(",{}", lines.start()),
        (None, None) => style.comma().to_owned(),
    };
    Some(if is_first {
        TextEdit { span: Span::empty_at(container.slots.first()?.span().start), text: format!("{slot}{gap}") }
    } else {
        TextEdit { span: Span::empty_at(container.slots.last()?.span().end), text: format!("{gap}{slot}") }
    })
}
