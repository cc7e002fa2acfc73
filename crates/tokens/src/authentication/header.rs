//! What an `Authorization` header holds.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use crate::secret::TokenSecret;

/// What the value of an `Authorization` header logs in with.
#[derive(Debug)]
pub enum Credential {
    /// The text of an API token; it may be empty, and then it is that of no token.
    Token(TokenSecret),
    /// A user name and a password, which only a server can check.
    Password,
    /// A token of OAuth 2, which only a server can check; an API token in its place fails like a wrong password.
    OAuth,
    /// Nothing that a scheme recognizes: the request goes on as anonymous, and even resources that are open to
    /// anonymous users refuse it.
    Unrecognized,
}

impl Credential {
    /// Reads the value of an `Authorization` header.
    ///
    /// A scheme is spelled exactly, and one space stands between it and the rest, in which there is no other.
    ///
    /// ```
    /// use tollgate_tokens::Credential;
    ///
    /// assert!(matches!(Credential::of_header("token rbp_example"), Credential::Token(_)));
    /// assert!(matches!(Credential::of_header("Token rbp_example"), Credential::Unrecognized));
    /// assert!(matches!(Credential::of_header("token rbp_example "), Credential::Unrecognized));
    /// ```
    #[must_use]
    pub fn of_header(authorization: &str) -> Self {
        let Some((scheme, rest)) = authorization.split_once(' ') else { return Self::Unrecognized };
        match scheme {
            "token" if !rest.contains(' ') => Self::Token(TokenSecret::new(rest.to_owned())),
            "Basic" if holds_name_and_password(rest) => Self::Password,
            "Bearer" => Self::OAuth,
            _ => Self::Unrecognized,
        }
    }
}

/// Whether a text is base 64 of something with a colon in it.
fn holds_name_and_password(encoded: &str) -> bool {
    STANDARD.decode(encoded).is_ok_and(|decoded| Zeroizing::new(decoded).contains(&b':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(authorization: &str, expected: &str) {
        let shown = match Credential::of_header(authorization) {
            Credential::Token(secret) => format!("the token `{}`", secret.expose_once().as_str()),
            Credential::Password => "a password".to_owned(),
            Credential::OAuth => "OAuth 2".to_owned(),
            Credential::Unrecognized => "nothing".to_owned(),
        };
        assert_eq!(shown, expected, "{authorization:?}");
    }

    #[test]
    fn a_token_stands_behind_its_scheme_and_one_space() {
        check("token rbp_example", "the token `rbp_example`");
        check("token ", "the token ``");
        check("token \"x\"", "the token `\"x\"`");
        check("token x\u{a0}", "the token `x\u{a0}`");
        for other in ["", " ", "token", "Token x", "TOKEN x", "token  x", " token x", "token x ", "token x y"] {
            check(other, "nothing");
        }
        for other in ["token\tx", "token:x", "token=x", "tokens x", "rbp_example", "token, token x", "Digest x"] {
            check(other, "nothing");
        }
    }

    #[test]
    fn a_password_is_told_from_a_malformed_one() {
        check("Basic YTpi", "a password");
        check("Basic YWxpY2U6YWxpY2U=", "a password");
        for malformed in ["Basic", "Basic ", "Basic !!!", "basic YTpi", "Basic YWxpY2U=", "Basic YTpi YTpi"] {
            check(malformed, "nothing");
        }
    }

    #[test]
    fn bearer_is_of_oauth() {
        check("Bearer x", "OAuth 2");
        check("bearer x", "nothing");
        check("Bearer", "nothing");
    }
}
