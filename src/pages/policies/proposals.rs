//! Edits that are proposed, the best in full and the others folded.

use leptos::prelude::*;

use super::tools::Tools;
use crate::components::{ProposalBox, ProposedEdit, ShownEdit};
use crate::state::workbench::{EditLook, ProposalLook, also};

/// The edits that turn a decision around; `verb` is what they do, `allows` or `blocks`.
pub(super) fn proposals(tools: Tools, verb: &'static str, flips: Vec<ProposalLook>) -> impl IntoView {
    let mut flips = flips.into_iter();
    let best = flips.next().map(|best| proposal(tools, format!("Smallest edit that {verb} it"), best));
    let others: Vec<ProposalLook> = flips.collect();
    let others = (!others.is_empty()).then(|| {
        let boxes = others.into_iter().map(|other| proposal(tools, format!("Another edit that {verb} it"), other));
        view! {
            <details class="others">
                <summary>"Other ways"</summary>
                <div class="stack4">{boxes.collect_view()}</div>
            </details>
        }
    });
    view! { {best} {others} }
}

fn proposal(tools: Tools, title: String, flip: ProposalLook) -> impl IntoView {
    let act = flip.does.join(", ");
    let shown = |edit: &EditLook| ShownEdit { was: edit.was.clone(), becomes: edit.text.clone() };
    let edit = ProposedEdit {
        does: flip.does.clone(),
        edits: flip.edits.iter().map(shown).collect(),
        also: also(&flip),
        warns: flip.warns.clone(),
        label: format!("Apply: {act}"),
    };
    view! { <ProposalBox title=title edit=edit on_apply=move |()| tools.apply(&act, &flip.edits) /> }
}
