//! Debian's packages, for the programs that are not built from source: browsers.

use anyhow::{Result, bail};

use crate::run::{Call, on_path, say};

/// Installs packages as root; others are told the command.
///
/// # Errors
///
/// This is not root, not a Debian machine, or a package cannot be had. `what` is what needs them, `instead` what else
/// can be done.
pub(super) fn install(packages: &[&str], what: &str, instead: &str) -> Result<()> {
    let is_root = Call::new("id").arg("-u").output().is_ok_and(|id| id.trim() == "0");
    let arguments = ["install", "-y", "--no-install-recommends"].iter().chain(packages).copied().collect::<Vec<_>>();
    if !is_root || on_path("apt-get").is_none() {
        let by_hand = format!("apt-get update && apt-get {}", arguments.join(" "));
        bail!("{what} need what only root can install; as root, run:\n  {by_hand}\nor {instead}");
    }
    say(&format!("installing {} from Debian's packages", packages.join(" and ")));
    Call::new("apt-get").arg("update").run()?;
    Call::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive").args(arguments).run()
}
