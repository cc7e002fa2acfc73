//! The tools that the commands call: pinned, looked for, and installed when they are missing.
//!
//! A tool on PATH is used when its version fits; otherwise the user's cache folder holds a copy per version, so that
//! every clone on a machine shares it. Each file here knows one kind of tool and says how to help when it cannot.

mod browser;
mod cache;
mod cargo_tool;
mod debian;
mod editor_packages;
mod firefox;
mod node;
mod npm_tool;
mod overview;
mod page_tools;
mod pins;
mod version;
mod wasm_std;

pub(crate) use browser::{Browser, find_or_install as browser};
pub(crate) use cargo_tool::{wasm_bindgen, wasm_split};
pub(crate) use editor_packages::find_or_install as editor_packages;
pub(crate) use firefox::{Firefox, find_or_install as firefox};
pub(crate) use node::find as node;
pub(crate) use npm_tool::wasm_opt;
pub(crate) use overview::{ensure_all, show_all};
pub(crate) use page_tools::{Optimizer, page_tools};
pub(crate) use pins::{BINARYEN, WASM_SPLIT, WASM_TARGET};
pub(crate) use wasm_std::{WasmStd, find_or_install as wasm_std};
