//! What somebody pasted who asks what a text is: a header, a token, or the end of one.

use super::Credential;
use crate::scan::tokens_in;
use crate::secret::TokenSecret;

/// What a pasted text is taken for. Spaces around it do not count.
#[derive(Debug)]
pub enum Pasted {
    /// An `Authorization` header, whole or without its name, as a server reads it.
    Header(Credential),
    /// One word, which is the text of a token if it is one.
    Token(TokenSecret),
    /// The first whole token of a longer text that is no such header: a line of a script, or a token in quotes.
    Within(TokenSecret),
    /// What may be the last four characters of a token.
    LastFour(String),
    /// Nothing at all.
    Nothing,
}

impl Pasted {
    /// Reads a pasted text. Linear in its length.
    ///
    /// ```
    /// use tollgate_tokens::{Credential, Pasted};
    ///
    /// assert!(matches!(Pasted::read("Authorization: token rbp_example"), Pasted::Header(Credential::Token(_))));
    /// assert!(matches!(Pasted::read("rbp_example"), Pasted::Token(_)));
    /// assert!(matches!(Pasted::read("mple"), Pasted::LastFour(_)));
    /// ```
    #[must_use]
    pub fn read(text: &str) -> Self {
        let text = text.trim();
        let named = header_value(text);
        let value = named.unwrap_or(text);
        match Credential::of_header(value) {
            Credential::Unrecognized => {}
            credential => return Self::Header(credential),
        }
        let secret = |token: &str| TokenSecret::new(token.to_owned());
        match tokens_in(value).next() {
            Some(token) if token != value => return Self::Within(secret(token)),
            _ if named.is_some() || value.contains(char::is_whitespace) => {
                return Self::Header(Credential::Unrecognized);
            }
            _ => {}
        }
        match value.chars().count() {
            0 => Self::Nothing,
            4 => Self::LastFour(value.to_owned()),
            _ => Self::Token(secret(value)),
        }
    }
}

/// The value of a whole `Authorization` header. Its name is spelled in either case.
fn header_value(text: &str) -> Option<&str> {
    let (name, value) = text.split_once(':')?;
    name.trim().eq_ignore_ascii_case("authorization").then(|| value.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generator::VendorChecksum;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let shown = |secret: TokenSecret| secret.expose_once().as_str().to_owned();
        let read = match Pasted::read(text) {
            Pasted::Header(Credential::Token(secret)) => format!("header {}", shown(secret)),
            Pasted::Header(Credential::Password) => "password".to_owned(),
            Pasted::Header(Credential::OAuth) => "OAuth 2".to_owned(),
            Pasted::Header(Credential::Unrecognized) => "no credentials".to_owned(),
            Pasted::Token(secret) => format!("token {}", shown(secret)),
            Pasted::Within(secret) => format!("within {}", shown(secret)),
            Pasted::LastFour(last_four) => format!("last four {last_four}"),
            Pasted::Nothing => "nothing".to_owned(),
        };
        assert_eq!(read, expected, "{text:?}");
    }

    #[test]
    fn a_header_is_read_with_its_name_and_without() {
        for header in ["Authorization: token x_y", "authorization:token x_y", " token x_y\r\n"] {
            check(header, "header x_y");
        }
        check("Authorization: Basic YTpi", "password");
        check("Bearer x", "OAuth 2");
        for other in ["Authorization: Token x", "Authorization: x", "Authorization:", "two words", "token x y"] {
            check(other, "no credentials");
        }
    }

    #[test]
    fn one_word_is_a_token_or_the_end_of_one() {
        check("x_y_z", "token x_y_z");
        check(" token ", "token token");
        check("aB3_", "last four aB3_");
        check("äöüß", "last four äöüß");
        check("   ", "nothing");
        check("", "nothing");
    }

    #[test]
    fn a_whole_token_is_found_within_a_text() {
        let token = VendorChecksum::assemble("rbp", &"q".repeat(VendorChecksum::entropy_length("rbp")));
        check(&token, &format!("token {token}"));
        check(&format!("token {token}"), &format!("header {token}"));
        for around in [
            format!("\"{token}\""),
            format!("curl -H 'Authorization: token {token}' https://example.com/api/"),
            format!("Authorization: Token {token}"),
            format!("RBTOOLS_TOKEN={token}"),
        ] {
            check(&around, &format!("within {token}"));
        }
    }
}
