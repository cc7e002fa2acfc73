//! Hands a partial snapshot the chunks that it asks for, and no others.

use tollgate_inventory::{PartialSnapshot, Partly, Snapshot, SnapshotError};

/// Asks until there is an answer.
pub fn answer<T>(
    whole: &Snapshot,
    part: &mut PartialSnapshot,
    ask: impl Fn(&PartialSnapshot) -> Result<Partly<T>, SnapshotError>,
) -> Result<T, SnapshotError> {
    for _ in 0..=whole.chunks.len() {
        match ask(part)? {
            Partly::Known(answer) => return Ok(answer),
            Partly::Needs(chunks) => {
                for chunk in chunks {
                    part.add(chunk, whole.chunks[chunk].clone());
                }
            }
        }
    }
    panic!("it asks for what it has");
}
