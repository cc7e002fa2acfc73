//! Fingerprints of the record that are kept elsewhere, and what they show later.

use leptos::ev;
use leptos::prelude::*;
use tollgate_browser::PickedFile;
use tollgate_tokens::{
    Archive, Checkpoint, Comparison, DocumentError, Epoch, Identity, Journal as _, Ledger, Relation, ReplicaId,
};

use super::Console;
use super::console::After;
use super::export::{NewFile, file_name, hand_out};
use super::refusal::why;
use super::task::task;
use crate::format;

/// What a comparison comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Everything up to the checkpoint is as it was.
    Same,
    /// Something is missing, changed or another history.
    Differs,
    /// The file tells nothing.
    Unknown,
}

/// What a file that was kept elsewhere shows of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// What it comes to.
    pub verdict: Verdict,
    /// What is true, in a sentence.
    pub heading: String,
    /// How that is known, and what it does not show.
    pub text: String,
}

/// Saving and comparing checkpoints.
#[derive(Clone, Copy)]
pub struct Checkpoints {
    after: After,
    compared: RwSignal<Option<Compared>>,
    picked: StoredValue<Option<PickedFile>, LocalStorage>,
    compare: Action<(), ()>,
}

impl Checkpoints {
    /// The state of the page's part.
    #[must_use]
    pub fn new(console: Console) -> Self {
        let after = console.after();
        let compared = RwSignal::new(None);
        let picked = StoredValue::new_local(None::<PickedFile>);
        let compare = task(move |(): &()| {
            let file = picked.try_update_value(Option::take).flatten();
            compare(after, file, compared)
        });
        Self { after, compared, picked, compare }
    }

    /// What the last comparison came to.
    #[must_use]
    pub fn compared(self) -> Signal<Option<Compared>> {
        self.compared.into()
    }

    /// Whether a file is being compared.
    #[must_use]
    pub fn is_comparing(self) -> Signal<bool> {
        self.compare.pending().into()
    }

    /// Saves where the record ends now as a file.
    pub fn save(self) {
        let services = self.after.services();
        let now = services.manager.now();
        match services.manager.journal().read(|ledger| Checkpoint::of(ledger, now)) {
            Some(checkpoint) => {
                let entry = checkpoint.head.sequence;
                let name = file_name(services.workspace.as_str(), now, &format!("entry-{entry}.checkpoint.json"));
                let text = checkpoint.to_text();
                let file = NewFile { name, media_type: "application/json", text: &text };
                hand_out(self.after, &file, &format!("A checkpoint of entry {entry} is"));
            }
            None => self
                .after
                .notices
                .failed("No checkpoint was saved: the record is empty or damaged, and vouches for nothing."),
        }
    }

    /// Compares the record with the file that was picked in an input.
    pub fn pick(self, event: &ev::Event) {
        if let Some(file) = PickedFile::of(event) {
            self.picked.set_value(Some(file));
            self.compare.dispatch(());
        }
    }
}

/// What was kept elsewhere.
enum Kept {
    Checkpoint(Checkpoint),
    Export(Box<Archive>),
}

async fn compare(after: After, file: Option<PickedFile>, compared: RwSignal<Option<Compared>>) {
    let Some(file) = file else { return };
    compared.try_set(None);
    let services = after.services();
    let kept = match file.text().await {
        Ok(text) => kept(&text),
        Err(error) => Err(error.to_string()),
    };
    let found = match (kept, services.manager.journal().records().await) {
        (Ok(kept), Ok(records)) => {
            // From what is stored now, and not from what this page remembers.
            let nobody = Identity { replica: ReplicaId::from_bytes([0; 16]), epoch: Epoch::from_bytes([0; 16]) };
            let ledger = Ledger::load(nobody, records);
            match kept {
                Kept::Checkpoint(checkpoint) => with_checkpoint(&checkpoint, &ledger),
                Kept::Export(archive) => with_export(&archive, &ledger),
            }
        }
        (Ok(_), Err(error)) => unknown(error.to_string()),
        (Err(why), _) => unknown(format!("{}: {why}", file.name())),
    };
    compared.try_set(Some(found));
}

/// Reads a checkpoint, or an export, which shows even more.
fn kept(text: &str) -> Result<Kept, String> {
    match Checkpoint::read(text) {
        Ok(checkpoint) => Ok(Kept::Checkpoint(checkpoint)),
        Err(DocumentError::OtherFormat { .. }) => match Archive::read(text) {
            Ok(archive) => Ok(Kept::Export(Box::new(archive))),
            Err(error) => Err(why(&error)),
        },
        Err(error) => Err(why(&error)),
    }
}

fn unknown(why: String) -> Compared {
    Compared { verdict: Verdict::Unknown, heading: "Nothing was compared.".to_owned(), text: why }
}

fn differs(heading: String, text: String) -> Compared {
    Compared { verdict: Verdict::Differs, heading, text }
}

fn same(heading: String, text: String) -> Compared {
    Compared { verdict: Verdict::Same, heading, text }
}

