//! From a mistake of syntax to what would be rid of it.

use super::{brackets, separators, texts, words};
use crate::diagnostic::{Code, Diagnostic};
use crate::lint::finding::Fix;
use crate::lint::refusals::not_a_policy::starts;
use crate::lint::subject::Subject;

/// The fixes of a diagnostic of a text that is not JSON; none if it is about something else.
pub(in crate::lint) fn fixes(subject: &Subject<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    let layout = &subject.layout;
    let fix = match diagnostic.code {
        Code::EmptyText => return starts(diagnostic.span()),
        Code::NotJson => words::not_json(layout, diagnostic),
        Code::ByteOrderMark => words::byte_order_mark(layout),
        Code::MissingComma => separators::missing_comma(layout, diagnostic),
        Code::ExtraComma => separators::extra_comma(layout, diagnostic),
        Code::MissingColon => separators::missing_colon(layout, diagnostic),
        Code::UnquotedKey => words::unquoted_key(layout, diagnostic),
        Code::SingleQuotes => texts::single_quotes(layout, diagnostic),
        Code::Comment => words::comment(layout, diagnostic),
        Code::UnclosedBracket => brackets::unclosed(layout, diagnostic),
        Code::MismatchedBracket => brackets::mismatched(layout, diagnostic),
        Code::UnclosedText => texts::unclosed(layout, diagnostic),
        Code::ControlCharacter => texts::control_character(layout, diagnostic),
        Code::BadEscape => texts::bad_escape(diagnostic),
        Code::TextAfterEnd => words::text_after_end(diagnostic),
        _ => None,
    };
    fix.into_iter().collect()
}
