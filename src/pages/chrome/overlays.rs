//! The palette, the list of keys, and questions, over every page.

use leptos::prelude::*;

use super::keys;
use super::questions::{BringBackQuestion, EverybodyQuestion, RestartQuestion, UndoPastQuestion};
use super::shortcuts::Shortcuts;
use super::unlock::UnlockQuestion;
use crate::components::{KeyList, Palette, PaletteItem};
use crate::pages::lazy;
use crate::pages::words::console;
use crate::state::{Caught, LOOK_UP, acts_on_offer};

/// The overlays, from the first time that somebody opens one.
#[component]
pub(super) fn LazyOverlays(
    /// Which are open.
    shortcuts: Shortcuts,
) -> impl IntoView {
    let console = console();
    let restart = console.program.asked();
    let is_asked = move || {
        let asks_restart = restart.with(|lost| !lost.is_empty());
        let asks_passphrase = console.vault.asks_passphrase().get();
        let asks_everybody = console.asks_everybody().get();
        let asks_back = console.bring_back().with(Option::is_some) || console.undo_past().with(Option::is_some);
        asks_restart || asks_passphrase || asks_everybody || asks_back
    };
    let wanted = Memo::new(move |was: Option<&bool>| {
        was == Some(&true) || shortcuts.palette.get() || shortcuts.keys.get() || is_asked()
    });
    move || wanted.get().then(|| Suspend::new(lazy::overlays(shortcuts)))
}

/// The overlays themselves.
#[component]
pub(in crate::pages) fn Overlays(
    /// Which are open.
    shortcuts: Shortcuts,
) -> impl IntoView {
    let console = console();
    let item = |act: &crate::state::Act| PaletteItem {
        id: act.id.to_owned(),
        title: act.title.to_owned(),
        // An address that is read, not followed.
        hint: act.href.replace("%20", " ").replace("%3E", ">"),
        keys: act.keys.to_owned(),
    };
    let items = Signal::derive(move || acts_on_offer(console).map(item).collect::<Vec<_>>());
    let caught = Caught::new(console);
    let is_caught = caught.is_any();
    let says = move || if is_caught.get() { "That text is a token. It was not kept." } else { "" }.to_owned();
    view! {
        <Palette
            open=shortcuts.palette
            items=items
            on_pick=move |id: String| {
                shortcuts.palette.set(false);
                if id == LOOK_UP.id {
                    caught.look_up();
                }
                caught.forget();
                shortcuts.perform(console, &id);
            }
            on_close=move |()| {
                shortcuts.palette.set(false);
                caught.forget();
            }
            on_type=Callback::new(move |text: String| caught.sift(text).unwrap_or_else(|| LOOK_UP.title.to_owned()))
            says=Signal::derive(says)
        />
        <KeyList open=shortcuts.keys groups=keys::groups() on_close=move |()| shortcuts.keys.set(false) />
        <BringBackQuestion />
        <EverybodyQuestion />
        <UndoPastQuestion />
        <RestartQuestion />
        <UnlockQuestion />
    }
}
