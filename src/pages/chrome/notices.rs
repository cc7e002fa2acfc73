//! What the store said at the start, and what just happened.

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

#[component]
pub(super) fn RaisedNotices() -> impl IntoView {
    let console = console();
    let notices = console.notices;
    let toasts = Signal::derive(move || {
        let toast = |raised: crate::state::Raised| Toast {
            id: raised.id,
            message: raised.text,
            act: if raised.undo.is_some() { "Undo".to_owned() } else { String::new() },
            keys: if raised.undo.is_some() { "Ctrl Z".to_owned() } else { String::new() },
        };
        notices.shown().get().into_iter().map(toast).collect::<Vec<_>>()
    });
    let act = move |id: u64| {
        let undo = notices
            .shown()
            .with_untracked(|shown| shown.iter().find(|raised| raised.id == id).and_then(|raised| raised.undo));
        if let Some(undo) = undo {
            console.undo(undo);
        }
    };
    view! {
        <Toasts
            toasts=toasts
            on_act=act
            on_dismiss=move |id| notices.dismiss(id)
            on_clock=move |clock| notices.hold(clock == ToastClock::Hold)
        />
    }
}
