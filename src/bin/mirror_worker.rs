//! The mirror worker: keeps the second copy of the journal in a file, where it alone may write and flush at once.

fn main() {
    console_error_panic_hook::set_once();
    tollgate_browser::serve_mirror();
}
