//! Turns what the state says into what the components show. No rules, only shapes.

use leptos::prelude::*;
use tollgate_tokens::TokenStatus;

use crate::components::{ChangeRow, MatrixCell, MatrixRow, MatrixRowKind, PowerShares, StatusKind};
use crate::state::{ChangeLine, Console, MatrixCount, MatrixLine, PolicyMeaning};

/// The console that the app provides.
///
/// # Panics
///
/// When a page is mounted outside the app, which only a mistake in this crate can do.
pub(super) fn console() -> Console {
    expect_context::<Console>()
}

/// Sets the title of the window while a page is shown.
pub(super) fn title(name: &'static str) {
    tollgate_browser::set_title(&format!("{name} · Tollgate"));
}

/// The look of a status.
pub(super) fn status_kind(status: TokenStatus) -> StatusKind {
    match status {
        TokenStatus::Active => StatusKind::Active,
        TokenStatus::Expiring => StatusKind::Expiring,
        TokenStatus::Expired => StatusKind::Expired,
        TokenStatus::Invalid => StatusKind::Invalid,
        TokenStatus::Uncertain => StatusKind::Uncertain,
    }
}

/// A line of a preview.
pub(super) fn change_row(line: ChangeLine) -> ChangeRow {
    ChangeRow { what: line.what, before: line.before, after: line.after }
}

/// The bars of a policy's power.
pub(super) fn shares(meaning: Option<&PolicyMeaning>) -> PowerShares {
    let [get, post, put, delete] = meaning.map_or([0.0; 4], |meaning| meaning.shares).map(f64::from);
    PowerShares { get, post, put, delete }
}

/// The rows of a matrix.
pub(super) fn matrix_rows(lines: &[MatrixLine]) -> Vec<MatrixRow> {
    let cell = |cell: &MatrixCount| match (cell.allowed, cell.total) {
        (_, 0) => MatrixCell::NotImplemented,
        (0, _) => MatrixCell::None,
        (1, 1) if cell.some_ids => MatrixCell::Some("some ids".to_owned()),
        (allowed, total) if allowed < total => MatrixCell::Some(format!("{allowed}/{total}")),
        _ => MatrixCell::All,
    };
    let row = |line: &MatrixLine| MatrixRow {
        resource: line.name.clone(),
        kind: if line.is_folded { MatrixRowKind::Summary } else { MatrixRowKind::Resource },
        cells: line.cells.iter().map(cell).collect(),
    };
    lines.iter().map(row).collect()
}

/// A sentence about what a policy allows, with a capital letter and a full stop.
pub(super) fn may(meaning: Option<&PolicyMeaning>) -> String {
    match meaning {
        Some(meaning) => sentence(&meaning.sentence),
        None => "Review Board 8.1 refuses this policy, so what a token with it may do cannot be told.".to_owned(),
    }
}

/// A capital letter in front and a full stop behind. Our own sentences begin with a letter of ASCII.
pub(super) fn sentence(text: &str) -> String {
    let mut sentence = text.trim_end_matches('.').to_owned() + ".";
    if let Some(first) = sentence.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    sentence
}

/// A capital letter in front, whatever the letter.
pub(super) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::{capitalized, sentence};

    #[test]
    fn a_sentence_has_a_capital_and_a_full_stop() {
        assert_eq!(sentence("may read everything"), "May read everything.");
        assert_eq!(sentence("May do nothing."), "May do nothing.");
    }

    #[test]
    fn a_capital_is_set_before_any_letter() {
        assert_eq!(["été", "`put`", ""].map(capitalized), ["Été", "`put`", ""]);
    }
}
