//! What the store said at the start, what just happened, and that there is a newer version.

use leptos::prelude::*;

use crate::components::{Button, ButtonLook, ButtonSize, Icon, IconName, Notice, Toast, ToastClock, Toasts, Tone};
use crate::pages::words::console;

/// What the store said when it was opened, and that sample data is shown.
#[component]
pub(super) fn StartNotices() -> impl IntoView {
    let console = console();
    let warnings = move || {
        let warning = |(heading, text): (String, String)| {
            view! {
                <div class="page">
                    <Notice tone=Tone::Warn heading=heading text=text />
                </div>
            }
        };
        console.storage.start_warnings().into_iter().map(warning).collect_view()
    };
    let ribbon = console.is_sample().then(|| {
        view! {
            <div class="ribbon">
                <Icon name=IconName::Flag />
                <span class="grow">"This is sample data, in a workspace of its own."</span>
                <span class="end row">
                    <Button size=ButtonSize::Small on_click=move |()| console.switch_workspace()>
                        "Back to your own"
                    </Button>
                    <Button size=ButtonSize::Small look=ButtonLook::Quiet on_click=move |()| console.remove_sample()>
                        "Remove sample data"
                    </Button>
                </span>
            </div>
        }
    });
    view! {
        {ribbon}
        {warnings}
    }
}

/// Names the notice of a newer version among those that were raised, which are counted from 1.
const NEWER: u64 = 0;

#[component]
pub(super) fn RaisedNotices() -> impl IntoView {
    let console = console();
    let (notices, program) = (console.notices, console.program);
    let newer = move || {
        let toast = |words: &str| Toast {
            id: NEWER,
            message: words.to_owned(),
            act: "Restart with the new version".to_owned(),
            keys: String::new(),
        };
        program.notice().map(toast)
    };
    let toasts = Signal::derive(move || {
        let toast = |raised: crate::state::Raised| Toast {
            id: raised.id,
            message: raised.text,
            act: if raised.undo.is_some() { "Undo".to_owned() } else { String::new() },
            keys: if raised.undo.is_some() { "Ctrl Z".to_owned() } else { String::new() },
        };
        newer().into_iter().chain(notices.shown().get().into_iter().map(toast)).collect::<Vec<_>>()
    });
    let act = move |id: u64| {
        if id == NEWER {
            return program.restart();
        }
        let undo = notices
            .shown()
            .with_untracked(|shown| shown.iter().find(|raised| raised.id == id).and_then(|raised| raised.undo));
        if let Some(undo) = undo {
            console.undo(undo);
        }
    };
    let dismiss = move |id: u64| match id {
        NEWER => program.dismiss(),
        raised => notices.dismiss(raised),
    };
    view! {
        <Toasts
            toasts=toasts
            on_act=act
            on_dismiss=dismiss
            on_clock=move |clock| notices.hold(clock == ToastClock::Hold)
        />
    }
}
