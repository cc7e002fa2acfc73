//! The vault worker: makes the key of a passphrase, away from the page, and ends.

fn main() {
    console_error_panic_hook::set_once();
    tollgate_browser::serve_vault();
}
