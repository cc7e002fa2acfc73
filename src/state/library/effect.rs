//! What changes from one policy to another, as a question before an act tells it.

use tollgate_browser::analysis::{Asked, AskedSide, ChangeLook, CompareLook, SideLook};
use tollgate_policy::{Catalog, Checked};

use crate::analysis::look;
use crate::state::workbench::{order, summary};

/// How many changes are listed; the others are counted.
const MOST_LISTED: usize = 8;

/// What changes, exactly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EffectLook {
    /// How much is allowed, held against before, and what is granted and removed, in sentences.
    pub says: String,
    /// The first changes, each with one real request.
    pub changes: Vec<ChangeLook>,
    /// How many more there are.
    pub more: u64,
}

/// What changes when a checked text takes the place of another one, which `before` names in a sentence.
pub(super) fn effect(text_before: &str, before: &str, after: &Checked, catalog: &Catalog) -> EffectLook {
    let asked = Asked { side: AskedSide::Compare, ..Asked::default() };
    match look(after, catalog, Some(text_before), &asked).side {
        SideLook::Compare(compared) => effect_of(compared, before),
        _ => EffectLook::default(),
    }
}

/// The same from a comparison that was made elsewhere.
pub(super) fn effect_of(compared: CompareLook, before: &str) -> EffectLook {
    match compared {
        CompareLook::Compared(compared) => {
            let says = format!("{} {}", order(compared.order, before), summary(&compared));
            let more = compared.changes.len().saturating_sub(MOST_LISTED) as u64 + u64::from(compared.unlisted);
            let changes = compared.changes.into_iter().take(MOST_LISTED).collect();
            EffectLook { says: says.trim_end().to_owned(), changes, more }
        }
        CompareLook::Silent(why) => EffectLook { says: why, ..EffectLook::default() },
    }
}

#[cfg(test)]
mod tests {
    use tollgate_policy::check;

    use super::*;

    fn told(before: &str, after: &str) -> EffectLook {
        let catalog = Catalog::review_board_8_1();
        effect(before, "version 1", &check(after, catalog), catalog)
    }

    #[test]
    fn what_changes_is_told_with_a_real_request() {
        let look = told("{}", r#"{"resources": {"*": {"block": ["DELETE"]}}}"#);
        assert!(look.says.starts_with("Allows less than version 1, and nothing else. Removes DELETE"), "{}", look.says);
        assert!(look.changes.iter().any(|change| !change.is_granted && change.method == "DELETE"));
        assert_eq!(told("{}", "{ }").says, "Decides every request as version 1 does.");
    }

    #[test]
    fn what_cannot_be_compared_says_why() {
        assert!(told("{", "{}").says.contains("no policy"));
        assert!(told("{}", "{").says.contains("refused"));
    }
}
