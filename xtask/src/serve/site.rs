//! The built page as a server sees it: which file answers which URL, under which headers.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::file_rules::{cache_control, media_type};
use super::url::segments;
use crate::headers::{self, Header};

const PAGE: &str = "index.html";

/// The folder that is served, with the headers that its own file asks for.
pub(super) struct Site {
    folder: PathBuf,
    headers: Vec<Header>,
}

/// What is sent back.
pub(super) struct Answer {
    /// The HTTP status.
    pub(super) status: u16,
    /// Every header but those of the transport.
    pub(super) headers: Vec<Header>,
    /// The content.
    pub(super) body: Vec<u8>,
}

impl Site {
    /// Reads the headers of a built page.
    ///
    /// # Errors
    ///
    /// The folder holds no sealed page.
    pub(super) fn open(folder: PathBuf) -> Result<Self> {
        let text = fs::read_to_string(folder.join(headers::FILE));
        let text = text.with_context(|| format!("{} holds no built page", folder.display()))?;
        Ok(Self { headers: headers::parse(&text), folder })
    }

    /// Answers a request for `url`, whose sender takes the media types of `accept`.
    ///
    /// Every place in the console is a URL of its own that the one page answers; a missing file is still missing.
    pub(super) fn answer(&self, url: &str, accept: &str) -> Answer {
        let Some(segments) = segments(url) else {
            return self.protected(Answer::refusal(400, "this path is not served\n"));
        };
        let name = segments.last().map_or(PAGE, String::as_str);
        let file = segments.iter().fold(self.folder.clone(), |file, segment| file.join(segment));
        if !segments.is_empty()
            && let Ok(body) = fs::read(file)
        {
            return self.file(name, body);
        }
        if media_type(name).is_some() && name != PAGE && !accept.contains("text/html") {
            return self.protected(Answer::refusal(404, "there is no such file\n"));
        }
        match fs::read(self.folder.join(PAGE)) {
            Ok(body) => self.file(PAGE, body),
            Err(_) => self.protected(Answer::refusal(503, "the page is being built: try again\n")),
        }
    }

    fn file(&self, name: &str, body: Vec<u8>) -> Answer {
        let headers = vec![
            header("Content-Type", media_type(name).unwrap_or("application/octet-stream")),
            header("Cache-Control", cache_control(name)),
        ];
        self.protected(Answer { status: 200, headers, body })
    }

    fn protected(&self, mut answer: Answer) -> Answer {
        answer.headers.extend_from_slice(&self.headers);
        answer
    }
}

impl Answer {
    /// A refusal in words.
    pub(super) fn refusal(status: u16, words: &str) -> Self {
        let headers = vec![header("Content-Type", "text/plain; charset=utf-8"), header("Cache-Control", "no-store")];
        Self { status, headers, body: words.as_bytes().to_vec() }
    }
}

fn header(name: &str, value: &str) -> Header {
    (name.to_owned(), value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A site of its own per test, removed at the end of it.
    struct Served(Site);

    impl Served {
        fn new(test: &str) -> Self {
            let folder = std::env::temp_dir().join(format!("tollgate-site-{test}-{}", std::process::id()));
            fs::create_dir_all(folder.join("icons")).unwrap();
            fs::write(folder.join(PAGE), "page").unwrap();
            fs::write(folder.join("icons/icon.svg"), "icon").unwrap();
            fs::write(folder.join(headers::FILE), headers::file_text("default-src 'none'")).unwrap();
            Self(Site::open(folder).unwrap())
        }

        #[track_caller]
        fn check(&self, url: &str, accept: &str, status: u16, body: &str) {
            let answer = self.0.answer(url, accept);
            assert_eq!((answer.status, String::from_utf8(answer.body).unwrap().as_str()), (status, body), "{url}");
            let has_policy = answer.headers.iter().any(|(name, _)| name == "Content-Security-Policy");
            assert!(has_policy, "{url} is answered without a policy");
        }
    }

    impl Drop for Served {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0.folder);
        }
    }

    #[test]
    fn every_place_is_answered_by_the_page() {
        let served = Served::new("places");
        for url in ["/", "/index.html", "/tokens", "/tokens/0123456789abcdef", "/people/john.doe", "/icons"] {
            served.check(url, "*/*", 200, "page");
        }
        served.check("/people/a.js", "text/html,*/*;q=0.8", 200, "page");
    }

    #[test]
    fn files_are_sent_as_they_are_and_missing_ones_are_missing() {
        let served = Served::new("files");
        served.check("/icons/icon.svg?1", "*/*", 200, "icon");
        served.check("/missing.wasm", "*/*", 404, "there is no such file\n");
    }

    #[test]
    fn nothing_outside_the_folder_is_served() {
        let served = Served::new("outside");
        served.check("/../Cargo.toml", "*/*", 400, "this path is not served\n");
        served.check("/%2e%2e/Cargo.toml", "text/html", 400, "this path is not served\n");
    }
}
