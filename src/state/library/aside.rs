//! Texts that were put aside when others took their place, and how they are offered back.

use std::sync::Arc;

use super::incoming::Foreign;
use crate::format;
use crate::state::workbench::Sheet;

/// A text that was put aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::state) struct Aside {
    /// The text from elsewhere that it was made of; none for a draft of the user's own.
    pub(in crate::state) of: Option<Arc<Foreign>>,
    /// The text with what lies beside it.
    pub(in crate::state) sheet: Sheet,
}

/// The words that offer a text back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsideOffer {
    /// What was put aside, as a sentence.
    pub heading: String,
    /// How long it is there, and what else is.
    pub text: String,
    /// The label of the button that takes it back.
    pub take: &'static str,
}

impl AsideOffer {
    /// The words for the last one; none where there is none.
    pub(super) fn of(aside: &[Aside]) -> Option<Self> {
        let (last, others) = aside.split_last()?;
        let (heading, take) = match &last.of {
            None => ("Another text took the place of your draft.".to_owned(), "Take my former draft back"),
            Some(foreign) => (format!("Your changes to {} were put aside.", foreign.what), "Take my changes back"),
        };
        let size = format::bytes(last.sheet.text.len() as u64);
        let more = match others.len() {
            0 => String::new(),
            count => format!(" Besides it, {} put aside.", format::plural(count as u64, "text is", "texts are")),
        };
        let text = format!("That text has {size}, and is there until the program is closed.{more}");
        Some(Self { heading, text, take })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Sheet {
        Sheet { text: text.to_owned(), ..Sheet::default() }
    }

    #[test]
    fn the_last_text_is_offered_back_and_the_others_are_counted() {
        assert_eq!(AsideOffer::of(&[]), None);
        let foreign = Foreign::new("{}".to_owned(), "the file mirror.json".to_owned(), String::new());
        let made = Aside { of: Some(Arc::new(foreign)), sheet: sheet("{ }") };
        let offer = AsideOffer::of(std::slice::from_ref(&made)).unwrap();
        assert_eq!(offer.heading, "Your changes to the file mirror.json were put aside.");
        assert!(!offer.text.contains("Besides"), "{}", offer.text);
        let draft = Aside { of: None, sheet: sheet("") };
        let offer = AsideOffer::of(&[made, draft]).unwrap();
        assert_eq!(offer.take, "Take my former draft back");
        assert!(offer.text.ends_with("Besides it, 1 text is put aside."), "{}", offer.text);
    }
}
