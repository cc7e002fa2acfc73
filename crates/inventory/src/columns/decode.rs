//! Some rows of a chunk as tokens.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use std::vec::IntoIter;

use serde_json::Value;
use tollgate_tokens::{
    EventId, Fingerprint, GeneratorId, PolicySource, SiteName, Standing, Timestamp, Token, TokenDigest, TokenUid,
    Username,
};

use super::dictionary::Dictionary;
use super::frame::Chunk;
use super::layout::{
    ALL_FLAGS, AUTO_GENERATED, Column, DIGEST, DOUBTED, EXPIRES, EXTRA_DATA, FLAGS, GENERATOR, INVALIDATION, Kind,
    LAST_FOUR, LAST_UPDATED, LAST_USED, NOTE, NUMBER, OWNER, POLICY, PREFIX, REPLACED_BY, REPLACES, SITE, SOURCE,
    TIME_ADDED, UID, UNCERTAIN, VALID,
};
use super::list::{Place, entry, optional_entry, read_places};
use super::packed::Packed;
use super::text::Texts;
use super::times::{read_deltas, read_distances};
use super::value::read_value;
use crate::bytes::{Cursor, unzigzag};
use crate::error::{Flaw, Located};

/// A chunk of tokens, of which only the columns of a fixed width are at hand.
#[derive(Debug)]
pub(crate) struct TokenChunk<'a> {
    chunk: Chunk<'a>,
    /// The uid of each row.
    pub(crate) uids: &'a [[u8; 16]],
    /// The digest of each row.
    pub(crate) digests: &'a [[u8; 32]],
}

impl<'a> TokenChunk<'a> {
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, Located> {
        let chunk = Chunk::open(bytes, Kind::Tokens)?;
        let rows = chunk.rows();
        // Read at once: from here on a count of rows is one that bytes stand behind.
        let uids = chunk.read(UID, |cursor| arrays(&cursor, rows))?;
        let digests = chunk.read(DIGEST, |cursor| arrays(&cursor, rows))?;
        Ok(Self { chunk, uids, digests })
    }

    pub(crate) const fn rows(&self) -> usize {
        self.uids.len()
    }
}

/// As many arrays as there are rows, and nothing behind them.
pub(super) fn arrays<'a, const N: usize>(cursor: &Cursor<'a>, rows: usize) -> Result<&'a [[u8; N]], Flaw> {
    let (arrays, rest) = cursor.rest().as_chunks::<N>();
    if arrays.len() == rows && rest.is_empty() { Ok(arrays) } else { Err(Flaw::Rows { rows }) }
}

/// Reads rows, up to a limit on the memory of all of them together.
pub(crate) struct Decoder<'d, 'a> {
    dictionary: &'d Dictionary<'a>,
    texts: Texts<'d>,
    /// Shared policies that were read: tokens share their texts.
    policies: BTreeMap<u32, Arc<str>>,
}

impl<'d, 'a> Decoder<'d, 'a> {
    pub(crate) fn new(dictionary: &'d Dictionary<'a>) -> Self {
        Self { dictionary, texts: Texts::new(&dictionary.parts), policies: BTreeMap::new() }
    }

    /// Some rows of a chunk; the range must lie within it.
    pub(crate) fn tokens(&mut self, chunk: &TokenChunk<'a>, range: &Range<usize>) -> Result<Vec<Token>, Located> {
        Ok(self.columns(&Selected { chunk, range })?.collect())
    }

    fn columns(&mut self, rows: &Selected<'_, 'a>) -> Result<Columns, Located> {
        let Dictionary { owners, generators, sites, sources, .. } = self.dictionary;
        let added = rows.deltas(TIME_ADDED)?;
        Ok(Columns {
            uids: rows.of(rows.chunk.uids, TokenUid::from_bytes),
            digests: rows.of(rows.chunk.digests, TokenDigest::from_bytes),
            numbers: rows.deltas(NUMBER)?.into_iter(),
            flags: rows.packed(FLAGS, known_flags)?,
            owners: rows.packed(OWNER, |number| entry(owners, number))?,
            generators: rows.packed(GENERATOR, |number| entry(generators, number))?,
            prefixes: rows.packed(PREFIX, |number| self.prefix(number))?,
            last_fours: rows.places(LAST_FOUR, last_four)?,
            sites: rows.packed(SITE, |number| optional_entry(sites, number))?,
            updated: rows.instants(LAST_UPDATED, &added)?,
            used: rows.instants(LAST_USED, &added)?,
            expires: rows.instants(EXPIRES, &added)?,
            added: instants(TIME_ADDED, added)?,
            notes: rows.places(NOTE, |place| self.note(place))?,
            policies: rows.places(POLICY, |place| self.policy(place))?,
            sources: rows.packed(SOURCE, |number| optional_entry(sources, number))?,
            extras: rows.places(EXTRA_DATA, |place| self.extra_data(place))?,
            invalidations: rows.places(INVALIDATION, |place| self.invalidation(place))?,
            replaces: rows.places(REPLACES, link)?,
            replaced_by: rows.places(REPLACED_BY, link)?,
        })
    }

