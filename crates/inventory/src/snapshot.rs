//! A snapshot: its manifest and its chunks.

use tollgate_tokens::{Workspace, WorkspaceParts};

use crate::columns::{Written, encode};
use crate::error::SnapshotError;
use crate::manifest::{ChunkDigest, Head, ListedChunk, Manifest};
use crate::view::View;

/// A workspace as bytes: one chunk for what tokens share, others of about 1 MiB for the tokens, and an index of their
/// digests.
///
/// The same workspace always gives the same bytes.
///
/// ```
/// use tollgate_inventory::{Head, Snapshot};
/// use tollgate_tokens::{RecordHash, Workspace};
///
/// let head = Head { sequence: 1, hash: RecordHash::of(b"the newest record"), next_sequence: 2 };
/// let mut snapshot = Snapshot::encode(&Workspace::default(), head)?;
/// assert_eq!(snapshot.decode()?.token_count(), 0);
///
/// snapshot.chunks.clear();
/// assert_eq!(snapshot.decode().unwrap_err().to_string(), "the manifest lists 1 chunks, but there are 0");
/// # Ok::<(), tollgate_inventory::SnapshotError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// What it says of itself.
    pub manifest: Manifest,
    /// The chunks; the first is the dictionary, and the last the index where there are tokens.
    pub chunks: Vec<Vec<u8>>,
}

impl Snapshot {
    /// Packs a workspace that was folded up to `head`.
    ///
    /// Costs some look-ups in ordered maps for each token, and one SHA-256 for each chunk.
    ///
    /// # Errors
    ///
    /// [`SnapshotError::Unwritable`], which no workspace is known to cause.
    pub fn encode(workspace: &Workspace, head: Head) -> Result<Self, SnapshotError> {
        let parts = workspace.to_parts();
        let written = encode(&parts).map_err(|error| SnapshotError::Unwritable { cause: error.to_string() })?;
        let listed = |Written { bytes, rows }: &Written| ListedChunk {
            digest: ChunkDigest::of(bytes),
            rows: u32::try_from(*rows).unwrap_or(u32::MAX),
        };
        let manifest = Manifest {
            head,
            epoch: parts.rest.epoch,
            tokens: parts.tokens.len() as u64,
            chunks: written.iter().map(listed).collect(),
        };
        Ok(Self { manifest, chunks: written.into_iter().map(|chunk| chunk.bytes).collect() })
    }

    /// Reads all of it. Linear, with an insertion into ordered maps for each token: a page that starts up asks a
    /// [`View`] first.
    ///
    /// # Errors
    ///
    /// [`SnapshotError`] names the chunk and what is wrong with it. It never panics, whatever the bytes are.
    pub fn decode(&self) -> Result<Workspace, SnapshotError> {
        let view = View::open(self)?;
        let tokens = view.rows(0..view.token_count())?;
        if !tokens.is_sorted_by(|token, next| token.number < next.number) {
            return Err(SnapshotError::Mismatch { what: "tokens do not stand in the order of their numbers" });
        }
        let count = tokens.len();
        let tokens = tokens.into_iter().map(Into::into).collect();
        let workspace = Workspace::from_parts(WorkspaceParts { tokens, rest: view.rest().clone() });
        if workspace.token_count() == count {
            Ok(workspace)
        } else {
            Err(SnapshotError::Mismatch { what: "two tokens have the same uid" })
        }
    }

    /// Checks that the chunks are those of the manifest; one SHA-256 for each.
    ///
    /// # Errors
    ///
    /// [`SnapshotError::ChunkCount`], or [`SnapshotError::ChunkDigest`] with the first chunk that differs.
    pub fn verify(&self) -> Result<(), SnapshotError> {
        self.manifest.check_chunks(&self.chunks)
    }

    /// How many bytes the chunks have together.
    #[must_use]
    pub fn byte_length(&self) -> usize {
        self.chunks.iter().map(Vec::len).sum()
    }
}
