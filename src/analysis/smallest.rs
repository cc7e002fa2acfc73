//! The smallest policy that decides the same.

use tollgate_browser::analysis::{SizeLook, SmallerLook, SmallestLook};
use tollgate_policy::assist::lay_out;
use tollgate_policy::{Size, minimize};

use super::subject::{REFUSED, Subject};

pub(super) fn look(subject: &Subject<'_>) -> SmallestLook {
    let Some(policy) = &subject.policy else { return SmallestLook::Silent(REFUSED.to_owned()) };
    let minimized = minimize(policy.policy());
    SmallestLook::Found(SmallerLook {
        text: lay_out(&minimized.text).unwrap_or(minimized.text) + "\n",
        before: size(minimized.size_before),
        after: size(minimized.size_after),
        atoms: minimized.atoms,
    })
}

fn size(size: Size) -> SizeLook {
    SizeLook {
        entries: size.entries as u64,
        rule_sets: size.rule_sets as u64,
        sections: size.sections as u64,
        bytes: size.bytes as u64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tollgate_policy::{Catalog, are_equivalent, check};

    #[test]
    fn the_smallest_form_is_smaller_decides_the_same_and_can_be_read() {
        let text = r#"{"resources": {"*": {"block": ["*", "PUT"], "allow": ["GET"]}, "user": {"*": {"block": ["*"], "allow": ["GET"]}}}}"#;
        let catalog = Catalog::review_board_8_1();
        let checked = check(text, catalog);
        let SmallestLook::Found(smallest) = look(&Subject::of(&checked, catalog)) else { panic!("none") };
        assert!(smallest.after.entries < smallest.before.entries && smallest.atoms > 0);
        let after = check(&smallest.text, catalog).policy().unwrap();
        assert!(are_equivalent(&checked.policy().unwrap(), &after), "{}", smallest.text);
        assert!(smallest.text.lines().count() > 3, "{}", smallest.text);
        assert_eq!(look(&Subject::of(&check("{", catalog), catalog)), SmallestLook::Silent(REFUSED.to_owned()));
    }
}
