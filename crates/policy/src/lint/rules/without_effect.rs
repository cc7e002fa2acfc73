//! P0313: entries, rule sets and sections that change no decision.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::analyze::{NoEffect, Redundant, Unit};
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::lint::finding::{Finding, Report};
use crate::lint::subject::{Accepted, Subject};
use crate::span::Span;

/// A stretch of the text, in the order in which `find` goes over them.
#[derive(Clone, Copy, Debug)]
enum Stretch<'r> {
    /// One of which a finding says already that it does nothing.
    SpokenOf(Span, usize),
    /// A part that has no effect.
    Part(&'r Redundant),
}

impl Stretch<'_> {
    fn span(self) -> Span {
        match self {
            Stretch::SpokenOf(span, _) => span,
            Stretch::Part(part) => part.unit.span(),
        }
    }
}

/// The finding that speaks of a stretch of the text.
#[derive(Clone, Copy, Debug)]
enum Speaker {
    /// One that was there before.
    Known(usize),
    /// One of the report; none if there was no room for it.
    New(Option<usize>),
}

/// Reports every part that has no effect, once: where another finding says so, or speaks of what stands around it,
/// the part is noted there.
pub(in crate::lint) fn find(subject: &Subject<'_>, accepted: &Accepted, findings: &mut [Finding], report: &mut Report) {
    let mut stretches = spoken_of(subject, findings);
    stretches.extend(accepted.redundant.iter().map(Stretch::Part));
    // What encloses comes first, and what is spoken of before what is only known to have no effect.
    let is_part = |stretch: &Stretch<'_>| matches!(stretch, Stretch::Part(_));
    stretches.sort_by_key(|stretch| (stretch.span().start, Reverse(stretch.span().end), is_part(stretch)));

    let mut around: Vec<(Span, Speaker)> = Vec::new();
    for stretch in stretches {
        let span = stretch.span();
        while around.last().is_some_and(|(outer, _)| outer.end <= span.start) {
            around.pop();
        }
        let speaker = match stretch {
            Stretch::SpokenOf(_, finding) => Speaker::Known(finding),
            Stretch::Part(part) => {
                let outer = around.last().map(|(_, speaker)| *speaker);
                let speaker = outer.unwrap_or_else(|| Speaker::New(report.push(|| finding(subject, part))));
                let speaking = match speaker {
                    Speaker::Known(index) => findings.get_mut(index),
                    Speaker::New(index) => index.and_then(|index| report.findings.get_mut(index)),
                };
                speaking.into_iter().for_each(|found| found.without_effect.push(part.unit.pointer().clone()));
                speaker
            }
        };
        around.push((span, speaker));
    }
}

/// What is already said to match nothing, to restrict nothing, to be empty, or never to be asked.
fn spoken_of<'r>(subject: &Subject<'_>, findings: &[Finding]) -> Vec<Stretch<'r>> {
    let layout = &subject.layout;
    let mut stretches = Vec::new();
    let mut sections = BTreeSet::new();
    for (index, finding) in findings.iter().enumerate() {
        let token = subject.token(&finding.diagnostic);
        let item = match finding.diagnostic.code {
            Code::LoneSurrogate | Code::EntryNotText | Code::WrongCaseMethod | Code::UnknownMethod => token,
            Code::AllowOnlyRestrictsNothing | Code::NotImplementedMethod | Code::ClosedResource => token,
            Code::EmptySection => token.and_then(|value| value.checked_sub(2)),
            _ => None,
        };
        let Some(item) = item else { continue };
        stretches.push(Stretch::SpokenOf(layout.span_of_item(item), index));
        // If all rules of a section only allow, the section as a whole restricts nothing either.
        let section = layout.enclosing(item).and_then(|opened| opened.checked_sub(2));
        let is_about_rules = finding.diagnostic.code == Code::AllowOnlyRestrictsNothing;
        let section = section.filter(|section| is_about_rules && subject.has_no_effect(*section));
        if let Some(section) = section.filter(|section| sections.insert(*section)) {
            stretches.push(Stretch::SpokenOf(layout.span_of_item(section), index));
        }
    }
    stretches
}

fn finding(subject: &Subject<'_>, part: &Redundant) -> Finding {
    let item = subject.layout.at(part.unit.span().start);
    let fix = item.map(|item| subject.removal("remove it", item));
    Finding::new(diagnostic(subject, part, item), fix.into_iter().collect())
}

fn diagnostic(subject: &Subject<'_>, part: &Redundant, item: Option<usize>) -> Diagnostic {
    let pointer = part.unit.pointer();
    let steps: Vec<String> = pointer.tokens().skip(1).collect();
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    let message = match (&part.unit, steps.as_slice()) {
        (Unit::Entry { .. }, [place @ .., list, _]) => {
            let method =
                item.and_then(|item| subject.layout.decoded(item)).map_or_else(|| "an entry".to_owned(), quoted);
            format!("{method} in {} for {} has no effect", quoted(list), place_in_words(place))
        }
        (Unit::Section { .. }, [policy_id, ..]) => format!("the section of {} has no effect", quoted(policy_id)),
        (_, place) => format!("the rules for {} have no effect", place_in_words(place)),
    };
    let label = match part.reason {
        NoEffect::MatchesNothing => "no request can match it",
        NoEffect::Repeated => "the list says the same twice",
        NoEffect::Overruled => "blocking beats allowing",
        NoEffect::Implied => "everything is decided the same without it",
    };
    // The key marks a rule set or a section well enough.
    let marked = item.map_or(part.unit.span(), |item| subject.layout.span(item));
    let marked = if matches!(part.unit, Unit::Entry { .. }) { part.unit.span() } else { marked };
    Diagnostic::new(Code::WithoutEffect, marked, message, label).help("remove it").at(pointer.clone())
}

/// The rules at `/resources/` and these steps, in the words of the other findings.
fn place_in_words(steps: &[&str]) -> String {
    match steps {
        ["*", ..] => "everything".to_owned(),
        [policy_id, "*"] => quoted(policy_id),
        steps => steps.iter().map(|step| quoted(step)).collect::<Vec<_>>().join(" "),
    }
}
