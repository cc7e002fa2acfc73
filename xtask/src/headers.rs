//! The response headers that protect the page, as a file beside it.
//!
//! The file says what an administrator's server has to send, in the form that several static hosts read by themselves.
//! The server of `cargo xtask serve` sends what the file says.

use crate::service_worker;

/// The name of the file in `dist`.
pub(crate) const FILE: &str = "_headers";

const EXPLANATION: &str = "\
# What a server has to send with every file of this folder.
# A file with a hash in its name never changes and may be kept for a year; any other must be asked for anew (no-cache).
";

/// A header's name and value.
pub(crate) type Header = (String, String);

/// The text of the file for a page with this content security policy.
pub(crate) fn file_text(policy: &str) -> String {
    let headers = [
        ("Content-Security-Policy", policy),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
    ];
    let lines = headers.map(|(name, value)| format!("  {name}: {value}\n"));
    // An old copy of this one would keep the whole page old, so its rule is spelled out.
    let worker = format!("/{}\n  Cache-Control: no-cache\n", service_worker::FILE);
    format!("{EXPLANATION}{worker}/*\n{}", lines.concat())
}

/// The headers that such a file states for every path.
pub(crate) fn parse(text: &str) -> Vec<Header> {
    let every_path = text.lines().skip_while(|line| *line != "/*").skip(1).take_while(|line| line.starts_with(' '));
    let headers = every_path.filter_map(|line| line.split_once(": "));
    headers.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let headers = parse(&file_text("default-src 'none'; img-src 'self' data:"));
        assert_eq!(headers.len(), 7);
        let expected = ("Content-Security-Policy".to_owned(), "default-src 'none'; img-src 'self' data:".to_owned());
        assert_eq!(headers.first(), Some(&expected));
    }

    #[test]
    fn the_service_worker_is_asked_for_anew() {
        let text = file_text("default-src 'none'");
        assert!(text.contains("\n/service_worker.js\n  Cache-Control: no-cache\n"), "{text}");
        assert!(parse(&text).iter().all(|(name, _)| name != "Cache-Control"));
    }

    #[test]
    fn another_path_is_left_alone() {
        assert_eq!(parse("/a\n  A: 1\n/*\n  B: 2\n/c\n  C: 3\n"), [("B".to_owned(), "2".to_owned())]);
    }
}
