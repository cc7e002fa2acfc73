//! What a file's name says about how it is sent.

/// The media type of a file; nothing if its ending is not one that the page uses.
pub(super) fn media_type(name: &str) -> Option<&'static str> {
    let (_, ending) = name.rsplit_once('.')?;
    let media_type = match ending {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json; charset=utf-8",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        "txt" | "md" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        _ => return None,
    };
    Some(media_type)
}

/// How long a file may be kept: a year if its name changes with its content, else only with asking again.
pub(super) fn cache_control(name: &str) -> &'static str {
    if has_hash(name) { "public, max-age=31536000, immutable" } else { "no-cache" }
}

/// The build writes `name-HASH.css`, `name-HASH.js`, `name-HASH_bg.wasm` and `name-HASH_parts.js`, where the hash is
/// 64 bits in hexadecimal, by Trunk without leading zeros.
fn has_hash(name: &str) -> bool {
    let Some((stem, _)) = name.rsplit_once('.') else {
        return false;
    };
    stem.rsplit_once('-').is_some_and(|(_, rest)| {
        let hash = rest.split_once('_').map_or(rest, |(hash, _)| hash);
        (10..=16).contains(&hash.len()) && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_are_exact() {
        assert_eq!(media_type("app-1f_bg.wasm"), Some("application/wasm"));
        assert_eq!(media_type("index.html"), Some("text/html; charset=utf-8"));
        assert_eq!(media_type("icon.svg"), Some("image/svg+xml"));
        assert_eq!(media_type("john.doe"), None);
        assert_eq!(media_type("tokens"), None);
    }

    #[test]
    fn only_names_with_a_hash_are_kept() {
        for name in
            ["tollgate-9c1b2a3d4e5f6071.js", "tollgate-9c1b2a3d4e5f607_bg.wasm", "a-0123456789abcdef_split_b.wasm"]
        {
            assert!(cache_control(name).ends_with("immutable"), "{name}");
        }
        let asked_anew = ["index.html", "service_worker.js", "policy_worker.js", "policy_worker_bg.wasm", "a-beef.css"];
        for name in asked_anew.into_iter().chain(["no-ending-0123456789"]) {
            assert_eq!(cache_control(name), "no-cache", "{name}");
        }
    }
}
