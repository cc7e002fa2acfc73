//! From the URL of a request to a path below the served folder.

/// The decoded parts of a URL's path; nothing if the path could lead out of the folder.
pub(super) fn segments(url: &str) -> Option<Vec<String>> {
    let path = url.split(['?', '#']).next()?.strip_prefix('/')?;
    path.split('/').filter(|segment| !segment.is_empty()).map(segment).collect()
}

fn segment(encoded: &str) -> Option<String> {
    let segment = decoded(encoded)?;
    let is_safe = segment != "." && segment != ".." && !segment.contains(['/', '\\', '\0']);
    is_safe.then_some(segment)
}

fn decoded(encoded: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(encoded.len());
    let mut bytes = encoded.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let (high, low) = (hex_digit(bytes.next()?)?, hex_digit(bytes.next()?)?);
            decoded.push((high << 4) | low);
        } else {
            decoded.push(byte);
        }
    }
    String::from_utf8(decoded).ok()
}

fn hex_digit(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, expected: Option<&[&str]>) {
        let expected = expected.map(|parts| parts.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>());
        assert_eq!(segments(url), expected, "{url}");
    }

    #[test]
    fn a_path_is_split_and_decoded() {
        check("/", Some(&[]));
        check("/tokens//new?a=/../b#c", Some(&["tokens", "new"]));
        check("/people/J%C3%BCrgen%20M", Some(&["people", "Jürgen M"]));
        check("/people/.a:b", Some(&["people", ".a:b"]));
    }

    #[test]
    fn no_path_leads_out_of_the_folder() {
        for url in ["/../secret", "/a/%2e%2e/b", "/%2E./b", "/a%2fb", "/a%5cb", "/a%00", "/a/./b"] {
            check(url, None);
        }
    }

    #[test]
    fn broken_urls_are_refused() {
        for url in ["", "tokens", "*", "/%", "/%4", "/%zz", "/%ff"] {
            check(url, None);
        }
    }
}
