//! The versions of tools that the project is built with: the whole list.
//!
//! wasm-bindgen is not here: its command line must equal the version in `Cargo.lock`.

/// The bundler. Newer ones need a newer compiler than the project does.
pub(crate) const TRUNK: &str = "0.21.14";

/// The splitter of the page's program, which follows the marks of Leptos's `wasm_split`.
pub(crate) const WASM_SPLIT: &str = "0.2.4";

/// The driver of Firefox.
pub(crate) const GECKODRIVER: &str = "0.37.1";

/// The npm package that holds `wasm-opt`.
pub(crate) const BINARYEN: &str = "132.0.0";

/// The oldest major version of Node that runs the end-to-end tests.
pub(crate) const NODE_AT_LEAST: u32 = 20;

/// What the page and the browser tests are compiled for.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";