    fn prefix(&mut self, number: u32) -> Result<Option<String>, Flaw> {
        let prefix = optional_entry(&self.dictionary.prefixes, number)?;
        self.texts.spend(prefix.map_or(0, str::len))?;
        Ok(prefix.map(str::to_owned))
    }

    fn note(&mut self, place: Place<&'a [u8]>) -> Result<String, Flaw> {
        self.texts.read(place.bytes(&self.dictionary.notes)?)
    }

    fn policy(&mut self, place: Place<&'a [u8]>) -> Result<Arc<str>, Flaw> {
        if let Place::Shared(index) = place
            && let Some(known) = self.policies.get(&index)
        {
            return Ok(Arc::clone(known));
        }
        let policy: Arc<str> = self.texts.read(place.bytes(&self.dictionary.policies)?)?.into();
        if let Place::Shared(index) = place {
            self.policies.insert(index, Arc::clone(&policy));
        }
        Ok(policy)
    }

    fn extra_data(&mut self, place: Place<&'a [u8]>) -> Result<Value, Flaw> {
        read_value(place.bytes(&self.dictionary.extras)?, &mut self.texts)
    }

    fn invalidation(&mut self, place: Place<&'a [u8]>) -> Result<Invalidation, Flaw> {
        let mut cursor = Cursor::new(place.bytes(&self.dictionary.invalidations)?);
        let [known] = cursor.array::<1>()?;
        let has = |bit: u8| known & bit != 0;
        if known > 3 {
            return Err(Flaw::Kind { kind: known.into() });
        }
        let date = if has(1) { Some(timestamp(unzigzag(cursor.varint()?))?) } else { None };
        let act = if has(2) {
            let replica = u32::try_from(cursor.varint()?).unwrap_or(u32::MAX);
            let replica = entry(&self.dictionary.replicas, replica)?;
            Some(EventId { replica, sequence: cursor.varint()? })
        } else {
            None
        };
        Ok(Invalidation { date, act, reason: self.texts.read(cursor.rest())? })
    }
}

/// Some rows of a chunk.
struct Selected<'c, 'a> {
    chunk: &'c TokenChunk<'a>,
    range: &'c Range<usize>,
}

impl<'a> Selected<'_, 'a> {
    fn of<const N: usize, T>(&self, column: &[[u8; N]], make: impl Fn([u8; N]) -> T) -> IntoIter<T> {
        let wanted = column.get(self.range.clone()).unwrap_or_default();
        wanted.iter().copied().map(make).collect::<Vec<T>>().into_iter()
    }

    fn packed<T>(&self, column: Column, value: impl FnMut(u32) -> Result<T, Flaw>) -> Result<IntoIter<T>, Located> {
        let values = self.chunk.chunk.read(column, |mut cursor| {
            let numbers = Packed::read(&mut cursor, self.chunk.rows())?;
            cursor.end()?;
            let wanted = numbers.starting_at(self.range.start).take(self.range.len());
            wanted.map(value).collect::<Result<Vec<T>, Flaw>>()
        })?;
        Ok(values.into_iter())
    }

    fn deltas(&self, column: Column) -> Result<Vec<i64>, Located> {
        self.chunk.chunk.read(column, |cursor| read_deltas(cursor, self.chunk.rows(), self.range))
    }

    fn instants(&self, column: Column, bases: &[i64]) -> Result<IntoIter<Option<Timestamp>>, Located> {
        let instants = self.chunk.chunk.read(column, |cursor| {
            let instants = read_distances(cursor, bases, self.chunk.rows(), self.range)?;
            instants.into_iter().map(|instant| instant.map(timestamp).transpose()).collect::<Result<Vec<_>, Flaw>>()
        })?;
        Ok(instants.into_iter())
    }

    fn places<T>(
        &self,
        column: Column,
        value: impl FnMut(Place<&'a [u8]>) -> Result<T, Flaw>,
    ) -> Result<IntoIter<T>, Located> {
        let values = self.chunk.chunk.read(column, |cursor| {
            let places = read_places(cursor, self.chunk.rows(), self.range)?;
            places.into_iter().map(value).collect::<Result<Vec<T>, Flaw>>()
        })?;
        Ok(values.into_iter())
    }
}

