//! Token formats: base 62, checksums, whole tokens, and what counts as one.

use serde_json::Value;
use tollgate_tokens::test_support::{CountingEntropy, noon};
use tollgate_tokens::{
    GeneratorError, GeneratorRegistry, LegacySha1, LegacyUser, TokenGenerator as _, TokenInfo, VendorChecksum, base62,
    checksum,
};

use crate::harness::{Group, Outcome, field, same, text};

pub(crate) const GROUPS: [Group; 7] = [
    Group { name: "base62", replay: replay_base62 },
    Group { name: "checksums", replay: replay_checksum },
    Group { name: "created", replay: replay_created },
    Group { name: "validate", replay: replay_validate },
    Group { name: "create_edge_cases", replay: replay_edge_case },
    Group { name: "legacy_created", replay: replay_legacy_created },
    Group { name: "legacy_validate", replay: replay_legacy_validate },
];

type Replayed = Result<Outcome, String>;

fn replay_base62(row: &Value) -> Replayed {
    let number = row[0].as_u64().ok_or("no number")?;
    same("text", row[1].as_str().ok_or("no text")?, &base62(number))?;
    Ok(Outcome::Same)
}

fn replay_checksum(row: &Value) -> Replayed {
    let entropy = row[0].as_str().ok_or("no text")?;
    same(
        "CRC-32",
        row[1].as_u64().ok_or("no number")?,
        u64::from(crc::Crc::<u32>::new(&crc::CRC_32_ISO_HDLC).checksum(entropy.as_bytes())),
    )?;
    same("checksum", row[2].as_str().ok_or("no checksum")?, &checksum(entropy))?;
    Ok(Outcome::Same)
}

fn replay_created(row: &Value) -> Replayed {
    let ours = VendorChecksum::assemble(text(row, "token_type")?, text(row, "entropy")?);
    same("token", text(row, "token")?, &ours)?;
    let length = text(row, "entropy")?.chars().count();
    same("length of the entropy", length, VendorChecksum::entropy_length(text(row, "token_type")?))?;
    Ok(Outcome::Same)
}

fn replay_validate(row: &Value) -> Replayed {
    let info = field(row, "token_info")?.as_object().ok_or("no token info")?;
    let ours = VendorChecksum.has_format(text(row, "token")?, info);
    match row.get("valid").and_then(Value::as_bool) {
        Some(valid) => same("valid", Ok(valid), ours.map_err(|error| error.to_string()))?,
        None => same("crash", text(row, "crash")?, if ours.is_err() { "TypeError" } else { "an answer" })?,
    }
    Ok(Outcome::Same)
}

fn replay_edge_case(row: &Value) -> Replayed {
    let entropy = CountingEntropy::scrambled(1);
    if let Some(length) = row.get("long_token_type").and_then(Value::as_u64) {
        let token_type = "x".repeat(usize::try_from(length).map_err(|error| error.to_string())?);
        let secret = VendorChecksum
            .create(&VendorChecksum::info(&token_type), &entropy, noon())
            .map_err(|error| error.to_string())?
            .expose_once();
        same("length", field(row, "token_length")?.as_u64(), Some(secret.chars().count() as u64))?;
        let entropy_length = VendorChecksum::entropy_length(&token_type);
        let recorded_entropy = text(row, "token_tail")?.len() - 1 - 6;
        return same("length of the entropy", recorded_entropy, entropy_length).map(|()| Outcome::Same);
    }
    let registry = GeneratorRegistry::built_in();
    let generator = registry.get(text(row, "generator")?).ok_or("unknown generator")?;
    let info: &TokenInfo = field(row, "token_info")?.as_object().ok_or("no token info")?;
    let Err(GeneratorError::MissingKey { key }) = generator.create(info, &entropy, noon()) else {
        return Err("recorded a missing key, ours made a token or failed otherwise".to_owned());
    };
    same("error", text(row, "error")?, "KeyError")?;
    let names_key = text(row, "message")?.contains(&format!(" {key} key"));
    same("the key that is missing", true, names_key)?;
    Ok(Outcome::Same)
}

fn replay_legacy_created(row: &Value) -> Replayed {
    let user = LegacyUser {
        secret_key: text(row, "secret_key")?,
        user_id: field(row, "user_pk")?.as_u64().ok_or("no user id")?,
        password_hash: text(row, "user_password")?,
    };
    let attempt = field(row, "attempt")?.as_i64().ok_or("no attempt")?;
    same("token", text(row, "token")?, &LegacySha1::text(&user, attempt, text(row, "now")?))?;
    Ok(Outcome::Same)
}

fn replay_legacy_validate(row: &Value) -> Replayed {
    let ours = LegacySha1.has_format(text(row, "token")?, &TokenInfo::new()).map_err(|error| error.to_string())?;
    same("valid", field(row, "valid")?.as_bool(), Some(ours))?;
    Ok(Outcome::Same)
}
