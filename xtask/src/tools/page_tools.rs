//! The tools that build the page, together.

use anyhow::Result;

use super::wasm_std::WasmStd;
use super::{cargo_tool, editor_packages, npm_tool, wasm_std};
use crate::project::Project;
use crate::run::Call;

/// Whether the build makes the page small.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Optimizer {
    /// Release builds need `wasm-opt`.
    Needed,
    /// Debug builds do not.
    NotNeeded,
}

/// Everything that a Trunk build needs, found.
pub(crate) struct PageTools {
    trunk: Call,
    /// The standard library that the page is compiled with.
    pub(crate) wasm_std: WasmStd,
}

impl PageTools {
    /// A call of Trunk that finds exactly these tools.
    pub(crate) fn trunk(&self) -> Call {
        self.trunk.clone()
    }
}

/// Finds the tools of the page and installs what is missing.
///
/// # Errors
///
/// A tool is missing and cannot be installed; the message says what to do.
pub(crate) fn page_tools(project: &Project, optimizer: Optimizer) -> Result<PageTools> {
    let wasm_std = wasm_std::find_or_install(project)?;
    let trunk = cargo_tool::trunk()?;
    let mut tools = vec![cargo_tool::wasm_bindgen(project)?];
    // Called by the hook at the end of the build; what is missing is installed before it begins.
    cargo_tool::wasm_split()?;
    editor_packages::find_or_install(project)?;
    if optimizer == Optimizer::Needed {
        tools.push(npm_tool::wasm_opt()?);
    }
    let mut call = wasm_std.apply(Call::new(&trunk.program));
    for folder in tools.into_iter().filter_map(|tool| tool.path_first) {
        call = call.path_first(folder);
    }
    Ok(PageTools { trunk: call, wasm_std })
}
