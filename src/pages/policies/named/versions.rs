//! The versions of the policy: what each says, who saved it, and what can be done with it.

use leptos::prelude::*;

use crate::components::{Button, ButtonSize, Dialog, DialogSize, Moment};
use crate::pages::policies::tools::Tools;
use crate::state::library::{NamedView, VersionRow};
use crate::state::workbench::{Against, Side};

#[component]
pub(super) fn Versions(
    /// What the workbench works with.
    tools: Tools,
    /// The policy.
    named: NamedView,
    /// Whether they are shown.
    open: RwSignal<bool>,
) -> impl IntoView {
    let compare = Callback::new(move |number: u32| {
        open.set(false);
        tools.change(|place| {
            place.side = Side::Compare;
            place.against = Against::Version(number);
        });
    });
    let take = Callback::new(move |number: u32| {
        open.set(false);
        named.take_version(number);
    });
    let rows = move || named.versions().into_iter().map(|version| row(version, compare, take)).collect_view();
    let inside = move || {
        open.get().then(|| {
            view! {
                <table class="plain-table stacks" role="table" aria-label="Versions">
                    <thead role="rowgroup">
                        <tr role="row">
                            <th role="columnheader" scope="col">"Version"</th>
                            <th role="columnheader" scope="col">"Note"</th>
                            <th role="columnheader" scope="col">"Saved"</th>
                            <th role="columnheader" scope="col">
                                <span class="vh">"Acts"</span>
                            </th>
                        </tr>
                    </thead>
                    <tbody role="rowgroup">{rows}</tbody>
                </table>
            }
        })
    };
    view! {
        <Dialog id="versions" open=open on_close=move |()| open.set(false) title="Versions" size=DialogSize::Wide>
            {inside}
        </Dialog>
    }
}

fn row(version: VersionRow, compare: Callback<u32>, take: Callback<u32>) -> impl IntoView {
    let VersionRow { number, note, author, saved, with, uses } = version;
    let (iso, relative, exact) = saved;
    let by = if author.is_empty() { String::new() } else { format!(" by {author}") };
    let more = [with, uses].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("; ");
    view! {
        <tr role="row">
            <td role="cell">{format!("Version {number}")}</td>
            <td role="cell">
                {note}
                <span class="meta">" " {more}</span>
            </td>
            <td role="cell"><Moment iso=iso relative=relative exact=exact /> {by}</td>
            <td role="cell">
                <span class="row wrap">
                    <Button
                        size=ButtonSize::Small
                        label=format!("Compare with version {number}")
                        on_click=move |()| compare.run(number)
                    >
                        "Compare"
                    </Button>
                    <Button
                        size=ButtonSize::Small
                        label=format!("Put into the editor: version {number}")
                        on_click=move |()| take.run(number)
                    >
                        "Put into the editor"
                    </Button>
                </span>
            </td>
        </tr>
    }
}
