//! Why no text came from an address, and what to do about it.

/// Why no text came from an address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FetchError {
    /// What was typed is no address of http or https.
    #[error("this is no address of a server")]
    NotAnAddress,
    /// There is a name or a password before the host.
    #[error("the address holds a name or a password")]
    HoldsLogin,
    /// Plain http to a server that is neither this machine nor the page's own.
    #[error(
        "plain http is used for servers on this device only, because what comes could have been changed on its way"
    )]
    PlainHttp,
    /// The content security policy of the page does not name that server.
    #[error("the policy of this page does not let it ask {origin}")]
    Forbidden {
        /// Scheme, host and port that were asked for.
        origin: String,
    },
    /// The browser says that there is no network.
    #[error("this device is offline")]
    Offline,
    /// The page's own server did not answer.
    #[error("the server did not answer ({cause})")]
    NoAnswer {
        /// The browser's reason.
        cause: String,
    },
    /// Another server did not answer, or not for this page; browsers do not tell which.
    #[error("the server did not answer, or does not let this page read what it answers ({cause})")]
    Unreadable {
        /// The browser's reason.
        cause: String,
    },
    /// The server leads to another address.
    #[error("the server leads to another address, and redirects are not followed")]
    Redirect,
    /// The server answered with a status that is no success.
    #[error("the server answered with status {status}")]
    Status {
        /// The status of HTTP.
        status: u16,
    },
    /// A page for people came.
    #[error("a web page came instead of JSON")]
    WebPage,
    /// Nothing came.
    #[error("the answer is empty")]
    Empty,
    /// More came than is read.
    #[error("the answer has more than 32 MiB")]
    TooLong,
    /// What came is not UTF-8.
    #[error("the answer is no text in UTF-8")]
    NotText,
    /// The caller thought better of it.
    #[error("fetching was canceled")]
    Canceled,
    /// Nothing came for too long.
    #[error("nothing came for 20 seconds")]
    TimedOut,
}

impl FetchError {
    /// What to do, as a sentence without a full stop.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::NotAnAddress => "Write it as https://reviews.example.com/api/",
            Self::HoldsLogin => "Take both out, and log in to that server in another tab",
            Self::PlainHttp => "Write https:// in front, or take the document from a file",
            Self::Forbidden { .. } => {
                "Whoever serves this page can add that server to connect-src; until then, open the address in another \
                 tab, and take what comes from a file"
            }
            Self::Offline => "Fetch again once there is a network, or take the document from a file",
            Self::NoAnswer { .. } => "See whether the server runs, and fetch again",
            Self::Unreadable { .. } => {
                "See whether the server runs and allows this page by CORS, or open the address in another tab, and take \
                 what comes from a file"
            }
            Self::Redirect => {
                "Open the address in another tab, and fetch the one that it ends at; often only the last / is missing"
            }
            Self::Status { status: 401 | 403 } => {
                "Log in to that server first, in another tab, or take the document from a file"
            }
            Self::Status { status: 404 | 410 } => "Is this the root of an API? It often ends with /api/",
            Self::Status { .. } => "Fetch again later, or take the document from a file",
            Self::WebPage | Self::Empty | Self::NotText => {
                "Is this the root of an API, or an OpenAPI document as JSON? The server may also ask for a login first"
            }
            Self::TooLong => "Take the address of a smaller document",
            Self::Canceled | Self::TimedOut => "Fetch again, or take the document from a file",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_says_what_it_means_for_whoever_fetches() {
        let said = |status: u16| FetchError::Status { status }.help();
        assert!(said(401).contains("Log in") && said(403).contains("Log in"));
        assert!(said(404).contains("root of an API"));
        assert!(said(503).contains("later"));
    }

    #[test]
    fn a_refusal_of_the_policy_names_the_server_and_the_way_around() {
        let error = FetchError::Forbidden { origin: "https://other.example".to_owned() };
        assert_eq!(error.to_string(), "the policy of this page does not let it ask https://other.example");
        assert!(error.help().contains("connect-src") && error.help().contains("file"));
    }
}
