//! The file that the workspace is backed up to.

use leptos::prelude::*;
use tollgate_browser::BackupPermission;

use crate::components::{Button, ButtonLook};
use crate::format;
use crate::pages::words::console;
use crate::state::{Backup, BackupStage};

#[component]
pub(super) fn BackupSection() -> impl IntoView {
    let backup = Backup::new(console());
    let (stage, pending) = (backup.stage(), backup.is_pending());
    let is_possible =
        Memo::new(move |_| stage.with(|stage| matches!(stage, BackupStage::Unpicked | BackupStage::Picked { .. })));
    let is_picked = Memo::new(move |_| stage.with(|stage| matches!(stage, BackupStage::Picked { .. })));
    let write = move || if needs_permission(&stage.get()) { "Allow and back up" } else { "Back up now" };
    let pick = move || if is_picked.get() { "Pick another file…" } else { "Pick a file…" };
    view! {
        <section aria-labelledby="backup">
            <div>
                <h2 id="backup">"Backup"</h2>
                <p class="why">"A file outside of the browser, picked once and written again whenever you say."</p>
            </div>
            <div class="body">
                <File stage=stage />
                <div class="row wrap">
                    <Show when=move || is_picked.get()>
                        <Button look=ButtonLook::Primary disabled=pending on_click=move |()| backup.write()>
                            {write}
                        </Button>
                    </Show>
                    <Show when=move || is_possible.get()>
                        <Button disabled=pending on_click=move |()| backup.pick()>
                            {pick}
                        </Button>
                    </Show>
                    <Show when=move || is_picked.get()>
                        <Button look=ButtonLook::Quiet disabled=pending on_click=move |()| backup.forget()>
                            "Forget the file"
                        </Button>
                    </Show>
                </div>
            </div>
        </section>
    }
}

/// Which file it is, when it was written, and whether it may be.
#[component]
fn File(
    /// What is known of it.
    stage: Signal<BackupStage>,
) -> impl IntoView {
    let console = console();
    let words = move || match stage.get() {
        BackupStage::Unknown => "Looking for the file…".to_owned(),
        BackupStage::Missing => {
            "This browser lets no page write to a file that is picked once. Export the workspace instead.".to_owned()
        }
        BackupStage::Unpicked => "No file is picked.".to_owned(),
        BackupStage::Picked { name, written: None, .. } => format!("{name}, not written yet."),
        BackupStage::Picked { name, written: Some(written), .. } => {
            format!("{name}, written {}.", format::relative(written, console.now().get()))
        }
    };
    let permission = move || match stage.get() {
        BackupStage::Picked { permission: BackupPermission::Prompt, .. } => {
            "Since the page was loaded, the browser wants to hear from you again that it may write there."
        }
        BackupStage::Picked { permission: BackupPermission::Denied, .. } => {
            "The browser does not let this page write there; its settings for this site say so."
        }
        _ => "",
    };
    view! {
        <div role="status">
            <p>{words}</p>
            <p class="why">{permission}</p>
        </div>
    }
}

fn needs_permission(stage: &BackupStage) -> bool {
    matches!(stage, BackupStage::Picked { permission, .. } if *permission != BackupPermission::Granted)
}
