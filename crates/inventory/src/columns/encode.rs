//! A workspace as chunks.

use tollgate_tokens::{PolicySource, Standing, Timestamp, Token, TokenUid, WorkspaceParts};

use super::distinct::{Distinct, Interner, Invalidation, Placed, Row};
use super::frame::ChunkWriter;
use super::index::index_chunk;
use super::layout::{
    AUTO_GENERATED, DIGEST, DOUBTED, EXPIRES, EXTRA_DATA, EXTRAS, FLAGS, GENERATOR, GENERATORS, INVALIDATION,
    INVALIDATIONS, Kind, LAST_FOUR, LAST_UPDATED, LAST_USED, NOTE, NOTES, NUMBER, OWNER, OWNERS, PARTS, POLICIES,
    POLICY, PREFIX, PREFIXES, REPLACED_BY, REPLACES, REPLICAS, REST, SITE, SITES, SOURCE, SOURCES, TIME_ADDED, UID,
    UNCERTAIN, VALID,
};
use super::list::{Place, list, places};
use super::packed::packed;
use super::text::Parts;
use super::times::{deltas, distances};
use super::value::put_value;
use crate::bytes::{put_varint, zigzag};

/// A chunk holds no more tokens than this, so that the first rows are found without much else.
const MOST_ROWS: usize = 12_500;

/// A chunk is closed before it grows much beyond this: browsers store values of about 1 MiB best.
const MOST_BYTES: usize = 1 << 20;

/// What a row takes without texts of its own.
const ROW_BYTES: usize = 72;

/// A chunk that was written.
pub(crate) struct Written {
    pub(crate) bytes: Vec<u8>,
    /// How many tokens lie in it; none in the dictionary and in the index.
    pub(crate) rows: usize,
}

/// What the rows refer to, ready to be written.
struct Columns {
    notes: Placed,
    policies: Placed,
    extras: Placed,
    invalidations: Placed,
}

/// Writes a workspace: the dictionary, then the tokens in the order of their numbers, and the index if there are any.
///
/// # Errors
///
/// A JSON error when the rest of the workspace cannot be written, which does not happen.
pub(crate) fn encode(parts: &WorkspaceParts) -> Result<Vec<Written>, serde_json::Error> {
    let WorkspaceParts { tokens, rest } = parts;
    let mut distinct = Distinct::default();
    let rows: Vec<Row<'_>> = tokens.iter().map(|token| distinct.row(token)).collect();
    let shared_parts = distinct.parts();
    let columns = Columns {
        notes: distinct.notes.place(|text| shared_parts.text(text)),
        policies: distinct.policies.place(|text| shared_parts.text(text)),
        extras: distinct.extras.place(|value| {
            let mut bytes = Vec::new();
            put_value(&mut bytes, value, &shared_parts);
            bytes
        }),
        invalidations: distinct.invalidations.place(|invalidation| invalidation_bytes(invalidation, &shared_parts)),
    };
    let dictionary = dictionary_chunk(serde_json::to_vec(rest)?, &distinct, &shared_parts, &columns);
    let mut chunks = vec![Written { bytes: dictionary, rows: 0 }];
    let mut left = rows.as_slice();
    while !left.is_empty() {
        let (chunk, behind) = left.split_at_checked(fitting(left, &columns)).unwrap_or((left, Default::default()));
        chunks.push(Written { bytes: token_chunk(chunk, &columns), rows: chunk.len() });
        left = behind;
    }
    if !tokens.is_empty() {
        chunks.push(Written { bytes: index_chunk(tokens), rows: 0 });
    }
    Ok(chunks)
}

