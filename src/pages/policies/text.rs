//! The text with its underlines.

use leptos::prelude::*;

use super::tools::Tools;
use crate::components::{Button, ButtonLook, ButtonSize, EditorCaret, Icon, IconName};
use crate::pages::policy_text::{PolicyText, Room};
use crate::state;

#[component]
pub(super) fn Text(
    /// What the workbench works with.
    tools: Tools,
) -> impl IntoView {
    let (bench, go) = (tools.bench, tools.caret);
    let findings = bench.findings();
    let caret = EditorCaret::led_by(go);
    let place = caret.place();
    let title = bench.catalog.title();
    let (can_be_laid_out, live) = (bench.can_be_laid_out(), bench.live());
    let count = move |wanted: state::Severity| {
        findings.with(|findings| findings.list.iter().filter(|found| found.severity == wanted).count())
    };
    let tally = move |wanted, class: &'static str, icon, one: &'static str, many: &'static str| {
        move || {
            let number = count(wanted);
            (number > 0).then(|| {
                view! {
                    <span class=class>
                        <Icon name=icon />
                        {crate::format::plural(number as u64, one, many)}
                    </span>
                }
            })
        }
    };
    let verdict = move || {
        findings.with(|findings| match (findings.is_pending, findings.is_accepted) {
            (true, _) => "Checking off the main thread…".to_owned(),
            (false, true) => format!("Accepted by {}", title.get()),
            (false, false) => format!("Refused by {}", title.get()),
        })
    };
    view! {
        <section class="list" aria-label="Policy text">
            <div class="ed-bar">
                {tally(state::Severity::Error, "row c-bad", IconName::Error, "error", "errors")}
                {tally(state::Severity::Warning, "row c-warn", IconName::Warn, "warning", "warnings")}
                {tally(state::Severity::Note, "row t3", IconName::Info, "note", "notes")}
                <span class="grow" />
                <span role="status">{verdict}</span>
                <Button
                    look=ButtonLook::Quiet
                    size=ButtonSize::Small
                    on_click=move |()| bench.lay_out()
                    disabled=Signal::derive(move || !can_be_laid_out.get())
                >
                    "Format"
                </Button>
            </div>
            <PolicyText
                id="policy"
                text=bench.text()
                on_input=move |text: String| bench.set_text(text)
                findings=findings
                caret=caret
                room=Room::Page
                catalog=bench.catalog.in_use()
            />
            <div class="ed-foot">
                <span>{move || format!("Line {}, column {}", place.get().line, place.get().column)}</span>
                <span class="live">{move || live.get()}</span>
                <span class="grow" />
                <span>"Tab leaves the editor"</span>
            </div>
        </section>
    }
}