fn with_checkpoint(checkpoint: &Checkpoint, ledger: &Ledger) -> Compared {
    let (entry, at) = (checkpoint.head.sequence, format::day_and_time(checkpoint.at));
    match checkpoint.compare(ledger) {
        Comparison::Same { since } => same(
            format!("Everything up to entry {entry} is as it was on {at}."),
            format!("{} came after it. {}", format::plural(since, "entry", "entries"), NO_LATER),
        ),
        Comparison::Cut { last, missing } => differs(
            "The end of the record was cut off.".to_owned(),
            format!(
                "On {at} it went up to entry {entry}; now it ends at entry {last}: {} missing.",
                format::plural(missing, "entry is", "entries are")
            ),
        ),
        Comparison::Changed { first: Some(first) } => differs(
            format!("The record was changed at entry {first}."),
            format!("On {at} everything up to entry {entry} was whole. Entry {first} is the first that is not."),
        ),
        Comparison::Changed { first: None } => differs(
            "The record was written anew.".to_owned(),
            format!(
                "Every entry follows from the one before, but entry {entry} is another than on {at}. Any entry up to it may be; an export from before that day shows which is the first."
            ),
        ),
        Comparison::OtherHistory => differs(
            "This is another history.".to_owned(),
            format!("The checkpoint of {at} is of another workspace, or this one was replaced or begun anew since."),
        ),
    }
}

/// Said with every good end, because nothing else can be told.
const NO_LATER: &str = "What was cut off after the last checkpoint cannot be detected.";

fn with_export(archive: &Archive, ledger: &Ledger) -> Compared {
    let at = format::day_and_time(archive.exported_at());
    match Relation::of(ledger, archive.ledger()) {
        Relation::Same => {
            same(format!("The record is that of the export of {at}, entry for entry."), NO_LATER.to_owned())
        }
        Relation::EndsEarlier { entries } => same(
            format!("Everything in the export of {at} is here as it was."),
            format!("{} came after it. {NO_LATER}", format::plural(entries, "entry", "entries")),
        ),
        Relation::GoesOn { entries } => differs(
            "The end of the record was cut off.".to_owned(),
            format!("The export of {at} has {} more.", format::plural(entries, "entry", "entries")),
        ),
        Relation::Parted { at: entry } => differs(
            format!("The record and the export of {at} part at entry {entry}."),
            "One of them was changed, or they were worked on in two places.".to_owned(),
        ),
        Relation::Fresh | Relation::Unrelated => {
            differs("This is another history.".to_owned(), format!("No entry of the export of {at} is here."))
        }
    }
}

#[cfg(test)]
mod tests {
    use tollgate_tokens::people::Powers;
    use tollgate_tokens::test_support::{identity, memory_manager_on, noon};
    use tollgate_tokens::{MemoryStorage, StoredRecord, archive_text};

    use super::super::test_support::at_once;
    use super::*;

    /// A history with a user for each letter, and its checkpoint.
    fn history(users: &str) -> (Vec<StoredRecord>, Checkpoint) {
        let storage = MemoryStorage::default();
        let manager = memory_manager_on(&storage, 1);
        for user in users.chars() {
            at_once(manager.add_user(user.to_string().parse().unwrap(), Powers::default())).unwrap();
        }
        (storage.records(), manager.journal().read(|ledger| Checkpoint::of(ledger, noon())).unwrap())
    }

    #[track_caller]
    fn check(text: &str, records: &[StoredRecord], verdict: Verdict, heading: &str) {
        let ledger = Ledger::load(identity(9), records.to_vec());
        let found = match kept(text) {
            Ok(Kept::Checkpoint(checkpoint)) => with_checkpoint(&checkpoint, &ledger),
            Ok(Kept::Export(archive)) => with_export(&archive, &ledger),
            Err(why) => unknown(why),
        };
        assert_eq!((found.verdict, found.heading.as_str()), (verdict, heading), "{}", found.text);
    }

    #[test]
    fn a_checkpoint_tells_what_became_of_the_record() {
        let (records, checkpoint) = history("abc");
        let text = checkpoint.to_text();
        let as_it_was = "Everything up to entry 4 is as it was on Mon 23 Nov 2026, 12:00 UTC.";
        check(&text, &records, Verdict::Same, as_it_was);
        check(&text, &history("abcde").0, Verdict::Same, as_it_was);
        check(&text, &records[..2], Verdict::Differs, "The end of the record was cut off.");
        check(&text, &history("abxy").0, Verdict::Differs, "The record was written anew.");
        let mut flipped = records;
        flipped[1].bytes[60] ^= 1;
        check(&text, &flipped, Verdict::Differs, "The record was changed at entry 3.");
    }

    #[test]
    fn an_export_tells_where_the_record_became_another() {
        let (records, _) = history("abc");
        let text = archive_text(&records, Some(identity(1).epoch), noon()).unwrap();
        check(
            &text,
            &history("abxy").0,
            Verdict::Differs,
            "The record and the export of Mon 23 Nov 2026, 12:00 UTC part at entry 4.",
        );
        check(
            &text,
            &history("abcd").0,
            Verdict::Same,
            "Everything in the export of Mon 23 Nov 2026, 12:00 UTC is here as it was.",
        );
        check(&text, &records[..1], Verdict::Differs, "The end of the record was cut off.");
    }

    #[test]
    fn a_file_that_is_neither_tells_nothing() {
        let (records, _) = history("a");
        for text in ["", "{}", r#"{"format": "tollgate-song"}"#] {
            check(text, &records, Verdict::Unknown, "Nothing was compared.");
        }
    }
}
