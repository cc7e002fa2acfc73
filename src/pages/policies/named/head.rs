//! The head: the name, and everything that can be done with the policy as a whole.

use leptos::prelude::*;
use tollgate_tokens::library::SavedPolicy;

use super::bar::{Archiving, Counted, Counts, Small};
use super::rename::Rename;
use super::standing::Standing;
use super::uses::Uses;
use super::versions::Versions;
use crate::components::{Button, ButtonLook, Crumb, PageHead};
use crate::pages::assign_policy::{Asks, AssignDialog};
use crate::pages::policies::head::TextActs;
use crate::pages::policies::share::Share;
use crate::pages::policies::tools::Tools;
use crate::pages::save_policy::SaveDialog;
use crate::pages::words::console;
use crate::state::library::{AssignForm, NamedView};

#[component]
pub(in crate::pages::policies) fn NamedHead(
    /// What the workbench works with.
    tools: Tools,
    /// The policy.
    named: NamedView,
) -> impl IntoView {
    let console = console();
    let [saves, shares, renames, versions, uses, assigns] = [(); 6].map(|()| RwSignal::new(false));
    let crumbs = vec![Crumb { href: "/library".to_owned(), label: "Library".to_owned() }];
    let name = Signal::derive(move || named.policy_name());
    let sub = Signal::derive(move || {
        named.facts().with(|facts| {
            facts
                .as_ref()
                .map(|facts| {
                    let (_, relative, _) = &facts.saved;
                    let archived = if facts.is_archived { ", archived" } else { "" };
                    format!("version {}, saved {relative}{archived}", facts.newest)
                })
                .unwrap_or_default()
        })
    });
    let is_archived = named.holds(|facts| facts.is_archived);
    let is_missing = tools.bench.catalog.is_missing();
    let begin_rename = move |()| {
        named.begin_rename();
        renames.set(true);
    };
    let save_file = move |()| {
        let name = untrack(|| named.policy_name());
        tools.bench.text().with_untracked(|text| console.save_policy_file(&name, text));
    };
    let what = Callback::new(move |()| named.to_save());
    let on_saved = Callback::new(move |saved: SavedPolicy| named.saved(saved.version));
    let form = AssignForm::of_policy(console, named.uid());
    view! {
        <PageHead title=name sub=sub crumbs=crumbs>
            <TextActs tools=tools />
            <Button disabled=is_archived on_click=move |()| assigns.set(true)>"Assign to tokens…"</Button>
            <Button
                look=ButtonLook::Primary
                disabled=Signal::derive(move || is_archived.get() || is_missing.get() || !named.is_changed())
                on_click=move |()| saves.set(true)
            >
                "Save version…"
            </Button>
        </PageHead>
        <div class="policy-bar">
            <Standing tools=tools named=named />
            <span class="row wrap" role="group" aria-label="About the policy">
                <Counted named=named opens=versions counts=Counts::Versions />
                <Counted named=named opens=uses counts=Counts::Uses />
                <Small words="Rename…" on_press=begin_rename />
                <Small words="Copy link…" on_press=move |()| shares.set(true) />
                <Small words="Save as file" on_press=save_file />
                <Archiving named=named />
            </span>
        </div>
        <Share tools=tools open=shares />
        <Rename named=named open=renames />
        <Versions tools=tools named=named open=versions />
        <Uses named=named open=uses />
        <SaveDialog id="save-version" open=saves title="Save version" what=what on_saved=on_saved />
        <AssignDialog id="assign-tokens" open=assigns form=form asks=Asks::Tokens />
    }
}
