//! The entries, by day.

use leptos::prelude::*;

use crate::components::{Button, ButtonLook, ButtonSize, Icon, IconName, Moment};
use crate::format;
use crate::state::{ActTone, Activity, ActivityRow, ActivityRows, Console, moment};

/// The entries, by day.
#[component]
pub(super) fn Days(
    /// The page's state.
    activity: Activity,
    /// The console.
    console: Console,
) -> impl IntoView {
    move || {
        let now = console.now().get();
        let ActivityRows { rows, has_more } = activity.rows();
        let mut days: Vec<(String, Vec<ActivityRow>)> = Vec::new();
        for row in rows {
            let heading = format::day_heading(row.at, now);
            match days.last_mut() {
                Some((day, rows)) if *day == heading => rows.push(row),
                _ => days.push((heading, vec![row])),
            }
        }
        let day = |(heading, rows): (String, Vec<ActivityRow>)| {
            view! {
                <section class="box">
                    <div class="box-h">
                        <h2>{heading}</h2>
                        <span class="end meta">"UTC"</span>
                    </div>
                    <ol class="journal">{rows.into_iter().map(|row| entry(console, row)).collect_view()}</ol>
                </section>
            }
        };
        let more = has_more.then(|| {
            view! {
                <Button disabled=activity.is_looking_back() on_click=move |()| activity.show_more()>
                    "Show more"
                </Button>
            }
        });
        view! {
            {days.into_iter().map(day).collect_view()}
            {more}
        }
    }
}

fn entry(console: Console, row: ActivityRow) -> impl IntoView {
    let icon = match row.tone {
        ActTone::Made => IconName::Token,
        ActTone::Invalidated => IconName::Invalid,
        ActTone::Undone => IconName::Undo,
        ActTone::Changed => IconName::Pen,
        ActTone::Record => IconName::Flag,
        ActTone::Unknown => IconName::Info,
    };
    let (iso, _, exact) = moment(row.at, console.now().get_untracked());
    let token = row.token.map(|(uid, name)| view! { " " <a href=format!("/tokens/{uid}")>{name}</a> });
    let by = row.by.map(|by| view! { <b>{by}</b> " " });
    let class = if row.is_undone { "undone" } else { "" };
    let undone = row.is_undone.then(|| view! { <span class="t3">" undone later"</span> });
    let sequence = row.sequence;
    let undo = row.undo.map(|act| {
        view! {
            <Button
                size=ButtonSize::Small
                look=ButtonLook::Quiet
                label=format!("Undo entry {sequence}")
                on_click=move |()| console.undo(act)
            >
                "Undo"
            </Button>
        }
    });
    view! {
        <li>
            <span class="seq">{sequence}</span>
            <Moment iso=iso relative=format::time_of_day(row.at) exact=exact />
            <Icon name=icon />
            <div class="what">{by}<span class=class>{row.text}{token}</span>{undone}</div>
            <span class="hash">{row.hash}</span>
            <span class="acts">{undo}</span>
        </li>
    }
}
