//! `cargo xtask serve`.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;

use anyhow::{Context, Result, anyhow};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::ACCEPT;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse as _, Response};

use super::site::{Answer, Site};
use crate::page::{self, Profile};
use crate::project::Project;
use crate::run::{Call, say};

/// Build the page and serve it on this machine
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Open the page in the browser
    #[arg(long)]
    open: bool,
    /// The port to serve on
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Build without optimizing: sooner ready, but larger and slower
    #[arg(long)]
    debug: bool,
}

/// Builds the page and serves it until the process is ended.
///
/// # Errors
///
/// The port is in use, a tool is missing and cannot be installed, or the build fails.
pub(crate) fn serve(project: &Project, options: &Options) -> Result<()> {
    // Said before the build, which may take minutes.
    drop(listen(options.port)?);
    page::build(project, if options.debug { Profile::Debug } else { Profile::Release })?;

    let site = Arc::new(Site::open(project.dist())?);
    let listener = listen(options.port)?;
    let port = listener.local_addr().context("could not read the port")?.port();
    let url = format!("http://127.0.0.1:{port}/");
    println!("Tollgate is at {url} (Ctrl-C ends it)");
    if options.open {
        open(&url);
    }
    answer_all(listener, site).context("could not serve")
}

/// On one thread, as there is one reader.
fn answer_all(listener: TcpListener, site: Arc<Site>) -> std::io::Result<()> {
    listener.set_nonblocking(true)?;
    tokio::runtime::Builder::new_current_thread().enable_io().build()?.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        axum::serve(listener, axum::Router::new().fallback(respond).with_state(site)).await
    })
}

fn listen(port: u16) -> Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| {
        let other = port.checked_add(1).unwrap_or(8080);
        let choose = format!("choose another with `cargo xtask serve --port {other}`");
        match error.kind() {
            ErrorKind::AddrInUse => anyhow!("port {port} is in use: {choose}"),
            _ => anyhow!("port {port} cannot be served on ({error}): {choose}"),
        }
    })
}

/// In its own thread: some openers end only with the browser.
fn open(url: &str) {
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let call = Call::new(opener).arg(url);
    std::thread::spawn(move || {
        if let Err(error) = call.output() {
            say(&format!("could not open a browser: {error:#}"));
        }
    });
}

async fn respond(State(site): State<Arc<Site>>, request: Request) -> Response {
    let answer = match *request.method() {
        Method::GET | Method::HEAD => site.answer(&request.uri().to_string(), accepted(&request)),
        _ => Answer::refusal(405, "only GET and HEAD are answered here\n"),
    };
    let response = Response::builder().status(answer.status);
    let response = answer.headers.iter().fold(response, |response, (name, value)| response.header(name, value));
    // Of what is sent only the headers file of the page is not our own text.
    response.body(Body::from(answer.body)).unwrap_or_else(|error| {
        let words = format!("a header of this page cannot be sent ({error}): build it anew\n");
        (StatusCode::INTERNAL_SERVER_ERROR, words).into_response()
    })
}

fn accepted(request: &Request) -> &str {
    request.headers().get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default()
}
