//! Checking and making the texts of tokens.

use serde::{Deserialize, Serialize};
use tollgate_tokens::checked::{TokenError, check_token_type};
use tollgate_tokens::{
    Entropy, Fingerprint, GeneratorRegistry, Timestamp, TokenDigest, TokenGenerator, TokenInfo, VendorChecksum,
};

use crate::error::ErrorShape;

/// A text that may be a token.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckTokenCall {
    /// The text.
    pub token: String,
    /// The type that the text should start with; Review Board's own when it is left out.
    #[serde(default)]
    pub token_type: Option<String>,
}

/// What a text is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum CheckTokenAnswer {
    /// It has the form of a generator's tokens. That proves nothing about its being valid.
    Recognized {
        /// The generator.
        generator: String,
        /// Whether new tokens are no longer made with it.
        deprecated: bool,
        /// SHA-256 of the text, as 64 hexadecimal digits.
        digest: String,
        /// The vendor prefix, if the generator has one.
        prefix: Option<String>,
        /// The last four characters, of texts of 32 characters or more.
        last_four: Option<String>,
    },
    /// No generator makes such texts.
    Unrecognized,
}

/// What kind of token to make.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GenerateTokenCall {
    /// The generator; the default one when it is left out.
    #[serde(default)]
    pub generator: Option<String>,
    /// The type that the text starts with; Review Board's own when it is left out.
    #[serde(default)]
    pub token_type: Option<String>,
    /// Made by a program rather than at a user's request; false when it is left out.
    #[serde(default)]
    pub auto_generated: bool,
}

/// A token that was made, or why none was. It holds a secret, so it cannot be printed.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum GenerateTokenAnswer {
    /// A new token. Nobody keeps the secret but the caller.
    Generated {
        /// The secret.
        token: String,
        /// The generator.
        generator: String,
        /// SHA-256 of the secret, as 64 hexadecimal digits: what may be kept.
        digest: String,
        /// The vendor prefix, if the generator has one.
        prefix: Option<String>,
        /// The last four characters.
        last_four: Option<String>,
        /// What the call said, to be kept with the token: the text does not tell.
        auto_generated: bool,
    },
    /// None was made.
    Refused {
        /// Why.
        error: ErrorShape,
    },
}

/// Says which generator makes such texts. Linear in the text's length.
///
/// ```
/// use tollgate_js_api::{CheckTokenAnswer, CheckTokenCall, check_token};
///
/// let call = CheckTokenCall { token: "hello".to_owned(), token_type: None };
/// assert_eq!(check_token(&call), CheckTokenAnswer::Unrecognized);
/// ```
#[must_use]
pub fn check_token(call: &CheckTokenCall) -> CheckTokenAnswer {
    let registry = GeneratorRegistry::built_in();
    let info = info(call.token_type.as_deref());
    let maker = registry.iter().find(|generator| generator.has_format(&call.token, &info) == Ok(true));
    let Some(generator) = maker else { return CheckTokenAnswer::Unrecognized };
    let secret = tollgate_tokens::TokenSecret::new(call.token.clone());
    let Fingerprint { prefix, last_four } = secret.fingerprint(generator.vendor_prefix(&info).as_deref());
    CheckTokenAnswer::Recognized {
        generator: generator.id().to_owned(),
        deprecated: registry.is_deprecated(generator.id()),
        digest: TokenDigest::of(&call.token).to_string(),
        prefix,
        last_four,
    }
}

/// Makes the text of a token; a generator that is deprecated or unknown is refused, and so is a type that leaves no
/// room for entropy.
#[must_use]
pub fn generate_token(call: &GenerateTokenCall, entropy: &dyn Entropy, now: Timestamp) -> GenerateTokenAnswer {
    if let Some(Err(error)) = call.token_type.as_deref().map(check_token_type) {
        return refused(&error);
    }
    let registry = GeneratorRegistry::built_in();
    let id = call.generator.clone().unwrap_or_else(|| registry.default_generator().id().to_owned());
    match registry.get(&id).filter(|_| !registry.is_deprecated(&id)) {
        Some(generator) => made_by(generator, call, entropy, now),
        None => refused(&TokenError::Generator(id)),
    }
}

