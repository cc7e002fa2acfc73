//! What is asked before an act, over every page.

use leptos::prelude::*;

use crate::components::{ButtonLook, ConfirmDialog, Confirmation, Need, StopList};
use crate::format;
use crate::pages::guardrail_stop::stop_items;
use crate::pages::words::console;
use crate::state::Reach;

/// Whether tokens shall come back that an act took out of use.
#[component]
pub(super) fn BringBackQuestion() -> impl IntoView {
    let console = console();
    let asked = console.bring_back();
    let says = Signal::derive(move || {
        let Some(asked) = asked.get() else { return Confirmation::default() };
        let tokens = format::plural(asked.tokens as u64, "token", "tokens");
        let reason = if asked.reason.is_empty() { String::new() } else { format!(": “{}”", asked.reason) };
        let text = match asked.tokens {
            1 => format!("It was invalidated{reason}. Brought back, it logs in again at once, unless it has expired."),
            _ => format!(
                "They were invalidated{reason}. Brought back, they log in again at once, unless they have expired."
            ),
        };
        Confirmation {
            title: format!("Bring {tokens} back?"),
            text,
            act: "Bring back".to_owned(),
            ..Confirmation::default()
        }
    });
    view! {
        <ConfirmDialog
            id="bring-back"
            open=Signal::derive(move || asked.with(Option::is_some))
            says=says
            look=ButtonLook::Primary
            on_confirm=move |_: String| console.confirm_bring_back()
            on_close=move |()| console.leave_invalid()
        />
    }
}

/// Whether an act shall be undone although what comes back breaks guardrails.
#[component]
pub(super) fn UndoPastQuestion() -> impl IntoView {
    let console = console();
    let asked = console.undo_past();
    let is_asked = Memo::new(move |_| asked.with(Option::is_some));
    let says = Signal::derive(move || {
        if !is_asked.get() {
            return Confirmation::default();
        }
        Confirmation {
            title: "Undo past a guardrail?".to_owned(),
            text: "Nothing was undone: what would come back breaks a guardrail that is up now.".to_owned(),
            act: "Override and undo".to_owned(),
            asks: "Reason for overriding".to_owned(),
            need: Need::Required,
            ..Confirmation::default()
        }
    });
    let stops = Signal::derive(move || asked.get().map(|asked| asked.stops).unwrap_or_default());
    let list = move || is_asked.get().then(|| view! { <StopList stops=stop_items(stops) /> });
    view! {
        <ConfirmDialog
            id="undo-past"
            open=is_asked
            says=says
            on_confirm=move |reason: String| console.confirm_undo_past(reason)
            on_close=move |()| console.leave_done()
        >
            {list}
        </ConfirmDialog>
    }
}

const AFTERWARDS: &str =
    "They stop working here at once, and stay in the list with the reason. This can be undone, as a whole.";

/// Whether everybody's tokens shall be invalidated.
#[component]
pub(super) fn EverybodyQuestion() -> impl IntoView {
    let console = console();
    let open = console.asks_everybody();
    let reach = Memo::new(move |_| console.everybody());
    let says = Signal::derive(move || {
        let title = "Invalidate every token of everybody?".to_owned();
        // Nobody counts what nobody asks for.
        let reach = if open.get() { reach.get() } else { Reach::default() };
        if reach.tokens == 0 {
            let text = "No token is valid, so that there is nothing to invalidate.".to_owned();
            return Confirmation { title, text, act: "Invalidate".to_owned(), ..Confirmation::default() };
        }
        let tokens = format::plural(reach.tokens as u64, "token", "tokens");
        let users = format::plural(reach.users as u64, "user", "users");
        Confirmation {
            title,
            text: format!("Every valid token, whoever owns it: {tokens} of {users}. {AFTERWARDS}"),
            act: format!("Invalidate {tokens}"),
            word: reach.tokens.to_string(),
            asks: "Reason".to_owned(),
            need: Need::Required,
        }
    });
    view! {
        <ConfirmDialog
            id="invalidate-everybody"
            open=open
            says=says
            locked=Signal::derive(move || open.get() && reach.get().tokens == 0)
            on_confirm=move |reason: String| {
                open.set(false);
                console.invalidate_everybody(reason);
            }
            on_close=move |()| open.set(false)
        />
    }
}

/// Whether the newer version shall start, although that loses something.
#[component]
pub(super) fn RestartQuestion() -> impl IntoView {
    let program = console().program;
    let lost = program.asked();
    let says = Signal::derive(move || Confirmation {
        title: "Restart with the new version?".to_owned(),
        text: format!(
            "What is only on this page will be lost: {}. The new version waits as long as you like.",
            lost.get()
        ),
        act: "Restart and lose it".to_owned(),
        ..Confirmation::default()
    });
    view! {
        <ConfirmDialog
            id="restart"
            open=Signal::derive(move || lost.with(|lost| !lost.is_empty()))
            says=says
            on_confirm=move |_: String| program.restart_now()
            on_close=move |()| program.stay()
        />
    }
}