/// How many of these rows make one chunk: at least one.
fn fitting(rows: &[Row<'_>], columns: &Columns) -> usize {
    let mut bytes = 0;
    let fits = rows.iter().take(MOST_ROWS).take_while(|row| {
        bytes += ROW_BYTES
            + columns.notes.own_bytes(row.note)
            + columns.policies.own_bytes(row.policy)
            + columns.extras.own_bytes(row.extra_data)
            + columns.invalidations.own_bytes(row.invalidation);
        bytes <= MOST_BYTES
    });
    fits.count().max(1)
}

fn dictionary_chunk(rest: Vec<u8>, distinct: &Distinct<'_>, parts: &Parts<'_>, columns: &Columns) -> Vec<u8> {
    let mut chunk = ChunkWriter::new(Kind::Dictionary, 0);
    chunk.set(REST, rest);
    chunk.set(OWNERS, names(&distinct.owners));
    chunk.set(GENERATORS, names(&distinct.generators));
    chunk.set(PREFIXES, names(&distinct.prefixes));
    chunk.set(SITES, names(&distinct.sites));
    chunk.set(REPLICAS, distinct.replicas.values().flat_map(|replica| *replica.as_bytes()).collect());
    chunk.set(SOURCES, distinct.sources.values().flat_map(source_bytes).collect());
    chunk.set(PARTS, list(parts.list().iter().map(|part| part.as_bytes())));
    for (column, placed) in [
        (POLICIES, &columns.policies),
        (NOTES, &columns.notes),
        (EXTRAS, &columns.extras),
        (INVALIDATIONS, &columns.invalidations),
    ] {
        chunk.set(column, list(placed.shared.iter().map(Vec::as_slice)));
    }
    chunk.finish()
}

fn names(names: &Interner<&str, &str>) -> Vec<u8> {
    list(names.values().map(|name| name.as_bytes()))
}

fn token_chunk(rows: &[Row<'_>], columns: &Columns) -> Vec<u8> {
    let mut chunk = ChunkWriter::new(Kind::Tokens, rows.len());
    chunk.set(UID, rows.iter().flat_map(|row| *row.token.uid.as_bytes()).collect());
    chunk.set(DIGEST, rows.iter().flat_map(|row| *row.token.digest.as_bytes()).collect());
    chunk.set(NUMBER, deltas(rows.iter().map(|row| row.token.number as i64)));
    chunk.set(FLAGS, packed_column(rows, |row| flags(row.token)));
    chunk.set(OWNER, packed_column(rows, |row| row.owner));
    chunk.set(GENERATOR, packed_column(rows, |row| row.generator));
    chunk.set(PREFIX, packed_column(rows, |row| row.prefix));
    chunk.set(LAST_FOUR, place_column(rows, last_four));
    chunk.set(SITE, packed_column(rows, |row| row.site));
    chunk.set(TIME_ADDED, deltas(rows.iter().map(|row| row.token.time_added.timestamp_micros())));
    let updated_later = |token: &Token| Some(token.last_updated).filter(|at| *at != token.time_added);
    chunk.set(LAST_UPDATED, distance_column(rows, updated_later));
    chunk.set(LAST_USED, distance_column(rows, |token| token.last_used));
    chunk.set(EXPIRES, distance_column(rows, |token| token.expires));
    chunk.set(NOTE, place_column(rows, |row| columns.notes.at(row.note)));
    chunk.set(POLICY, place_column(rows, |row| columns.policies.at(row.policy)));
    chunk.set(SOURCE, packed_column(rows, |row| row.source));
    chunk.set(EXTRA_DATA, place_column(rows, |row| columns.extras.at(row.extra_data)));
    chunk.set(INVALIDATION, place_column(rows, |row| columns.invalidations.at(row.invalidation)));
    chunk.set(REPLACES, place_column(rows, |row| link(row.token.replaces.as_ref())));
    chunk.set(REPLACED_BY, place_column(rows, |row| link(row.token.replaced_by.as_ref())));
    chunk.finish()
}

fn packed_column(rows: &[Row<'_>], value: impl Fn(&Row<'_>) -> u32) -> Vec<u8> {
    packed(&rows.iter().map(value).collect::<Vec<_>>(), 0)
}

fn distance_column(rows: &[Row<'_>], instant: impl Fn(&Token) -> Option<Timestamp>) -> Vec<u8> {
    distances(rows.iter().map(|row| {
        let instant = instant(row.token).map(|instant| instant.timestamp_micros());
        (row.token.time_added.timestamp_micros(), instant)
    }))
}

fn place_column<'r, 'w>(rows: &'r [Row<'w>], place: impl Fn(&'r Row<'w>) -> Place<&'r [u8]>) -> Vec<u8> {
    places(&rows.iter().map(place).collect::<Vec<_>>())
}

fn last_four<'r>(row: &'r Row<'_>) -> Place<&'r [u8]> {
    row.token.fingerprint.last_four.as_deref().map_or(Place::Shared(0), |text| Place::Own(text.as_bytes()))
}

fn link(uid: Option<&TokenUid>) -> Place<&[u8]> {
    uid.map_or(Place::Shared(0), |uid| Place::Own(uid.as_bytes()))
}

fn flags(token: &Token) -> u32 {
    let flags = [
        (token.valid, VALID),
        (token.auto_generated, AUTO_GENERATED),
        (token.standing == Standing::Uncertain, UNCERTAIN),
        (token.doubted, DOUBTED),
    ];
    flags.into_iter().filter(|(holds, _)| *holds).fold(0, |all, (_, flag)| all | flag)
}

/// Writes which version of the library a policy is.
fn source_bytes(source: &PolicySource) -> Vec<u8> {
    let PolicySource { policy, version, saved_by } = source;
    let mut bytes = policy.as_bytes().to_vec();
    bytes.extend(saved_by.replica.as_bytes());
    bytes.extend(version.to_le_bytes());
    bytes.extend(saved_by.sequence.to_le_bytes());
    bytes
}

/// Writes what is known of a token's end: which of date (1) and act (2) there are, then these, then the reason.
fn invalidation_bytes(invalidation: &Invalidation<'_>, parts: &Parts<'_>) -> Vec<u8> {
    let Invalidation { date, act, reason } = invalidation;
    let mut bytes = vec![u8::from(date.is_some()) | (u8::from(act.is_some()) << 1)];
    if let Some(date) = date {
        put_varint(&mut bytes, zigzag(*date));
    }
    if let Some((replica, sequence)) = act {
        put_varint(&mut bytes, u64::from(*replica));
        put_varint(&mut bytes, *sequence);
    }
    bytes.extend(parts.text(reason));
    bytes
}
