//! The way back: every act that put another text in the place of the one that was there.

/// How many acts are remembered.
const MOST_ACTS: usize = 50;

/// How many bytes of texts are remembered.
const MOST_BYTES: usize = 8 * 1024 * 1024;

/// What is undone where the text was typed in since the last act.
const TYPED: &str = "what was typed since";

/// The acts on one text, oldest first.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    acts: Vec<Act>,
}

#[derive(Clone, Debug)]
struct Act {
    words: String,
    before: String,
    after: String,
}

/// What an undoing gives back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Undone {
    pub(super) words: String,
    pub(super) text: String,
}

impl History {
    /// Remembers an act; the oldest are forgotten where there is too much to remember.
    pub(super) fn record(&mut self, words: String, before: String, after: String) {
        self.acts.push(Act { words, before, after });
        let mut bytes: usize = self.acts.iter().map(Act::bytes).sum();
        while self.acts.len() > MOST_ACTS || (bytes > MOST_BYTES && self.acts.len() > 1) {
            bytes -= self.acts.remove(0).bytes();
        }
    }

    /// What would be undone next, in words; none where nothing was done.
    pub(super) fn next(&self, text: &str) -> Option<&str> {
        let last = self.acts.get(..self.standing(text))?.last()?;
        Some(if last.after == text { &last.words } else { TYPED })
    }

    /// Undoes the last step, which is typing if the text is not what the last act left.
    pub(super) fn undo(&mut self, text: &str) -> Option<Undone> {
        self.acts.truncate(self.standing(text));
        let last = self.acts.last()?;
        if last.after != text {
            return Some(Undone { words: TYPED.to_owned(), text: last.after.clone() });
        }
        let last = self.acts.pop()?;
        Some(Undone { words: last.words, text: last.before })
    }

    /// How many acts stand: the text before one is that of the page where the editor's own way back took that one and
    /// those after it back.
    fn standing(&self, text: &str) -> usize {
        let mut standing = self.acts.len();
        for (at, act) in self.acts.iter().enumerate().rev() {
            if act.after == text {
                return at + 1;
            }
            if act.before == text {
                standing = at;
            }
        }
        standing
    }
}

impl Act {
    fn bytes(&self) -> usize {
        self.before.len() + self.after.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acts_are_undone_one_by_one_and_typing_in_between_by_itself() {
        let mut history = History::default();
        assert_eq!(history.next("a"), None);
        assert_eq!(history.undo("a"), None);
        history.record("first".to_owned(), "a".to_owned(), "b".to_owned());
        history.record("second".to_owned(), "b typed".to_owned(), "c".to_owned());
        let mut text = "c typed".to_owned();
        let mut told = Vec::new();
        while let Some(undone) = history.undo(&text) {
            told.push((undone.words.clone(), undone.text.clone()));
            text = undone.text;
        }
        let told: Vec<(&str, &str)> = told.iter().map(|(words, text)| (words.as_str(), text.as_str())).collect();
        assert_eq!(told, [(TYPED, "c"), ("second", "b typed"), (TYPED, "b"), ("first", "a")]);
    }

    #[test]
    fn what_the_editor_took_back_is_not_done_again() {
        let mut history = History::default();
        history.record("first".to_owned(), "a".to_owned(), "b".to_owned());
        history.record("second".to_owned(), "b".to_owned(), "c".to_owned());
        assert_eq!(history.clone().next("c"), Some("second"));
        assert_eq!(history.clone().next("b"), Some("first"));
        assert_eq!(history.clone().next("a"), None);
        let undone = history.clone().undo("b").unwrap();
        assert_eq!((undone.words.as_str(), undone.text.as_str()), ("first", "a"));
        assert_eq!(history.undo("a"), None);
        assert_eq!(history.undo("a typed"), None);
    }

    #[test]
    fn an_act_that_led_back_to_an_earlier_text_is_undone_as_any_other() {
        let mut history = History::default();
        history.record("there".to_owned(), "a".to_owned(), "b".to_owned());
        history.record("back".to_owned(), "b".to_owned(), "a".to_owned());
        assert_eq!(history.undo("a").map(|undone| undone.text).as_deref(), Some("b"));
    }

    #[test]
    fn what_is_too_much_is_forgotten_from_the_beginning() {
        let mut history = History::default();
        for number in 0..MOST_ACTS + 5 {
            history.record(format!("act {number}"), String::new(), number.to_string());
        }
        assert_eq!(history.acts.len(), MOST_ACTS);
        assert_eq!(history.acts[0].words, "act 5");
        history.record("large".to_owned(), " ".repeat(MOST_BYTES), String::new());
        assert_eq!(history.acts.len(), 1);
        assert_eq!(history.next(""), Some("large"));
    }
}
