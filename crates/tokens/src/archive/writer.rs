//! Writes a workspace down.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::chain_head::ChainHead;
use super::reader::KIND;
use crate::chain::StoredRecord;
use crate::ids::Epoch;
use crate::time::{Timestamp, iso};

/// How many characters a line takes beside its bytes.
const BESIDE_BYTES: usize = 64;

/// A whole workspace as a document: every record of its journal byte for byte, damaged ones included, one a line.
///
/// `None` where there is no record. The journal holds no secret, and so neither does the document.
/// Linear in the bytes; nothing is checked, so that a damaged journal can be brought to safety.
///
/// ```
/// use tollgate_tokens::test_support::{memory_manager, noon};
/// use tollgate_tokens::{Archive, Journal as _, archive_text, people::Powers};
/// # pollster::block_on(async {
/// let manager = memory_manager();
/// manager.add_user("ci-bot".parse()?, Powers::default()).await?;
/// let records = manager.journal().records().await?;
/// let epoch = manager.journal().read(|ledger| ledger.workspace().epoch());
/// let text = archive_text(&records, epoch, noon()).unwrap_or_default();
/// assert_eq!(Archive::read(&text)?.records(), records);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).unwrap();
/// ```
#[must_use]
pub fn archive_text(records: &[StoredRecord], epoch: Option<Epoch>, exported_at: Timestamp) -> Option<String> {
    let head = ChainHead::of_record(records.last()?);
    let length: usize = records.iter().map(|record| record.bytes.len() / 3 * 4 + BESIDE_BYTES).sum();
    let mut text = String::with_capacity(length + BESIDE_BYTES * 8);
    text.push_str(&beginning(epoch, exported_at, head));
    for (index, record) in records.iter().enumerate() {
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        text.push_str(&format!("    {{\"sequence\": {}, \"bytes\": \"", record.sequence));
        STANDARD.encode_string(&record.bytes, &mut text);
        text.push_str("\"}");
    }
    text.push_str("\n  ]\n}\n");
    Some(text)
}

/// What stands before the records. Nothing in it needs an escape: it is all digits, letters and fixed words.
fn beginning(epoch: Option<Epoch>, exported_at: Timestamp, head: ChainHead) -> String {
    let epoch = epoch.map_or_else(|| "null".to_owned(), |epoch| format!("\"{epoch}\""));
    let lines = [
        format!("\"format\": \"{}\"", KIND.format),
        format!("\"version\": {}", KIND.version),
        format!("\"epoch\": {epoch}"),
        format!("\"exported_at\": \"{}\"", iso(&exported_at)),
        format!("\"head\": {{\"sequence\": {}, \"hash\": \"{}\"}}", head.sequence, head.hash),
        "\"records\": [".to_owned(),
    ];
    format!("{{\n  {}", lines.join(",\n  "))
}