fn instants(column: Column, micros: Vec<i64>) -> Result<IntoIter<Timestamp>, Located> {
    let instants = micros.into_iter().map(timestamp).collect::<Result<Vec<_>, Flaw>>();
    instants.map(Vec::into_iter).map_err(|flaw| Located { part: column.name, flaw })
}

fn timestamp(micros: i64) -> Result<Timestamp, Flaw> {
    Timestamp::from_timestamp_micros(micros).ok_or(Flaw::Instant { micros })
}

fn known_flags(flags: u32) -> Result<u32, Flaw> {
    if flags & !ALL_FLAGS == 0 { Ok(flags) } else { Err(Flaw::Kind { kind: flags.into() }) }
}

/// Own text, or shared for none.
fn last_four(place: Place<&[u8]>) -> Result<Option<String>, Flaw> {
    match place {
        Place::Own(bytes) => Cursor::new(bytes).text(bytes.len()).map(|text| Some(text.to_owned())),
        Place::Shared(0) => Ok(None),
        Place::Shared(index) => Err(Flaw::Index { index: index.into(), size: 1 }),
    }
}

/// The bytes of a uid, or shared for none.
fn link(place: Place<&[u8]>) -> Result<Option<TokenUid>, Flaw> {
    match place {
        Place::Own(bytes) => {
            let mut cursor = Cursor::new(bytes);
            let uid = TokenUid::from_bytes(cursor.array()?);
            cursor.end().map(|()| Some(uid))
        }
        Place::Shared(0) => Ok(None),
        Place::Shared(index) => Err(Flaw::Index { index: index.into(), size: 1 }),
    }
}

struct Invalidation {
    date: Option<Timestamp>,
    act: Option<EventId>,
    reason: String,
}

/// The columns of the same rows, which go on together.
struct Columns {
    uids: IntoIter<TokenUid>,
    digests: IntoIter<TokenDigest>,
    numbers: IntoIter<i64>,
    flags: IntoIter<u32>,
    owners: IntoIter<Username>,
    generators: IntoIter<GeneratorId>,
    prefixes: IntoIter<Option<String>>,
    last_fours: IntoIter<Option<String>>,
    sites: IntoIter<Option<SiteName>>,
    added: IntoIter<Timestamp>,
    updated: IntoIter<Option<Timestamp>>,
    used: IntoIter<Option<Timestamp>>,
    expires: IntoIter<Option<Timestamp>>,
    notes: IntoIter<String>,
    policies: IntoIter<Arc<str>>,
    sources: IntoIter<Option<PolicySource>>,
    extras: IntoIter<Value>,
    invalidations: IntoIter<Invalidation>,
    replaces: IntoIter<Option<TokenUid>>,
    replaced_by: IntoIter<Option<TokenUid>>,
}

impl Iterator for Columns {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let flags = self.flags.next()?;
        let time_added = self.added.next()?;
        let Invalidation { date, act, reason } = self.invalidations.next()?;
        Some(Token {
            uid: self.uids.next()?,
            number: self.numbers.next()? as u64,
            owner: self.owners.next()?,
            digest: self.digests.next()?,
            fingerprint: Fingerprint { prefix: self.prefixes.next()?, last_four: self.last_fours.next()? },
            generator: self.generators.next()?,
            time_added,
            last_updated: self.updated.next()?.unwrap_or(time_added),
            last_used: self.used.next()?,
            expires: self.expires.next()?,
            valid: flags & VALID != 0,
            invalid_date: date,
            invalid_reason: reason,
            invalidated_by: act,
            note: self.notes.next()?,
            policy: self.policies.next()?,
            policy_source: self.sources.next()?,
            extra_data: self.extras.next()?,
            local_site: self.sites.next()?,
            auto_generated: flags & AUTO_GENERATED != 0,
            replaces: self.replaces.next()?,
            replaced_by: self.replaced_by.next()?,
            standing: if flags & UNCERTAIN == 0 { Standing::Known } else { Standing::Uncertain },
            doubted: flags & DOUBTED != 0,
        })
    }
}
