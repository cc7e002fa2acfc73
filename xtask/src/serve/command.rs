//! `cargo xtask serve`.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};

use anyhow::{Context, Result, anyhow};
use tiny_http::{Header, Method, Request, Response, Server};

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

    let site = Site::open(project.dist())?;
    let listener = listen(options.port)?;
    let port = listener.local_addr().context("could not read the port")?.port();
    let server = Server::from_listener(listener, None).map_err(|error| anyhow!("could not serve: {error}"))?;
    let url = format!("http://127.0.0.1:{port}/");
    println!("Tollgate is at {url} (Ctrl-C ends it)");
    if options.open {
        open(&url);
    }
    // A thread each: a browser may leave a large answer unread until it has another one.
    std::thread::scope(|scope| {
        for request in server.incoming_requests() {
            let site = &site;
            scope.spawn(move || respond(site, request));
        }
    });
    Ok(())
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

fn respond(site: &Site, request: Request) {
    let answer = match request.method() {
        Method::Get | Method::Head => site.answer(request.url(), accepted(&request)),
        _ => Answer::refusal(405, "only GET and HEAD are answered here\n"),
    };
    let mut response = Response::from_data(answer.body).with_status_code(answer.status);
    for (name, value) in answer.headers {
        if let Ok(header) = Header::from_bytes(name.as_bytes(), value.as_bytes()) {
            response.add_header(header);
        }
    }
    // A browser that went away meanwhile is no concern of ours.
    let _ = request.respond(response);
}

fn accepted(request: &Request) -> &str {
    let accept = request.headers().iter().find(|header| header.field.equiv("Accept"));
    accept.map_or("", |header| header.value.as_str())
}
