//! Whether the program starts without a network, and whether a newer version waits.

use leptos::prelude::*;
use tollgate_browser::{ProgramCopy, UpdateState};

use crate::components::Button;
use crate::pages::words::console;

#[component]
pub(super) fn ProgramSection() -> impl IntoView {
    let program = console().program;
    let start = move || match program.copy() {
        ProgramCopy::Kept => "It starts and works: this browser keeps a copy of the program".to_owned(),
        ProgramCopy::Pending => "Not yet: a copy of the program is being fetched".to_owned(),
        ProgramCopy::Absent { cause } => format!("This browser keeps no copy of the program: {cause}"),
    };
    let newer = move || match program.update() {
        UpdateState::None => "None is known here".to_owned(),
        UpdateState::Ready => "It is here, and starts when you want it".to_owned(),
        UpdateState::TakenOver => "Another tab has started it; this one goes on with the version before".to_owned(),
        UpdateState::Failed { cause } => format!("It could not be fetched as a whole and is not used: {cause}"),
    };
    view! {
        <section aria-labelledby="program">
            <div>
                <h2 id="program">"Program"</h2>
                <p class="why">"What the next start needs. No new version begins by itself while you work."</p>
            </div>
            <div class="body">
                <dl class="kv">
                    <dt>"Without a network"</dt>
                    <dd>{start}</dd>
                    <dt>"New version"</dt>
                    <dd>{newer}</dd>
                </dl>
                <Show when=move || program.is_newer_there()>
                    <div class="row wrap">
                        <Button on_click=move |()| program.restart()>"Restart with the new version"</Button>
                    </div>
                </Show>
            </div>
        </section>
    }
}
