//! What is loaded when it is first needed: every page behind the first one, the palette, the sample data.
//!
//! With the feature `split` the build cuts the program in two at the functions marked here as of the part `rest`: what
//! only they use is not part of the first load. Such a function is called through [`loaded!`], which fetches the part
//! when it is not there yet. Without the feature, as in tests, the program is one file and nothing waits.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::{Button, ButtonLook, Notice, Tone};
use crate::state::Console;

/// Calls a function of the part `rest`, after it has been loaded.
macro_rules! loaded {
    ($call:expr) => {{
        #[cfg(feature = "split")]
        let outcome = $call.await;
        #[cfg(not(feature = "split"))]
        let outcome = $call;
        outcome
    }};
}
pub(crate) use loaded;

/// The rest of the program could not be fetched or started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("The pages behind the first one did not arrive")]
pub struct NotLoaded;

#[cfg(feature = "split")]
impl From<leptos::wasm_split::SplitLoaderError> for NotLoaded {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

impl NotLoaded {
    /// What to do about it.
    #[must_use]
    pub fn help(self) -> &'static str {
        "nothing is lost; check the connection to the server of this page, then reload it"
    }
}

/// How long the first page has the line to itself.
const HEAD_START: Duration = Duration::from_millis(50);

/// Fetches the rest while nobody waits for it, so that no page needs the network later.
///
/// The page's root then says `data-loaded="whole"`, and a copy of the program is kept for the next start.
pub(crate) fn load_rest_soon(console: Console) {
    let owner = Owner::current();
    set_timeout(
        move || {
            spawn_local(async move {
                // A failure is told by whoever needs the part, and tried again then.
                if loaded!(rest(console, owner)).is_ok() {
                    tollgate_browser::set_root_attribute("data-loaded", "whole");
                }
            });
        },
        HEAD_START,
    );
}

#[cfg_attr(feature = "split", leptos::wasm_split::wasm_split(rest, fallible, wasm_split_path = leptos::wasm_split))]
fn rest(console: Console, owner: Option<Owner>) -> Result<(), NotLoaded> {
    // Scripts on the page call the engine, too, but never before the first page is there.
    tollgate_js_api::start();
    spawn_local(console.program.keep());
    // Whatever packs the journal is part of the rest.
    console.compact_when_idle();
    // What that makes goes with the console.
    if let Some(owner) = owner {
        owner.with(|| {
            console.vault.start(console);
            console.program.ask_before_leaving();
        });
    }
    Ok(())
}

/// Stands where a part of the program should.
#[component]
pub(crate) fn NotLoadedNotice(
    /// Why.
    error: NotLoaded,
) -> impl IntoView {
    view! {
        <div class="page">
            <Notice tone=Tone::Bad heading="A part of Tollgate could not be loaded" text=format!("{error}. What to do: {}.", error.help())>
                <Button look=ButtonLook::Primary on_click=|()| tollgate_browser::reload()>
                    "Reload"
                </Button>
            </Notice>
        </div>
    }
}
