//! Rust source as the rules of the house see it: a rough scan, enough to count lines and to find words.

/// The source with comments, texts and character literals blanked out. Lines and the quotes of texts stay in place.
pub(crate) fn blanked(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let length = blank_length(rest, code.chars().next_back());
        let (token, behind) = rest.split_at_checked(length.max(first.len_utf8())).unwrap_or((rest, ""));
        let is_blank = length > 0;
        let is_comment = token.starts_with("//") || token.starts_with("/*");
        code.extend(token.chars().map(|character| match character {
            '\n' => character,
            '"' if !is_comment => character,
            _ if is_blank => ' ',
            _ => character,
        }));
        rest = behind;
    }
    code
}

/// What is shipped of a file: everything but a test module at its end.
pub(crate) fn without_tests(code: &str) -> &str {
    let mut offset = 0;
    let mut lines = code.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let opens_module = |next: &&str| next.trim_end().ends_with('{');
        if line.trim_end() == "#[cfg(test)]" && lines.peek().is_some_and(opens_module) {
            return code.get(..offset).unwrap_or(code);
        }
        offset += line.len();
    }
    code
}

/// A function with a body.
pub(crate) struct Function<'code> {
    pub(crate) name: &'code str,
    /// Counted from 1.
    pub(crate) line: usize,
    /// Lines of its body that hold code.
    pub(crate) length: usize,
    pub(crate) is_component: bool,
}

/// The functions in blanked code.
pub(crate) fn functions(code: &str) -> Vec<Function<'_>> {
    let mut functions = Vec::new();
    for (start, _) in code.match_indices("fn ") {
        let (before, from_word) = code.split_at_checked(start).unwrap_or((code, ""));
        let is_word = before.chars().next_back().is_none_or(|character| character.is_whitespace() || character == '(');
        let signature = from_word.trim_start_matches("fn ");
        let name = signature.split(|character: char| !character.is_alphanumeric() && character != '_').next();
        let (Some(name), Some(body)) = (name.filter(|name| is_word && !name.is_empty()), body(signature)) else {
            continue;
        };
        let attributes = before.rsplit(['}', ';', '{']).next().unwrap_or_default();
        functions.push(Function {
            name,
            line: before.matches('\n').count() + 1,
            length: body.lines().filter(|line| !line.trim().is_empty()).count(),
            is_component: attributes.contains("#[component]"),
        });
    }
    functions
}

/// The statements of a blanked file at its top level, without attributes.
pub(crate) fn statements(code: &str) -> Vec<String> {
    let mut without_attributes = String::new();
    let mut depth = 0_usize;
    let mut characters = code.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '#' if depth == 0 && matches!(characters.peek(), Some('[' | '!')) => {
                characters.next_if_eq(&'!');
                depth = usize::from(characters.next_if_eq(&'[').is_some());
            }
            '[' if depth > 0 => depth += 1,
            ']' if depth > 0 => depth -= 1,
            _ if depth > 0 => {}
            _ => without_attributes.push(character),
        }
    }
    let statements = without_attributes.split(';').map(|statement| statement.split_whitespace().collect::<Vec<_>>());
    statements.map(|words| words.join(" ")).filter(|statement| !statement.is_empty()).collect()
}

/// What stands between the braces behind a signature; nothing if it has no body.
fn body(signature: &str) -> Option<&str> {
    let mut depth = 0_i32;
    let opening = signature.find(|character: char| {
        match character {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ => {}
        }
        depth == 0 && matches!(character, '{' | ';')
    })?;
    let body = signature.get(opening..)?.strip_prefix('{')?;
    let mut open = 1_i32;
    let closing = body.find(|character: char| {
        match character {
            '{' => open += 1,
            '}' => open -= 1,
            _ => {}
        }
        open == 0
    })?;
    body.get(..closing)
}

/// How many bytes to blank from here: a comment, a text or a character literal; 0 if this is code.
fn blank_length(rest: &str, before: Option<char>) -> usize {
    let in_word = before.is_some_and(|character| character.is_alphanumeric() || character == '_');
    if rest.starts_with("//") {
        rest.find('\n').unwrap_or(rest.len())
    } else if rest.starts_with("/*") {
        rest.find("*/").map_or(rest.len(), |end| end + "*/".len())
    } else if rest.starts_with('"') {
        text_length(rest)
    } else if rest.starts_with('\'') {
        character_length(rest)
    } else if in_word {
        0
    } else {
        raw_text_length(rest)
    }
}

fn text_length(rest: &str) -> usize {
    let mut is_escaped = false;
    let end = rest.char_indices().skip(1).find(|(_, character)| {
        let ends = *character == '"' && !is_escaped;
        is_escaped = *character == '\\' && !is_escaped;
        ends
    });
    end.map_or(rest.len(), |(end, _)| end + 1)
}

/// A lifetime looks like the beginning of a character literal and is code.
fn character_length(rest: &str) -> usize {
    let mut characters = rest.char_indices().skip(1);
    match characters.next() {
        Some((_, '\\')) => {
            characters.next();
            characters.find(|(_, character)| *character == '\'').map_or(0, |(end, _)| end + 1)
        }
        Some(_) => characters.next().filter(|(_, character)| *character == '\'').map_or(0, |(end, _)| end + 1),
        None => 0,
    }
}

fn raw_text_length(rest: &str) -> usize {
    let word = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'));
    let Some(behind_word) = word else {
        return 0;
    };
    let behind_hashes = behind_word.trim_start_matches('#');
    let Some(text) = behind_hashes.strip_prefix('"') else {
        return 0;
    };
    let ending = format!("\"{}", "#".repeat(behind_word.len() - behind_hashes.len()));
    let opening = rest.len() - text.len();
    text.find(&ending).map_or(rest.len(), |end| opening + end + ending.len())
}
