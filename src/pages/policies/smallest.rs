//! The smallest policy that decides the same, before it takes the place of the text.

use leptos::prelude::*;

use super::sides::WORKING;
use super::tools::Tools;
use crate::components::{Button, ButtonLook, Dialog, DialogActions, DialogSize, Notice, Tone};
use crate::format;
use crate::state::workbench::{SmallerLook, SmallestLook, size};

#[component]
pub(super) fn Smallest(
    /// What the workbench works with.
    tools: Tools,
) -> impl IntoView {
    let shrinks = tools.bench.choices.shrinks;
    let smallest = tools.bench.smallest();
    let close = Callback::new(move |()| shrinks.set(false));
    let shown = move || match smallest.get() {
        _ if !shrinks.get() => ().into_any(),
        None => view! { <p class="meta">{WORKING}</p> }.into_any(),
        Some(SmallestLook::Silent(why)) => view! { <Notice tone=Tone::Info heading=why /> }.into_any(),
        Some(SmallestLook::Found(smaller)) => found(tools, close, smaller).into_any(),
    };
    view! {
        <Dialog id="smallest" open=shrinks on_close=close title="Make smallest" size=DialogSize::Wide>
            {shown}
        </Dialog>
    }
}

fn found(tools: Tools, close: Callback<()>, smaller: SmallerLook) -> impl IntoView {
    let SmallerLook { text, before, after, atoms } = smaller;
    let kinds = format::plural(atoms, "kind of request", "kinds of request");
    let says = if before == after {
        "The policy is as small as can be. What it takes the place of may still be written otherwise.".to_owned()
    } else {
        format!("The same decision on all {kinds}: compared, not assumed.")
    };
    let shown = text.clone();
    let apply = move |()| {
        tools.bench.set_text_by("the smallest form", text.clone());
        close.run(());
    };
    view! {
        <p>{says}</p>
        <dl class="kv">
            <dt>"Now"</dt>
            <dd>{size(&before)}</dd>
            <dt>"Then"</dt>
            <dd>{size(&after)}</dd>
        </dl>
        <pre class="code" tabindex="0" role="group" aria-label="The smallest policy">
            {shown}
        </pre>
        <DialogActions>
            <Button look=ButtonLook::Primary on_click=apply>
                "Put it in place"
            </Button>
            <Button on_click=close>"Cancel"</Button>
        </DialogActions>
    }
}
