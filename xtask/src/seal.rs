//! Finishes a page that Trunk has just built: splits its program, bundles the policy editor, writes a content security
//! policy that names exactly the scripts that it holds, and tells the service worker which files make up the page.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::project::Project;
use crate::{csp, editor, headers, html, service_worker, split};

/// Names the origins that the page may ask beside its own, apart by spaces: the choice of whoever builds it.
const SERVERS: &str = "TOLLGATE_CONNECT";

/// Splits the staged program, puts the editor beside it, writes the policy into `index.html`, the response headers into
/// a file beside it, and the list of files into the service worker of a release page.
///
/// # Errors
///
/// Trunk is not the caller, the page is not what it should be, `TOLLGATE_CONNECT` holds something else than origins, or
/// a file cannot be written.
pub(crate) fn seal_staged_page(project: &Project) -> Result<()> {
    let staged = std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    let staged = staged.context("TRUNK_STAGING_DIR is not set: Trunk calls this at the end of a build")?;
    let is_release = std::env::var_os("TRUNK_PROFILE").is_some_and(|profile| profile == "release");
    split::split_staged_program(project, &staged, is_release)?;
    editor::bundle_into(project, &staged)?;
    let file = staged.join("index.html");
    let page = fs::read_to_string(&file).with_context(|| format!("could not read {}", file.display()))?;
    let scripts = html::inline_scripts(&page);
    let sealed = csp::with_meta(&page, &letting_servers_in(&csp::for_page(&scripts))?)
        .context("index.html needs a `<meta charset>` before its first script: the policy goes there")?;
    fs::write(&file, sealed).with_context(|| format!("could not write {}", file.display()))?;
    let headers = headers::file_text(&letting_servers_in(&csp::for_header(&scripts))?);
    fs::write(staged.join(headers::FILE), headers).context("could not write the response headers")?;
    if is_release { service_worker::write_list(&staged) } else { Ok(()) }
}

/// A policy with the origins that the environment names.
fn letting_servers_in(policy: &str) -> Result<String> {
    let origins = std::env::var(SERVERS).unwrap_or_default();
    csp::with_servers(policy, &origins)
        .with_context(|| format!("{SERVERS} takes origins such as https://reviews.example.com, apart by spaces"))
}
