//! Why a snapshot is of no use.

/// Why a snapshot cannot be written or read. The journal has everything in it, so it is thrown away and made again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SnapshotError {
    /// The manifest is cut short, too long, or no manifest.
    #[error("the manifest of the snapshot cannot be read: {cause}")]
    Manifest {
        /// What is wrong with it.
        cause: Flaw,
    },
    /// The bytes of the manifest do not have the hash that they carry.
    #[error("the manifest of the snapshot does not have the hash that it carries")]
    ManifestHash,
    /// A newer program wrote the snapshot.
    #[error("the snapshot has format {version}, newer than this program knows")]
    NewerFormat {
        /// The format's number.
        version: u8,
    },
    /// An older program wrote the snapshot.
    #[error("the snapshot has format {version}, which is not read any more")]
    OlderFormat {
        /// The format's number.
        version: u8,
    },
    /// The entry that the snapshot was folded up to is not the one that the journal holds.
    #[error("the snapshot was folded up to another entry {sequence} than the journal holds")]
    OtherHead {
        /// Where the entry lies.
        sequence: u64,
    },
    /// Chunks are missing, or there are too many.
    #[error("the manifest lists {listed} chunks, but there are {found}")]
    ChunkCount {
        /// How many there should be.
        listed: usize,
        /// How many there are.
        found: usize,
    },
    /// A chunk's bytes are not those that the manifest lists.
    #[error("chunk {chunk} does not have the digest that the manifest lists")]
    ChunkDigest {
        /// The chunk, from 0.
        chunk: usize,
    },
    /// A chunk's bytes make no sense.
    #[error("chunk {chunk} cannot be read, in its {part}: {cause}")]
    Chunk {
        /// The chunk, from 0; 0 is the dictionary.
        chunk: usize,
        /// The column, or `frame` for what stands around the columns.
        part: &'static str,
        /// What is wrong with it; offsets count from the beginning of that part.
        cause: Flaw,
    },
    /// Each part can be read, but they are not parts of one workspace.
    #[error("the parts of the snapshot do not fit together: {what}")]
    Mismatch {
        /// What differs, in words.
        what: &'static str,
    },
    /// The workspace could not be written.
    #[error("the snapshot cannot be written: {cause}")]
    Unwritable {
        /// What the writer said.
        cause: String,
    },
}

impl SnapshotError {
    pub(crate) const fn miscounted() -> Self {
        Self::Mismatch { what: "the manifest counts other tokens than the chunks hold" }
    }
}

/// What is wrong with some bytes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Flaw {
    /// They do not begin as they must.
    #[error("it does not begin as it must")]
    Beginning,
    /// They end too soon.
    #[error("it ends too soon, at offset {offset}")]
    CutShort {
        /// Where more was expected.
        offset: usize,
    },
    /// They go on too long.
    #[error("it goes on behind its end, at offset {offset}")]
    TooLong {
        /// Where the end was expected.
        offset: usize,
    },
    /// A number is larger than any that is written.
    #[error("the number before offset {offset} is too large")]
    Number {
        /// Where the number ends.
        offset: usize,
    },
    /// A column has another number of rows than its chunk.
    #[error("it has other than {rows} rows")]
    Rows {
        /// How many rows the chunk has.
        rows: usize,
    },
    /// Something is named by a number that nothing has.
    #[error("entry {index} is named, of {size}")]
    Index {
        /// The number, from 0.
        index: u64,
        /// How many there are.
        size: usize,
    },
    /// A kind is none that is known.
    #[error("there is no kind {kind} in this format")]
    Kind {
        /// The kind's number.
        kind: u64,
    },
    /// A text is not UTF-8.
    #[error("a text is not UTF-8")]
    Utf8,
    /// A name breaks the rules for such names.
    #[error("a name is refused: {cause}")]
    Name {
        /// What the check of the name said.
        cause: String,
    },
    /// A number is no instant.
    #[error("{micros} is not an instant in microseconds")]
    Instant {
        /// The number.
        micros: i64,
    },
    /// A JSON value is nested too deeply.
    #[error("a value is nested deeper than {limit}")]
    Depth {
        /// The deepest that is read.
        limit: usize,
    },
    /// The texts and values would need more memory than any workspace does.
    #[error("its texts are longer than {limit} bytes together")]
    TooMuchText {
        /// The most that is read.
        limit: usize,
    },
    /// The part that is JSON cannot be read.
    #[error("its JSON cannot be read: {cause}")]
    Json {
        /// What the reader said.
        cause: String,
    },
}

/// A flaw, and the part of a chunk that has it.
#[derive(Debug)]
pub(crate) struct Located {
    pub(crate) part: &'static str,
    pub(crate) flaw: Flaw,
}

impl Located {
    pub(crate) fn in_chunk(self, chunk: usize) -> SnapshotError {
        SnapshotError::Chunk { chunk, part: self.part, cause: self.flaw }
    }
}
