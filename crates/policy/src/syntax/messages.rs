//! The words for every mistake of syntax.

use super::strings::Problem;
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::span::Span;

pub(super) fn byte_order_mark() -> Diagnostic {
    Diagnostic::new(Code::ByteOrderMark, Span::new(0, 3), "the text starts with a byte order mark", "invisible here")
        .help("save the text as UTF-8 without a byte order mark")
}

pub(super) fn empty_text(text: &str, end: Span) -> Diagnostic {
    let has_words = !text.trim_matches([' ', '\t', '\n', '\r', '\u{feff}']).is_empty();
    if has_words {
        return Diagnostic::new(Code::NotJson, end, "the text ends before the policy starts", "expected a policy here")
            .help("write `{}` for full access");
    }
    Diagnostic::new(Code::EmptyText, end, "the text is empty", "expected a policy here")
        .help("write `{}` for full access")
}

pub(super) fn not_a_value(text: &str, span: Span) -> Diagnostic {
    let word = span.slice(text);
    let diagnostic =
        Diagnostic::new(Code::NotJson, span, format!("{} is not a JSON value", quoted(word)), "expected a value here");
    match correction(word) {
        Some(correction) => diagnostic.help(format!("did you mean `{correction}`?")),
        None => diagnostic.help("put texts in double quotes"),
    }
}

/// What was probably meant by a word that is no JSON value.
pub(crate) fn correction(word: &str) -> Option<String> {
    let known = match word.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => "true",
        "false" | "no" | "off" => "false",
        "null" | "none" | "nil" | "undefined" => "null",
        "*" => "\"*\"",
        _ => return is_plain(word).then(|| format!("\"{word}\"")),
    };
    Some(known.to_owned())
}

fn is_plain(word: &str) -> bool {
    word.len() <= 40 && word.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_')
}

pub(super) fn unexpected(text: &str, span: Span) -> Diagnostic {
    let message = format!("unexpected {}", quoted(span.slice(text)));
    Diagnostic::new(Code::NotJson, span, message, "expected a value here").help("remove it")
}

pub(super) fn stray_characters(text: &str, span: Span, before: Span) -> Diagnostic {
    let message = format!("unexpected {} after {}", quoted(span.slice(text)), quoted(before.slice(text)));
    Diagnostic::new(Code::NotJson, span, message, "expected `,` or a closing bracket here")
        .help("remove it, or put the whole in double quotes")
}

pub(super) fn missing_key(text: &str, span: Span) -> Diagnostic {
    let message = format!("expected a key, found {}", quoted(span.slice(text)));
    Diagnostic::new(Code::NotJson, span, message, "a key is missing here").help("write `\"key\": ` first")
}

pub(super) fn missing_comma(span: Span, before: Span) -> Diagnostic {
    let gap = Span::empty_at(before.end);
    Diagnostic::new(Code::MissingComma, span, "a comma is missing", "expected `,` before this")
        .and(gap, "the comma belongs here")
        .help("add `,`")
}

pub(super) fn extra_comma(span: Span, comma: Span) -> Diagnostic {
    let label = if span == comma { "nothing stands before this comma" } else { "expected more before this" };
    let diagnostic = Diagnostic::new(Code::ExtraComma, span, "a comma with nothing to separate", label);
    let diagnostic = if span == comma { diagnostic } else { diagnostic.and(comma, "this comma") };
    diagnostic.help("remove the comma")
}

pub(super) fn missing_colon(span: Span, key: Span) -> Diagnostic {
    Diagnostic::new(Code::MissingColon, span, "a colon is missing after a key", "expected `:` here")
        .and(key, "this key")
        .help("write `:` and a value after the key")
}

pub(super) fn missing_value(span: Span, before: Span) -> Diagnostic {
    Diagnostic::new(Code::MissingValue, span, "a key has no value", "expected a value here")
        .and(before, "after this")
        .help("write a value, or remove the key")
}

pub(super) fn unquoted_key(text: &str, span: Span) -> Diagnostic {
    let word = span.slice(text);
    let message = format!("the key {} is not in quotes", quoted(word));
    let diagnostic = Diagnostic::new(Code::UnquotedKey, span, message, "expected a key in double quotes");
    if is_plain(word) {
        diagnostic.help(format!("write `\"{word}\"`"))
    } else {
        diagnostic.help("put the key in double quotes")
    }
}

