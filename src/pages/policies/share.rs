//! The dialog that puts a policy into a link, and says what the link holds.

use leptos::prelude::*;

use super::tools::Tools;
use crate::components::{Button, ButtonLook, CopyButton, Dialog, DialogActions, Notice, Tone};
use crate::pages::words::{console, sentence};
use crate::state::library::ShareForm;

#[component]
pub(super) fn Share(
    /// What the workbench works with.
    tools: Tools,
    /// Whether it is shown.
    open: RwSignal<bool>,
) -> impl IntoView {
    let console = console();
    let text = tools.bench.text();
    let inside = move || {
        open.get().then(|| {
            let form = text.with_untracked(|text| ShareForm::new(console, text));
            shown(form, open)
        })
    };
    view! {
        <Dialog id="share" open=open on_close=move |()| open.set(false) title="Copy a link to this policy">
            {inside}
        </Dialog>
    }
}

fn shown(form: ShareForm, open: RwSignal<bool>) -> impl IntoView {
    match form.link() {
        Ok(link) => {
            let holds = format!(
                "The link holds the text of the policy ({}) and nothing else: no token, no name, no test. The text stands \
                 behind the # of the address, which browsers send to no server; whoever has the link can read it.",
                form.size()
            );
            view! {
                <p>{holds}</p>
                <pre class="code link" tabindex="0" role="group" aria-label="The link">{link}</pre>
                <DialogActions>
                    <CopyButton
                        label="Copy link"
                        copied=form.is_copied()
                        on_copy=move |()| form.copy()
                        look=ButtonLook::Primary
                    />
                    <Button on_click=move |()| open.set(false)>"Close"</Button>
                </DialogActions>
            }
            .into_any()
        }
        Err(why) => view! {
            <Notice tone=Tone::Bad heading="There is no link." text=sentence(&why) />
            <DialogActions>
                <Button on_click=move |()| open.set(false)>"Close"</Button>
            </DialogActions>
        }
        .into_any(),
    }
}
