//! How a text is written, so that what is added looks like what stands around it.

use super::slots::Container;
use crate::ids::Method;
use crate::policy::{ListName, Place};
use crate::presets::quoted;
use crate::span::Span;

/// What a container is in the grammar of policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    Document,
    Resources,
    Section,
    Rules,
    List,
}

impl Level {
    /// What the value under `key` is, if it may be a container of the grammar.
    fn below(self, key: &str) -> Option<Level> {
        match (self, key) {
            (Level::Document, "resources") => Some(Level::Resources),
            (Level::Resources, "*") | (Level::Section, _) => Some(Level::Rules),
            (Level::Resources, _) => Some(Level::Section),
            (Level::Rules, "allow" | "block") => Some(Level::List),
            _ => None,
        }
    }
}

/// One key on the way from the root of a document to a list, and what its value is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step<'p> {
    pub(super) key: &'p str,
    pub(super) level: Level,
}

/// The way to a list of the rule set for `place`.
pub(super) fn steps_to(place: &Place, list: ListName) -> Vec<Step<'_>> {
    let resources = Step { key: "resources", level: Level::Resources };
    let list = Step { key: list.as_str(), level: Level::List };
    match place {
        Place::Item { policy_id, item_id } => {
            let section = Step { key: policy_id.as_str(), level: Level::Section };
            vec![resources, section, Step { key: item_id.as_str(), level: Level::Rules }, list]
        }
        Place::Resource { policy_id } => {
            let section = Step { key: policy_id.as_str(), level: Level::Section };
            vec![resources, section, Step { key: "*", level: Level::Rules }, list]
        }
        Place::Everything => vec![resources, Step { key: "*", level: Level::Rules }, list],
    }
}

/// The lines that the members of an indented container stand on.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    newline: &'static str,
    indent: String,
    /// By how much each level is indented further.
    unit: String,
}

impl Lines {
    /// None for an empty container and for one that is written on one line.
    pub(super) fn of(container: &Container<'_>) -> Option<Lines> {
        let (before, indent) = container.opening().rsplit_once('\n')?;
        if container.slots.is_empty() {
            return None;
        }
        let newline = if before.ends_with('\r') { "\r\n" } else { "\n" };
        let outer = container.closing().rsplit_once('\n').map(|(_, outer)| outer);
        let unit = outer.and_then(|outer| indent.strip_prefix(outer)).filter(|unit| !unit.is_empty());
        Some(Lines { newline, indent: indent.to_owned(), unit: unit.unwrap_or("  ").to_owned() })
    }

    /// What ends one line and begins the next.
    pub(super) fn start(&self) -> String {
        format!("{}{}", self.newline, self.indent)
    }

    fn inner(&self) -> Lines {
        Lines { newline: self.newline, indent: format!("{}{}", self.indent, self.unit), unit: self.unit.clone() }
    }
}

/// How one container that is not empty is written.
#[derive(Clone, Copy, Debug)]
struct Sample<'t> {
    level: Level,
    span: Span,
    is_indented: bool,
    /// What stands inside its brackets before the first slot.
    opening: &'t str,
    /// What stands between a key and its value, if both are on one line.
    colon: Option<&'t str>,
    /// What stands between two slots, if both are on one line.
    comma: Option<&'t str>,
}

/// How a document is written, above all near one place.
#[derive(Clone, Debug)]
pub(super) struct Style<'t> {
    /// In the order of the document.
    samples: Vec<Sample<'t>>,
    near: Span,
}

impl<'t> Style<'t> {
    /// Looks at the document that stands at `root`, and at what stands within `near` first.
    ///
    /// Costs a walk over the text for each level of the grammar.
    pub(super) fn read(text: &'t str, root: Span, near: Span) -> Style<'t> {
        let mut samples = Vec::new();
        add_samples(text, root, Level::Document, &mut samples);
        Style { samples, near }
    }

    /// A member with all that stands in it: the way to a new list, and its one entry.
    pub(super) fn member(&self, step: Step<'_>, rest: &[Step<'_>], entry: &Method, lines: Option<&Lines>) -> String {
        format!("{}{}{}", quoted(step.key), self.colon(), self.value(step.level, rest, entry, lines))
    }

    /// A container with the way to a new list in it, or the list itself; `lines` are those around it.
    pub(super) fn value(&self, level: Level, rest: &[Step<'_>], entry: &Method, lines: Option<&Lines>) -> String {
        let inner = lines.filter(|_| self.is_indented(level)).map(Lines::inner);
        let content = match rest.split_first() {
            Some((step, rest)) => self.member(*step, rest, entry, inner.as_ref()),
            None => quoted(entry.as_str()),
        };
        let (opener, closer) = if level == Level::List { ('[', ']') } else { ('{', '}') };
        match (lines, inner) {
            (Some(outer), Some(inner)) => format!("{opener}{}{content}{}{closer}", inner.start(), outer.start()),
            _ => {
                let padding = self.padding(level);
                format!("{opener}{padding}{content}{padding}{closer}")
            }
        }
    }

    /// What stands between two slots on one line.
    pub(super) fn comma(&self) -> &'t str {
        let usual = if self.colon() == ":" { "," } else { ", " };
        self.nearest(|sample| sample.comma).unwrap_or(usual)
    }

    fn colon(&self) -> &'t str {
        self.nearest(|sample| sample.colon).unwrap_or(": ")
    }

    fn padding(&self, level: Level) -> &'t str {
        let is_alike = |sample: &Sample<'_>| (sample.level == Level::List) == (level == Level::List);
        self.nearest(|sample| (!sample.is_indented && is_alike(sample)).then_some(sample.opening)).unwrap_or("")
    }

    /// Whether a container of this level is written over several lines; the first section, as other rule sets are.
    fn is_indented(&self, level: Level) -> bool {
        let of_level = |level: Level| self.nearest(|sample| (sample.level == level).then_some(sample.is_indented));
        let of_rules = || if level == Level::Section { of_level(Level::Rules) } else { None };
        of_level(level).or_else(of_rules).unwrap_or(false)
    }

    /// What the last sample near the place has to say, or else the last of all.
    fn nearest<T>(&self, ask: impl Fn(&Sample<'t>) -> Option<T>) -> Option<T> {
        let is_near = |sample: &&Sample<'t>| self.near.start <= sample.span.start && sample.span.end <= self.near.end;
        let near = self.samples.iter().rev().filter(is_near).find_map(&ask);
        near.or_else(|| self.samples.iter().rev().find_map(&ask))
    }
}

/// Adds the container at `value` and those in it, as far as the grammar of policies reaches.
fn add_samples<'t>(text: &'t str, value: Span, level: Level, samples: &mut Vec<Sample<'t>>) {
    let Some(container) = Container::read(text, value) else { return };
    let Some(first) = container.slots.first() else { return };
    if container.is_object == (level == Level::List) {
        return;
    }
    let on_one_line = |gap: &&str| !gap.contains('\n');
    let colon = Span::new(first.key_span.end, first.value.start).slice(text);
    samples.push(Sample {
        level,
        span: value,
        is_indented: container.opening().contains('\n'),
        opening: container.opening(),
        colon: Some(colon).filter(|_| container.is_object).filter(on_one_line),
        comma: container.slots.get(1).map(|second| container.gap(first, second)).filter(on_one_line),
    });
    for slot in &container.slots {
        if let Some(below) = slot.key.as_deref().and_then(|key| level.below(key)) {
            add_samples(text, slot.value, below, samples);
        }
    }
}
