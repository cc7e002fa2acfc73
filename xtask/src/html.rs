//! Reads the tags of a built page: enough for what Trunk writes, not a parser for pages of others.

/// One opening tag.
pub(crate) struct Tag<'page> {
    /// In lower case.
    pub(crate) name: String,
    attributes: Vec<(String, &'page str)>,
    /// What stands between a script or style and its end.
    pub(crate) text: &'page str,
    /// The offset just behind the tag's `>`, in bytes.
    pub(crate) end: usize,
}

impl<'page> Tag<'page> {
    /// The value of an attribute, empty if it has none; nothing if the tag lacks the attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<&'page str> {
        self.attributes.iter().find(|(other, _)| other == name).map(|(_, value)| *value)
    }
}

/// Every opening tag of a page, in order. Comments and the inside of scripts and styles are passed over.
pub(crate) fn tags(page: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some((_, behind)) = rest.split_once('<') {
        if let Some(comment) = behind.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, behind)| behind);
            continue;
        }
        let (name, behind_name) = split_where(behind, |character| !character.is_ascii_alphanumeric());
        if name.is_empty() {
            rest = behind;
            continue;
        }
        let name = name.to_ascii_lowercase();
        let (attributes, behind_tag) = attributes(behind_name);
        let text = raw_text(&name, behind_tag);
        tags.push(Tag { name, attributes, text, end: page.len() - behind_tag.len() });
        rest = behind_tag.strip_prefix(text).unwrap_or(behind_tag);
    }
    tags
}

/// The text of every script that stands in the page itself.
pub(crate) fn inline_scripts(page: &str) -> Vec<&str> {
    let scripts = tags(page).into_iter().filter(|tag| tag.name == "script" && tag.attribute("src").is_none());
    scripts.map(|tag| tag.text).collect()
}

/// The scripts, styles and WebAssembly that a page loads before it does anything, each once, in order.
pub(crate) fn first_load(page: &str) -> Vec<&str> {
    let mut files = Vec::new();
    for tag in tags(page) {
        let file = match (tag.name.as_str(), tag.attribute("rel")) {
            ("script", _) => tag.attribute("src"),
            ("link", Some("stylesheet" | "preload" | "modulepreload")) => tag.attribute("href"),
            _ => None,
        };
        if let Some(file) = file
            && !files.contains(&file)
        {
            files.push(file);
        }
    }
    files
}

fn attributes(tag: &str) -> (Vec<(String, &str)>, &str) {
    let mut attributes = Vec::new();
    let mut rest = tag;
    loop {
        rest =
            rest.trim_start_matches(|character: char| character.is_ascii_whitespace() || "/='\"".contains(character));
        if rest.is_empty() {
            return (attributes, rest);
        }
        if let Some(behind) = rest.strip_prefix('>') {
            return (attributes, behind);
        }
        let (name, behind) =
            split_where(rest, |character| character.is_ascii_whitespace() || "/=>".contains(character));
        let (value, behind) = match behind.trim_start().strip_prefix('=') {
            Some(value) => attribute_value(value.trim_start()),
            None => ("", behind),
        };
        attributes.push((name.to_ascii_lowercase(), value));
        rest = behind;
    }
}

fn attribute_value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    split_where(text, |character| character.is_ascii_whitespace() || character == '>')
}

fn raw_text<'page>(name: &str, behind_tag: &'page str) -> &'page str {
    if !matches!(name, "script" | "style") {
        return "";
    }
    let end = behind_tag.to_ascii_lowercase().find(&format!("</{name}"));
    end.and_then(|end| behind_tag.get(..end)).unwrap_or(behind_tag)
}

fn split_where(text: &str, is_end: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(is_end).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As Trunk writes a release page: no quotes where none are needed, no `<head>`.
    const PAGE: &str = r#"<!doctype html><html lang=en><meta charset=utf-8><!-- <script>no</script> -->
<link rel="stylesheet" href="/base-1.css" integrity="sha384-a=b>c"/><script src=/boot-2.js></script>
<link as=fetch crossorigin=anonymous href=/app_bg.wasm rel=preload type=application/wasm>
<link rel="modulepreload" href="/app.js"><link rel="icon" href="/icon.svg">
<body><script type=module>import init from '/app.js';if(1<2){init()}</script><p>text"#;

    #[test]
    fn only_scripts_of_the_page_itself_are_inline() {
        assert_eq!(inline_scripts(PAGE), ["import init from '/app.js';if(1<2){init()}"]);
    }

    #[test]
    fn the_first_load_is_styles_scripts_and_webassembly() {
        assert_eq!(first_load(PAGE), ["/base-1.css", "/boot-2.js", "/app_bg.wasm", "/app.js"]);
    }

    #[test]
    fn a_tag_ends_behind_its_bracket_even_with_one_in_a_value() {
        let page = r#"<link title="a>b" href=x>rest"#;
        let tags = tags(page);
        let link = tags.first().unwrap();
        assert_eq!(page.get(link.end..), Some("rest"));
        assert_eq!(link.attribute("href"), Some("x"));
        assert_eq!(link.attribute("rel"), None);
    }

    #[test]
    fn broken_markup_ends_the_scan() {
        for page in ["<", "<a", "<a b", "<a b=", "<a b='", "<!--", "<script>x", "<a =>", "</"] {
            let _ = tags(page);
        }
    }
}
