//! A policy that leaves the browser on purpose: in a link, or as a file.

use leptos::prelude::*;
use tollgate_browser::{copy_text, page_address};
use tollgate_tokens::{json_holds_token, share_fragment};

use crate::format;
use crate::state::Console;
use crate::state::console::After;
use crate::state::export::{NewFile, hand_out};
use crate::state::refusal::why;
use crate::state::task::task;

/// The link to one text.
#[derive(Clone, Copy)]
pub struct ShareForm {
    link: StoredValue<Result<String, String>>,
    bytes: usize,
    copied: RwSignal<bool>,
    copy: Action<String, ()>,
}

impl ShareForm {
    /// The link to a text.
    #[must_use]
    pub fn new(console: Console, text: &str) -> Self {
        let (after, copied) = (console.after(), RwSignal::new(false));
        Self {
            link: StoredValue::new(link(text)),
            bytes: text.len(),
            copied,
            copy: task(move |link: &String| copy(after, link.clone(), copied)),
        }
    }

    /// The link.
    ///
    /// # Errors
    ///
    /// Why the text is not put into one, and what to do.
    pub fn link(self) -> Result<String, String> {
        self.link.get_value()
    }

    /// How long the text in the link is, in words.
    #[must_use]
    pub fn size(self) -> String {
        format::bytes(self.bytes as u64)
    }

    /// Whether the link is on the clipboard.
    #[must_use]
    pub fn is_copied(self) -> Signal<bool> {
        self.copied.into()
    }

    /// Copies the link.
    pub fn copy(self) {
        if let Ok(link) = self.link.get_value() {
            self.copy.dispatch(link);
        }
    }
}

impl Console {
    /// Saves a policy as a file, named for what it is called.
    pub fn save_policy_file(self, name: &str, text: &str) {
        let after = self.after();
        if json_holds_token(text) {
            after.notices.failed("Nothing was saved: the policy contains what looks like a token. Take it out first.");
            return;
        }
        let file = NewFile { name: policy_file_name(name), media_type: "application/json", text };
        hand_out(after, &file, "The policy");
    }
}

fn link(text: &str) -> Result<String, String> {
    let fragment = share_fragment(text);
    let fragment = fragment.map_err(|error| why(&error))?;
    Ok(page_address(&format!("/policies#{fragment}")))
}

async fn copy(after: After, link: String, copied: RwSignal<bool>) {
    match copy_text(&link).await {
        Ok(()) => {
            copied.try_set(true);
        }
        Err(error) => after.notices.failed(format!("Nothing was copied: {error}. Mark the link and copy it by hand.")),
    }
}

/// The name of a file: letters and digits of what the policy is called, and a dash for all else.
fn policy_file_name(name: &str) -> String {
    let plain: String = name.chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    if words.is_empty() { "policy.json".to_owned() } else { format!("policy-{}.json", words.join("-").to_lowercase()) }
}

#[cfg(test)]
mod tests {
    use super::policy_file_name;

    #[test]
    fn a_file_is_named_for_its_policy() {
        assert_eq!(policy_file_name("CI bots, acme"), "policy-ci-bots-acme.json");
        assert_eq!(policy_file_name("../.."), "policy.json");
    }
}