fn made_by(
    generator: &dyn TokenGenerator,
    call: &GenerateTokenCall,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> GenerateTokenAnswer {
    let info = info(call.token_type.as_deref());
    let secret = match generator.create(&info, entropy, now) {
        Ok(secret) => secret,
        Err(error) => return refused(&TokenError::Generate(error.into())),
    };
    let digest = secret.digest().to_string();
    let Fingerprint { prefix, last_four } = secret.fingerprint(generator.vendor_prefix(&info).as_deref());
    let generator = generator.id().to_owned();
    // The one time that the secret is shown: JavaScript gets a copy, and ours is wiped here.
    let token = secret.expose_once().to_string();
    GenerateTokenAnswer::Generated { token, generator, digest, prefix, last_four, auto_generated: call.auto_generated }
}

fn info(token_type: Option<&str>) -> TokenInfo {
    VendorChecksum::info(token_type.unwrap_or(VendorChecksum::REVIEW_BOARD_TYPE))
}

fn refused(error: &TokenError) -> GenerateTokenAnswer {
    let error = ErrorShape {
        code: error.code(),
        message: error.to_string(),
        help: error.help().to_owned(),
        labels: Vec::new(),
    };
    GenerateTokenAnswer::Refused { error }
}

#[cfg(test)]
mod tests {
    use tollgate_tokens::test_support::{CountingEntropy, noon};

    use super::*;

    fn generate(generator: Option<&str>) -> GenerateTokenAnswer {
        let call = GenerateTokenCall { generator: generator.map(str::to_owned), ..GenerateTokenCall::default() };
        generate_token(&call, &CountingEntropy::scrambled(1), noon())
    }

    #[test]
    fn generated_token_is_recognized() {
        let GenerateTokenAnswer::Generated { token, generator, digest, prefix, last_four, .. } = generate(None) else {
            panic!("no token was made");
        };
        assert_eq!(token.len(), 255);
        let answer = check_token(&CheckTokenCall { token, token_type: None });
        assert_eq!(answer, CheckTokenAnswer::Recognized { generator, deprecated: false, digest, prefix, last_four });
    }

    #[test]
    fn answer_says_whether_a_program_made_the_token() {
        for (call, expected) in [("{}", false), (r#"{"autoGenerated": true}"#, true)] {
            let call: GenerateTokenCall = serde_json::from_str(call).unwrap();
            let answer = generate_token(&call, &CountingEntropy::scrambled(1), noon());
            assert_eq!(serde_json::to_value(answer).unwrap()["autoGenerated"], expected);
        }
    }

    #[test]
    fn deprecated_and_unknown_generators_are_refused() {
        for id in ["legacy_sha1", "of_an_extension"] {
            let answer = serde_json::to_value(generate(Some(id))).unwrap();
            assert_eq!(answer["type"], "refused", "{id}");
            assert_eq!(answer["error"]["code"], "T0107", "{id}");
            assert_eq!(answer["error"]["help"], "use `vendor_checksum`", "{id}");
        }
    }

    #[test]
    fn a_type_that_leaves_no_entropy_is_refused() {
        for token_type in ["", "r_b", &"x".repeat(33), &"x".repeat(248)] {
            let call = GenerateTokenCall { token_type: Some(token_type.to_owned()), ..GenerateTokenCall::default() };
            let answer = generate_token(&call, &CountingEntropy::scrambled(1), noon());
            let answer = serde_json::to_value(answer).unwrap();
            assert_eq!(answer["error"]["code"], "T0110", "{token_type}");
        }
    }

    #[test]
    fn old_tokens_are_recognized_as_deprecated() {
        let call = CheckTokenCall { token: "0123456789abcdef0123456789abcdef01234567".to_owned(), token_type: None };
        let answer = serde_json::to_value(check_token(&call)).unwrap();
        assert_eq!(answer["generator"], "legacy_sha1");
        assert_eq!(answer["deprecated"], true);
        assert_eq!(answer["lastFour"], "4567");
    }
}
