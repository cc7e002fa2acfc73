//! The content security policy of the page: what it may load, run and talk to.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::html;

/// Every directive but `script-src`, which names the page's own scripts.
///
/// Workers are held to the same: ours is a module, and loading its parts is not something that Trusted Types forbid.
const DIRECTIVES: [&str; 11] = [
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    OWN_SERVER,
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types default tollgate",
];

/// Where the page may send requests and fetch from.
const OWN_SERVER: &str = "connect-src 'self'";

/// What browsers obey only in a header.
const FRAMES: &str = "frame-ancestors 'none'";

/// The policy for the meta tag of a page with these inline scripts.
pub(crate) fn for_page(inline_scripts: &[&str]) -> String {
    let hashes = inline_scripts.iter().map(|script| format!(" 'sha256-{}'", hash(script)));
    let scripts = format!("script-src 'self' 'wasm-unsafe-eval'{}", hashes.collect::<String>());
    let directives = ["default-src 'none'", &scripts].into_iter().chain(DIRECTIVES);
    directives.collect::<Vec<_>>().join("; ")
}

/// The policy for the header that a server sends with every file of that page.
pub(crate) fn for_header(inline_scripts: &[&str]) -> String {
    format!("{}; {FRAMES}", for_page(inline_scripts))
}

/// The same policy for a page that may ask more servers than its own: origins, apart by spaces.
///
/// Nothing is returned if one of them is no origin of https, or of this machine: no slip shall widen a policy.
pub(crate) fn with_servers(policy: &str, origins: &str) -> Option<String> {
    let origins = origins.split_whitespace().map(|origin| is_origin(origin).then(|| format!(" {origin}")));
    let more = origins.collect::<Option<String>>()?;
    Some(policy.replace(OWN_SERVER, &format!("{OWN_SERVER}{more}")))
}

fn is_origin(text: &str) -> bool {
    let Some((scheme, authority)) = text.split_once("://") else { return false };
    let (host, port) = authority.split_once(':').unwrap_or((authority, "443"));
    let is_safe = scheme == "https" || scheme == "http" && matches!(host, "localhost" | "127.0.0.1");
    let is_name = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '.');
    let is_port = port.parse::<u16>().is_ok() && !port.starts_with('+');
    is_safe && is_port && !host.is_empty() && host.chars().all(is_name)
}

/// Writes a policy into a page, before anything that it could forbid.
///
/// Nothing is returned if the page has no `<meta charset>`, behind which the policy goes, or a script before it.
pub(crate) fn with_meta(page: &str, policy: &str) -> Option<String> {
    let mut before_scripts = html::tags(page).into_iter().take_while(|tag| tag.name != "script");
    let charset = before_scripts.find(|tag| tag.name == "meta" && tag.attribute("charset").is_some())?;
    let (start, rest) = page.split_at_checked(charset.end)?;
    Some(format!(r#"{start}<meta http-equiv="Content-Security-Policy" content="{policy}">{rest}"#))
}

/// Browsers turn every line ending into one line feed before they hash.
fn hash(script: &str) -> String {
    let script = script.replace("\r\n", "\n").replace('\r', "\n");
    STANDARD.encode(Sha256::digest(script.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_inline_script_is_named_by_its_hash() {
        // As the specification's own example: the hash of `alert('Hello, world.');`.
        let policy = for_page(&["alert('Hello, world.');"]);
        let expected = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='";
        assert!(policy.contains(&format!("script-src 'self' 'wasm-unsafe-eval' {expected}; ")), "{policy}");
    }

    #[test]
    fn line_endings_do_not_change_the_hash() {
        assert_eq!(hash("a\r\nb\rc"), hash("a\nb\nc"));
    }

    #[test]
    fn only_the_header_speaks_of_frames() {
        let (page, header) = (for_page(&["x"]), for_header(&["x"]));
        assert!(page.ends_with("; require-trusted-types-for 'script'; trusted-types default tollgate"), "{page}");
        assert_eq!(header, format!("{page}; frame-ancestors 'none'"));
    }

    #[test]
    fn nothing_unsafe_is_allowed() {
        for policy in [for_page(&["x"]), for_header(&["x"])] {
            assert!(policy.starts_with("default-src 'none'; "), "{policy}");
            for word in ["unsafe-inline", "'unsafe-eval'", "*", "http:", "https:", "blob:"] {
                assert!(!policy.contains(word), "{policy} holds {word}");
            }
        }
    }

    #[test]
    fn more_servers_are_let_in_only_if_each_is_an_origin() {
        let policy = for_header(&["x"]);
        assert_eq!(with_servers(&policy, " ").unwrap(), policy);
        let wider = with_servers(&policy, "https://reviews.example.com http://localhost:8080").unwrap();
        let expected = "; connect-src 'self' https://reviews.example.com http://localhost:8080; worker-src 'self'; ";
        assert!(wider.contains(expected), "{wider}");
        let slips = [
            "*",
            "https:",
            "https://",
            "https://*.example.com",
            "https://example.com/api/",
            "https://example.com:x",
            "https://example.com:+1",
            "https://a;script-src",
            "https://example.com 'unsafe-inline'",
            "http://example.com",
            "reviews.example.com",
        ];
        for text in slips {
            assert_eq!(with_servers(&policy, text), None, "{text}");
        }
    }

    #[test]
    fn the_policy_stands_before_every_script() {
        let page = "<html lang=en><meta charset=utf-8><title>T</title><script>x</script>";
        let sealed = with_meta(page, "default-src 'none'").unwrap();
        let expected = "<html lang=en><meta charset=utf-8><meta http-equiv=\"Content-Security-Policy\" \
                        content=\"default-src 'none'\"><title>T</title><script>x</script>";
        assert_eq!(sealed, expected);
        assert_eq!(with_meta("<script>x</script><meta charset=utf-8>", "p"), None);
        assert_eq!(with_meta("<title>T</title>", "p"), None);
    }
}
