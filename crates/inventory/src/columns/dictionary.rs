//! The first chunk: what tokens share, and the rest of the workspace, which is read apart from it.

use std::fmt::Display;
use std::str::FromStr;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use tollgate_tokens::{
    EventId, GeneratorId, PolicySource, PolicyUid, ReplicaId, SiteName, TokenUid, Username, WorkspaceRest,
};

use super::frame::Chunk;
use super::layout::{
    EXTRAS, GENERATORS, INVALIDATIONS, Kind, NOTES, OWNERS, PARTS, POLICIES, PREFIXES, REPLICAS, REST, SITES, SOURCES,
};
use super::list::List;
use crate::bytes::Cursor;
use crate::error::{Flaw, Located};

/// What rows name by number. Names are read; texts and values stay bytes until a row asks for them.
#[derive(Debug)]
pub(crate) struct Dictionary<'a> {
    pub(super) owners: Vec<Username>,
    pub(super) generators: Vec<GeneratorId>,
    pub(super) prefixes: Vec<&'a str>,
    pub(super) sites: Vec<SiteName>,
    pub(super) replicas: Vec<ReplicaId>,
    pub(super) sources: Vec<PolicySource>,
    pub(super) parts: Vec<&'a str>,
    pub(super) policies: Vec<&'a [u8]>,
    pub(super) notes: Vec<&'a [u8]>,
    pub(super) extras: Vec<&'a [u8]>,
    pub(super) invalidations: Vec<&'a [u8]>,
}

impl<'a> Dictionary<'a> {
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, Located> {
        let chunk = Chunk::open(bytes, Kind::Dictionary)?;
        Ok(Self {
            owners: chunk.read(OWNERS, names)?,
            generators: chunk.read(GENERATORS, names)?,
            prefixes: chunk.read(PREFIXES, texts)?,
            sites: chunk.read(SITES, names)?,
            replicas: chunk.read(REPLICAS, replicas)?,
            sources: chunk.read(SOURCES, sources)?,
            parts: chunk.read(PARTS, texts)?,
            policies: chunk.read(POLICIES, items)?,
            notes: chunk.read(NOTES, items)?,
            extras: chunk.read(EXTRAS, items)?,
            invalidations: chunk.read(INVALIDATIONS, items)?,
        })
    }

    /// The rest of the workspace, which no row needs.
    pub(crate) fn read_rest(bytes: &[u8]) -> Result<WorkspaceRest, Located> {
        Chunk::open(bytes, Kind::Dictionary)?.read(REST, json)
    }

    /// The tokens that a look-up by digest does not find, and nothing else of the rest.
    pub(crate) fn read_shadowed(bytes: &[u8]) -> Result<Vec<TokenUid>, Located> {
        Chunk::open(bytes, Kind::Dictionary)?.read(REST, json::<Shadowed>).map(|rest| rest.shadowed)
    }
}

/// What a look-up takes of [`WorkspaceRest`].
#[derive(Deserialize)]
struct Shadowed {
    shadowed: Vec<TokenUid>,
}

fn json<T: DeserializeOwned>(cursor: Cursor<'_>) -> Result<T, Flaw> {
    serde_json::from_slice(cursor.rest()).map_err(|error| Flaw::Json { cause: error.to_string() })
}

fn items(mut cursor: Cursor<'_>) -> Result<Vec<&[u8]>, Flaw> {
    let list = List::read(&mut cursor)?;
    cursor.end()?;
    Ok(list.starting_at(0).collect())
}

fn texts(cursor: Cursor<'_>) -> Result<Vec<&str>, Flaw> {
    items(cursor)?.into_iter().map(|item| std::str::from_utf8(item).map_err(|_| Flaw::Utf8)).collect()
}

fn names<T: FromStr<Err: Display>>(cursor: Cursor<'_>) -> Result<Vec<T>, Flaw> {
    let refused = |error: T::Err| Flaw::Name { cause: error.to_string() };
    texts(cursor)?.into_iter().map(|text| text.parse::<T>().map_err(refused)).collect()
}

fn replicas(cursor: Cursor<'_>) -> Result<Vec<ReplicaId>, Flaw> {
    let (replicas, rest) = cursor.rest().as_chunks::<16>();
    match rest {
        [] => Ok(replicas.iter().copied().map(ReplicaId::from_bytes).collect()),
        _ => Err(Flaw::CutShort { offset: cursor.rest().len() }),
    }
}

/// The bytes of a source.
const SOURCE_BYTES: usize = 44;

fn sources(cursor: Cursor<'_>) -> Result<Vec<PolicySource>, Flaw> {
    let (sources, rest) = cursor.rest().as_chunks::<SOURCE_BYTES>();
    match rest {
        [] => sources.iter().map(|bytes| source(Cursor::new(bytes))).collect(),
        _ => Err(Flaw::CutShort { offset: cursor.rest().len() }),
    }
}

fn source(mut cursor: Cursor<'_>) -> Result<PolicySource, Flaw> {
    let policy = PolicyUid::from_bytes(cursor.array()?);
    let replica = ReplicaId::from_bytes(cursor.array()?);
    let version = cursor.u32()?;
    Ok(PolicySource { policy, version, saved_by: EventId { replica, sequence: cursor.u64()? } })
}
