//! The few meanings a color may carry, shared by every component that shows one.

/// What a color means; a word or an icon always stands beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    /// No meaning: plain ink.
    #[default]
    Plain,
    /// Worth knowing, nothing to do.
    Info,
    /// Active, allowed, whole.
    Ok,
    /// Needs attention, or adds risk.
    Warn,
    /// Invalid, blocked, failed.
    Bad,
    /// Over and done: expired, switched off.
    Off,
}

impl Tone {
    /// The style-sheet class of this tone; empty for [`Tone::Plain`].
    pub fn class(self) -> &'static str {
        match self {
            Tone::Plain => "",
            Tone::Info => "info",
            Tone::Ok => "ok",
            Tone::Warn => "warn",
            Tone::Bad => "bad",
            Tone::Off => "off",
        }
    }
}

/// Turns an empty text into "no attribute at all".
pub(super) fn non_empty(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// Joins class names, leaving out the empty ones.
pub(super) fn classes(names: &[&str]) -> String {
    let mut joined = String::new();
    for name in names.iter().filter(|name| !name.is_empty()) {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(name);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_class_names_leave_no_trace() {
        assert_eq!(classes(&["tag", "", "warn"]), "tag warn");
        assert_eq!(classes(&["", ""]), "");
    }
}
