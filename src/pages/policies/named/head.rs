//! The head: the name, and everything that can be done with the policy as a whole.

use leptos::prelude::*;
use tollgate_tokens::PolicyUid;

use super::rename::Rename;
use super::standing::Standing;
use super::uses::Uses;
use super::versions::Versions;
use crate::components::{Button, ButtonLook, ButtonSize, Crumb, PageHead};
use crate::format;
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
    let begin_rename = move |()| {
        named.begin_rename();
        renames.set(true);
    };
    let save_file = move |()| {
        let name = untrack(|| named.policy_name());
        tools.bench.text().with_untracked(|text| console.save_policy_file(&name, text));
    };
    let what = Callback::new(move |()| named.to_save());
    let on_saved = Callback::new(move |_: PolicyUid| named.saved());
    let form = AssignForm::of_policy(console, named.uid());
    view! {
        <PageHead title=name sub=sub crumbs=crumbs>
            <TextActs tools=tools />
            <Button disabled=is_archived on_click=move |()| assigns.set(true)>"Assign to tokens…"</Button>
            <Button
                look=ButtonLook::Primary
                disabled=Signal::derive(move || is_archived.get() || !named.is_changed())
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

/// A small button of the bar.
#[component]
fn Small(
    /// Its words.
    words: &'static str,
    /// Runs when pressed.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <Button look=ButtonLook::Quiet size=ButtonSize::Small on_click=on_press>
            {words}
        </Button>
    }
}

/// What a button of the bar counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counts {
    /// The versions.
    Versions,
    /// The tokens that use it.
    Uses,
}

/// A button that counts what it opens.
#[component]
fn Counted(
    /// The policy.
    named: NamedView,
    /// What it opens.
    opens: RwSignal<bool>,
    /// What it counts.
    counts: Counts,
) -> impl IntoView {
    let words = move || {
        named.facts().with(|facts| {
            let facts = facts.as_ref();
            match counts {
                Counts::Versions => {
                    format::plural(facts.map_or(0, |facts| facts.versions) as u64, "version", "versions")
                }
                Counts::Uses => {
                    format!("Used by {}", format::plural(facts.map_or(0, |facts| facts.uses) as u64, "token", "tokens"))
                }
            }
        })
    };
    view! {
        <Button look=ButtonLook::Quiet size=ButtonSize::Small on_click=move |()| opens.set(true)>
            {words}
        </Button>
    }
}

/// Puts it away, or offers it again.
#[component]
fn Archiving(
    /// The policy.
    named: NamedView,
) -> impl IntoView {
    let is_archived = named.holds(|facts| facts.is_archived);
    let words = move || if is_archived.get() { "Restore" } else { "Archive" };
    let press = move |()| {
        if is_archived.get_untracked() {
            named.restore();
        } else {
            named.archive();
        }
    };
    view! {
        <Button look=ButtonLook::Quiet size=ButtonSize::Small on_click=press>
            {words}
        </Button>
    }
}
