//! Reads the one thing that these commands need from `Cargo.lock`: the version of a package.

/// The version that a `Cargo.lock` holds for `package`; the first, if it holds several.
pub(crate) fn version_of<'lock>(lock: &'lock str, package: &str) -> Option<&'lock str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| line.trim() != name);
    let version = lines.nth(1)?.trim().strip_prefix("version = \"")?;
    version.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
version = 4

[[package]]
name = "wasm-bindgen-futures"
version = "0.4.80"

[[package]]
name = "wasm-bindgen"
version = "0.2.130"
source = "registry"
"#;

    #[test]
    fn the_version_of_exactly_that_package_is_found() {
        assert_eq!(version_of(LOCK, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(version_of(LOCK, "wasm-bindgen-futures"), Some("0.4.80"));
    }

    #[test]
    fn an_absent_package_has_no_version() {
        assert_eq!(version_of(LOCK, "leptos"), None);
        assert_eq!(version_of("", "leptos"), None);
    }
}
