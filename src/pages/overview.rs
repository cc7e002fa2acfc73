//! `/`: what needs doing today.

use leptos::prelude::*;

use super::words::{console, title};
use crate::components::{
    Button, ButtonLink, ButtonLook, ButtonSize, EmptyState, Icon, IconName, PageHead, SectionHead, Timeline,
    TimelineBar, TimelineKind,
};
use crate::format;
use crate::state::{Console, ToDo, overview};

/// The page.
#[component]
pub(crate) fn OverviewPage() -> impl IntoView {
    title("Overview");
    let console = console();
    let has_tokens = Memo::new(move |_| console.workspace().with(|workspace| workspace.token_count() > 0));
    view! {
        <PageHead title="Overview" sub=Signal::derive(move || format::day(console.now().get()))>
            <Show when=move || has_tokens.get()>
                <ButtonLink href="/tokens/new" look=ButtonLook::Primary icon=IconName::Plus>
                    "New token"
                </ButtonLink>
            </Show>
        </PageHead>
        <div class="page">
            <Show when=move || has_tokens.get() fallback=Welcome>
                <ToDoList />
                <Expiries />
                <Figures />
            </Show>
        </div>
    }
}

/// What a newcomer sees.
#[component]
pub(super) fn Welcome() -> impl IntoView {
    let console = console();
    let has_users = Memo::new(move |_| console.workspace().with(|workspace| workspace.users().next().is_some()));
    let (href, words) =
        (Signal::derive(move || if has_users.get() { "/tokens/new" } else { "/people" }.to_owned()), move || {
            if has_users.get() { "Make a token" } else { "Add a user" }
        });
    view! {
        <EmptyState
            title="No tokens on this device yet"
            lead="Tollgate looks after API tokens: who owns them, what they may do, when they end. It works without a network and without their secrets. A token belongs to a user, so add one first."
            note="Sample data is made up, in a workspace of its own, and removed in one act."
        >
            <ButtonLink href=href look=ButtonLook::Primary>
                {words}
            </ButtonLink>
            <Button look=ButtonLook::Quiet on_click=move |()| console.switch_workspace()>
                "Load sample data"
            </Button>
        </EmptyState>
    }
}

fn row(item: ToDo) -> impl IntoView {
    let (class, icon) = if item.is_urgent { ("bad", IconName::Error) } else { ("warn", IconName::Expiring) };
    view! {
        <li class=class>
            <span class="big">{format::count(item.count)}</span>
            <Icon name=icon />
            <div>
                <p>{item.what}</p>
                <p class="why">{item.why}</p>
            </div>
            <ButtonLink href=item.href size=ButtonSize::Small label=format!("Show them: {}", item.what)>
                "Show them"
            </ButtonLink>
        </li>
    }
}

#[component]
fn ToDoList() -> impl IntoView {
    let console = console();
    let items = Memo::new(move |_| overview::to_do(console));
    view! {
        <section class="box" aria-labelledby="to-do">
            <div class="box-h">
                <h2 id="to-do">"To do"</h2>
                <span class="end meta">"most urgent first"</span>
            </div>
            <Show
                when=move || items.with(|items| !items.is_empty())
                fallback=|| view! { <p class="box-b t2">"Nothing needs you today."</p> }
            >
                <ul class="todo-list">{move || items.get().into_iter().map(row).collect_view()}</ul>
            </Show>
        </section>
    }
}

#[component]
fn Expiries() -> impl IntoView {
    let console = console();
    let bars = Signal::derive(move || timeline(console));
    view! {
        <section aria-labelledby="expiries">
            <SectionHead id="expiries" title="When tokens expire" end="live tokens, by week" />
            <Timeline bars=bars summary=Signal::derive(move || overview::expiry_words(console)) />
        </section>
    }
}

fn timeline(console: Console) -> Vec<TimelineBar> {
    let bar = |bar: overview::ExpiryBar| TimelineBar {
        label: bar.label,
        tick: bar.tick,
        count: u32::try_from(bar.count).unwrap_or(u32::MAX),
        kind: match bar.place {
            overview::ExpiryPlace::Soon => TimelineKind::Soon,
            overview::ExpiryPlace::Usual => TimelineKind::Usual,
            overview::ExpiryPlace::Later => TimelineKind::Later,
            overview::ExpiryPlace::Never => TimelineKind::Never,
        },
    };
    overview::expiries(console).into_iter().map(bar).collect()
}

#[component]
fn Figures() -> impl IntoView {
    let console = console();
    let figure = |figure: overview::Figure| {
        view! {
            <div>
                <dt>{figure.label}</dt>
                <dd class="v">
                    <a href=figure.href>{format::count(figure.count)}</a>
                </dd>
                <dd class="d">{figure.detail}</dd>
            </div>
        }
    };
    view! { <dl class="figs">{move || overview::figures(console).into_iter().map(figure).collect_view()}</dl> }
}
