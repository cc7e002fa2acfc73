//! What becomes of a saved vault, in words.

use tollgate_browser::{VaultError, VaultStanding};
use tollgate_tokens::{SecretsPlan, TokenUid};

use super::refusal::why;
use crate::format;

/// The vault's words for a wrong passphrase are about the vault that is here.
pub(super) fn not_opened(error: &VaultError) -> String {
    match error {
        VaultError::WrongPassphrase => format!(
            "this is not the passphrase that the file was saved under. What to do: try again; it may be an earlier one than that of the vault here ({})",
            error.code()
        ),
        other => why(other),
    }
}

/// What was done, and how the vault stood before.
pub(super) fn taken_in(count: usize, before: VaultStanding) -> String {
    let secrets = |one: &str, many: &str| format::plural(count as u64, one, many);
    match before {
        VaultStanding::Absent => {
            let secrets = secrets("secret", "secrets");
            format!("The file is the vault of this workspace now, with {secrets} in it, and unlocked in this tab")
        }
        VaultStanding::Locked | VaultStanding::Unlocked => {
            format!("{} taken in from the file", secrets("secret was", "secrets were"))
        }
    }
}

/// What would become of each secret of a file.
pub(super) fn sentences(plan: &SecretsPlan, standing: VaultStanding) -> Vec<String> {
    let told = |uids: &[TokenUid], one: &str, many: &str| {
        let words = || format!("{}.", format::plural(uids.len() as u64, one, many));
        (!uids.is_empty()).then(words)
    };
    let fits = told(
        &plan.fitting,
        "secret belongs to a token here and is taken in",
        "secrets belong to tokens here and are taken in",
    );
    let how = match standing {
        VaultStanding::Absent => {
            "The file becomes the vault of this workspace, under the passphrase that it was saved with."
        }
        VaultStanding::Locked | VaultStanding::Unlocked => {
            "What is taken in is sealed anew, under the passphrase of the vault that is here."
        }
    };
    let how = fits.is_some().then(|| how.to_owned());
    let others = [
        told(&plan.kept, "is in the vault already and stays as it is", "are in the vault already and stay as they are"),
        told(
            &plan.foreign,
            "is not the secret of the token that it is named for, and is left out",
            "are not the secrets of the tokens that they are named for, and are left out",
        ),
        told(
            &plan.broken,
            "does not open, because it was changed or moved, and is left out",
            "do not open, because they were changed or moved, and are left out",
        ),
        told(
            &plan.deleted,
            "is of a token that was deleted here, and is left out",
            "are of tokens that were deleted here, and are left out",
        ),
        told(
            &plan.unknown,
            "is of a token that is not known here, and is left out: import its workspace first",
            "are of tokens that are not known here, and are left out: import their workspace first",
        ),
    ];
    let fits = fits.unwrap_or_else(|| "Nothing in the file can be taken in.".to_owned());
    [Some(fits), how].into_iter().chain(others).flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uids(count: u8) -> Vec<TokenUid> {
        (0..count).map(|number| TokenUid::from_bytes([number; 16])).collect()
    }

    #[test]
    fn every_secret_of_a_file_is_told() {
        let plan = SecretsPlan {
            fitting: uids(2),
            kept: uids(1),
            foreign: uids(1),
            broken: uids(2),
            deleted: uids(1),
            unknown: uids(3),
        };
        assert_eq!(
            sentences(&plan, VaultStanding::Locked),
            [
                "2 secrets belong to tokens here and are taken in.",
                "What is taken in is sealed anew, under the passphrase of the vault that is here.",
                "1 is in the vault already and stays as it is.",
                "1 is not the secret of the token that it is named for, and is left out.",
                "2 do not open, because they were changed or moved, and are left out.",
                "1 is of a token that was deleted here, and is left out.",
                "3 are of tokens that are not known here, and are left out: import their workspace first.",
            ]
        );
    }

    #[test]
    fn where_there_is_no_vault_the_file_becomes_it_if_anything_fits() {
        let one = SecretsPlan { fitting: uids(1), ..SecretsPlan::default() };
        assert_eq!(
            sentences(&one, VaultStanding::Absent),
            [
                "1 secret belongs to a token here and is taken in.",
                "The file becomes the vault of this workspace, under the passphrase that it was saved with.",
            ]
        );
        let none = SecretsPlan { unknown: uids(1), ..SecretsPlan::default() };
        assert_eq!(
            sentences(&none, VaultStanding::Absent),
            [
                "Nothing in the file can be taken in.",
                "1 is of a token that is not known here, and is left out: import its workspace first.",
            ]
        );
    }

    #[test]
    fn a_wrong_passphrase_is_that_of_the_file() {
        let said = not_opened(&VaultError::WrongPassphrase);
        assert!(said.starts_with("this is not the passphrase that the file was saved under."), "{said}");
        assert!(said.ends_with("(V0105)"), "{said}");
        assert_eq!(not_opened(&VaultError::Locked), why(&VaultError::Locked));
    }
}