pub(super) fn single_quotes(text: &str, span: Span) -> Diagnostic {
    let inside = span.slice(text).trim_matches('\'');
    let diagnostic = Diagnostic::new(Code::SingleQuotes, span, "JSON knows only double quotes", "single quotes");
    if inside.len() <= 40 && !inside.contains(['"', '\\', '\'']) {
        diagnostic.help(format!("write `\"{inside}\"`"))
    } else {
        diagnostic.help("put the text in double quotes")
    }
}

pub(super) fn comment(span: Span) -> Diagnostic {
    Diagnostic::new(Code::Comment, span, "JSON knows no comments", "a comment")
        .help("remove it; the note of the token is a place for remarks")
}

pub(super) fn unclosed_bracket(end: Span, opened: Span, count: usize, closers: &str) -> Diagnostic {
    let message = match count {
        1 => "a bracket is never closed".to_owned(),
        _ => format!("{count} brackets are never closed"),
    };
    let diagnostic =
        Diagnostic::new(Code::UnclosedBracket, end, message, "the text ends here").and(opened, "still open");
    if closers.len() < count {
        diagnostic.help("close what is open")
    } else {
        diagnostic.help(format!("add `{closers}` at the end"))
    }
}

pub(super) fn mismatched_bracket(text: &str, span: Span, opened: Option<Span>) -> Diagnostic {
    let message = format!("{} closes nothing", quoted(span.slice(text)));
    let Some(opened) = opened else {
        return Diagnostic::new(Code::MismatchedBracket, span, message, "nothing is open here").help("remove it");
    };
    let wanted = if opened.slice(text) == "{" { "`}`" } else { "`]`" };
    let message = format!("{} does not close {}", quoted(span.slice(text)), quoted(opened.slice(text)));
    Diagnostic::new(Code::MismatchedBracket, span, message, format!("expected {wanted} before this"))
        .and(opened, "opened here")
        .help(format!("add {wanted}"))
}

pub(super) fn text_problem(text: &str, problem: Problem, token: Span) -> Diagnostic {
    let quote = Span::new(token.start, token.start + 1);
    let span = problem.span();
    match problem {
        Problem::Control(_) => {
            let message = format!("the control character {} stands in a text", quoted(span.slice(text)));
            Diagnostic::new(Code::ControlCharacter, span, message, "must be written as an escape")
                .help(format!("write `{}`", escape_of(span.slice(text))))
        }
        Problem::Escape(_) => {
            let message = format!("{} is not an escape", quoted(span.slice(text)));
            Diagnostic::new(Code::BadEscape, span, message, "expected one of `\" \\ / b f n r t u` after `\\`")
                .help("write `\\\\` for a backslash")
        }
        Problem::Unicode(_) => {
            Diagnostic::new(Code::BadEscape, span, "`\\u` without four hexadecimal digits", "expected four digits here")
                .help("write four hexadecimal digits, as in `\\u00e9`")
        }
        Problem::Unclosed(_) => Diagnostic::new(Code::UnclosedText, span, "a text is never closed", "starts here")
            .help("add `\"` where the text ends"),
        Problem::OpenAtLineEnd(_) => {
            Diagnostic::new(Code::UnclosedText, span, "a text is not closed on its line", "the line ends here")
                .and(quote, "the text starts here")
                .help("add `\"` where the text ends, or write `\\n` for a line break inside it")
        }
    }
}

/// How a control character is written in a JSON text.
pub(crate) fn escape_of(character: &str) -> String {
    match character {
        "\t" => "\\t".to_owned(),
        "\u{8}" => "\\b".to_owned(),
        "\u{c}" => "\\f".to_owned(),
        other => format!("\\u{:04x}", other.chars().next().map_or(0, u32::from)),
    }
}

pub(super) fn text_after_end(_: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::TextAfterEnd, span, "the text goes on after the end of the policy", "nothing may follow")
        .help("remove it, or look for a bracket closed too early")
}

pub(super) fn duplicate_key(key: &str, first: Span, last: Span) -> Diagnostic {
    let message = format!("the key {} appears again", quoted(key));
    Diagnostic::new(Code::DuplicateKey, first, message, "this one is ignored")
        .and(last, "this one counts")
        .help("remove one of them, or join their values")
}

pub(super) fn lone_surrogate(lossy: &str, span: Span) -> Diagnostic {
    let message = format!("{} holds half a surrogate pair", quoted(lossy));
    Diagnostic::new(Code::LoneSurrogate, span, message, "equals no id and no method")
        .help("write the character itself, or both halves of the pair")
}

pub(super) fn nesting_too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(Code::NestingTooDeep, span, "nested deeper than the server can read", "the server fails here")
        .help("policies need no more than five levels")
}
