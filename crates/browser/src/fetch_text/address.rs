//! Addresses that may be fetched from.

use url::{Host, Url};

use super::error::FetchError;

/// The address of a server's answer, looked at before anybody is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    text: String,
    origin: String,
    is_own: bool,
}

impl Address {
    /// Reads what was typed; `page_origin` is where the page itself comes from, such as `https://example.com`.
    ///
    /// Plain http is for this machine, and for the page's own origin, whose program came the same way.
    pub(super) fn of(typed: &str, page_origin: &str) -> Result<Self, FetchError> {
        let typed = typed.trim();
        let text = typed.split_once('#').map_or(typed, |(address, _)| address);
        // Browsers drop some of these and read `\` as `/`, and so would ask another host than the one read here.
        let is_odd = |character: char| character.is_whitespace() || character.is_control() || character == '\\';
        if text.contains(is_odd) {
            return Err(FetchError::NotAnAddress);
        }
        // What browsers would repair is asked for anew: nobody shall wonder who was asked.
        let has_host = text.split_once("://").is_some_and(|(_, rest)| !rest.starts_with('/'));
        let url = Url::parse(text).ok().filter(|url| has_host && matches!(url.scheme(), "http" | "https"));
        let url = url.ok_or(FetchError::NotAnAddress)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(FetchError::HoldsLogin);
        }
        let origin = url.origin().ascii_serialization();
        let is_own = origin == page_origin;
        if url.scheme() == "http" && !is_own && !is_this_machine(&url) {
            return Err(FetchError::PlainHttp);
        }
        Ok(Self { text: text.to_owned(), origin, is_own })
    }

    /// The address itself, without a fragment.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// The address without its query, which may hold what is nobody else's business.
    pub(super) fn without_query(&self) -> &str {
        self.text.split_once('?').map_or(&self.text, |(address, _)| address)
    }

    /// Scheme, host and port.
    pub(super) fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether it is where the page itself comes from.
    pub(super) fn is_own(&self) -> bool {
        self.is_own
    }
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "https://reviews.example.com";

    fn refusal(typed: &str) -> FetchError {
        Address::of(typed, PAGE).unwrap_err()
    }

    #[test]
    fn https_may_be_asked_anywhere() {
        for typed in ["https://reviews.example.com/api/", "HTTPS://other.example:8443", "https://[2001:db8::1]/api/"] {
            assert_eq!(Address::of(typed, PAGE).unwrap().as_str(), typed);
        }
    }

    #[test]
    fn what_is_no_address_of_a_server_is_refused() {
        let typed = [
            "",
            "reviews.example.com/api/",
            "/api/",
            "ftp://example.com/api/",
            "javascript:alert(1)",
            "data:application/json,{}",
            "file:///etc/hosts",
            "https:example.com",
            "https:///api/",
            "https://:443/api/",
            "https://example.com /api/",
            "https://example.com\\@localhost/",
            "https://exam\nple.com/",
            "elsewhere?to=https://example.com/",
        ];
        for typed in typed {
            assert_eq!(refusal(typed), FetchError::NotAnAddress, "{typed}");
        }
    }

    #[test]
    fn a_login_in_an_address_is_refused() {
        assert_eq!(refusal("https://me:secret@example.com/api/"), FetchError::HoldsLogin);
        assert_eq!(refusal("http://localhost@example.com/api/"), FetchError::HoldsLogin);
        assert!(Address::of("https://example.com/api/?mail=a@b", PAGE).is_ok());
    }

    #[test]
    fn plain_http_stays_on_this_machine() {
        let here = [
            "http://localhost/api/",
            "http://LOCALHOST:8080/",
            "http://a.localhost",
            "http://127.9.9.9/",
            "http://[::1]:80/",
        ];
        for typed in here {
            assert!(Address::of(typed, PAGE).is_ok(), "{typed}");
        }
        let elsewhere = [
            "http://reviews.example.com/api/",
            "http://127.0.0.1.example.com/",
            "http://localhost.example.com/",
            "http://notlocalhost/",
            "http://128.0.0.1/",
            "http://[::2]/",
        ];
        for typed in elsewhere {
            assert_eq!(refusal(typed), FetchError::PlainHttp, "{typed}");
        }
    }

    #[test]
    fn the_page_may_ask_where_it_came_from() {
        let own = Address::of("http://Reviews.local/api/", "http://reviews.local").unwrap();
        assert!(own.is_own());
        assert!(Address::of("https://reviews.example.com:443/api/", PAGE).unwrap().is_own());
        assert!(!Address::of("https://reviews.example.com:444/api/", PAGE).unwrap().is_own());
        assert_eq!(Address::of("http://reviews.local:81/api/", "http://reviews.local"), Err(FetchError::PlainHttp));
    }

    #[test]
    fn what_is_kept_of_an_address_has_no_query_and_no_fragment() {
        let address = Address::of(" https://example.com/api/?key=secret#part ", PAGE).unwrap();
        assert_eq!(address.as_str(), "https://example.com/api/?key=secret");
        assert_eq!(address.without_query(), "https://example.com/api/");
        assert_eq!(address.origin(), "https://example.com");
        assert_eq!(Address::of("https://example.com?key=secret", PAGE).unwrap().without_query(), "https://example.com");
    }
}
