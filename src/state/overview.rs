//! What the overview tells: what needs doing, when tokens expire, and a few figures.

use chrono::Datelike as _;
use leptos::prelude::*;
use tollgate_tokens::{Attention, attention, expiry_buckets};

use super::{Console, ListState};
use crate::format;

/// How many weeks the chart shows one by one.
const WEEKS: u32 = 26;

/// One thing that needs doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToDo {
    /// How many tokens.
    pub count: usize,
    /// What it is.
    pub what: &'static str,
    /// Why it matters, or the first of them.
    pub why: String,
    /// The list that shows them.
    pub href: String,
    /// Whether it comes before everything else.
    pub is_urgent: bool,
}

/// Where on the chart a bar stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpiryPlace {
    /// Within two weeks.
    Soon,
    /// Later, by week.
    Usual,
    /// After the last week that is shown.
    Later,
    /// Never.
    Never,
}

/// One bar of the chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpiryBar {
    /// What it stands for.
    pub label: String,
    /// The month's name below it, where a month begins.
    pub tick: String,
    /// How many tokens.
    pub count: usize,
    /// Where it stands.
    pub place: ExpiryPlace,
}

/// One figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What it counts.
    pub label: &'static str,
    /// The count.
    pub count: usize,
    /// Of what.
    pub detail: String,
    /// The list that shows them.
    pub href: String,
}

fn list(query: &str) -> String {
    ListState { query: query.to_owned(), ..ListState::default() }.path()
}

/// What needs doing, most urgent first.
#[must_use]
pub fn to_do(console: Console) -> Vec<ToDo> {
    let now = console.now().get();
    let registry = console.registry();
    console.workspace().with(|workspace| {
        let item = |item: tollgate_tokens::AttentionItem| {
            let (what, why, is_urgent) = match item.attention {
                Attention::Uncertain => (
                    "Tokens are uncertain",
                    "A damaged journal entry may have changed them. Open Activity to repair it".to_owned(),
                    true,
                ),
                Attention::ExpireWithinWeek => {
                    ("Tokens expire within 7 days", format!("The first: {}", item.first), false)
                }
                Attention::NeverUsed => {
                    ("Tokens were never used and are older than 90 days", format!("One of them: {}", item.first), false)
                }
                Attention::NeverExpire => ("Tokens never expire", format!("One of them: {}", item.first), false),
                Attention::DeprecatedFormat => {
                    ("Tokens use the old SHA-1 format", "They work; the server warns in every answer".to_owned(), false)
                }
            };
            ToDo { count: item.count, what, why, href: list(item.attention.query()), is_urgent }
        };
        attention(workspace, &registry, now).into_iter().map(item).collect()
    })
}

/// The bars of the chart.
#[must_use]
pub fn expiries(console: Console) -> Vec<ExpiryBar> {
    let now = console.now().get();
    let buckets = console.workspace().with(|workspace| expiry_buckets(workspace, now, WEEKS));
    let bar = |(index, bucket): (usize, tollgate_tokens::ExpiryBucket)| match (bucket.from, bucket.until) {
        (None, _) => {
            ExpiryBar { label: "never".into(), tick: "never".into(), count: bucket.count, place: ExpiryPlace::Never }
        }
        (Some(_), None) => {
            ExpiryBar { label: "later".into(), tick: "later".into(), count: bucket.count, place: ExpiryPlace::Later }
        }
        (Some(from), Some(_)) => {
            let month = format::short_month(from);
            ExpiryBar {
                label: format!("week from {} {month}", from.day()),
                tick: match bucket.opens_month() {
                    true if from.month() == 1 => format!("{month} {}", from.year()),
                    true => month.to_owned(),
                    false => String::new(),
                },
                count: bucket.count,
                place: if index < 2 { ExpiryPlace::Soon } else { ExpiryPlace::Usual },
            }
        }
    };
    buckets.into_iter().enumerate().map(bar).collect()
}

/// The chart in words.
#[must_use]
pub fn expiry_words(console: Console) -> String {
    let bars = expiries(console);
    let of = |place: ExpiryPlace| bars.iter().filter(|bar| bar.place == place).map(|bar| bar.count).sum::<usize>();
    format!(
        "{} expire within two weeks, {} in the half year after, {} later, {} never.",
        format::count(of(ExpiryPlace::Soon)),
        format::count(of(ExpiryPlace::Usual)),
        format::count(of(ExpiryPlace::Later)),
        format::count(of(ExpiryPlace::Never))
    )
}

/// The figures below the chart.
#[must_use]
pub fn figures(console: Console) -> Vec<Figure> {
    let now = console.now().get();
    console.workspace().with(|workspace| {
        let counts = tollgate_tokens::figures(workspace, now);
        let of_live = format!("of {} live", format::plural(counts.live as u64, "token", "tokens"));
        let of_all =
            format!("of {} in all, {} expired", format::count(workspace.token_count()), format::count(counts.expired));
        let figure =
            |label, count, query, detail: &str| Figure { label, count, detail: detail.to_owned(), href: list(query) };
        vec![
            figure("Live", counts.live, "state:live", &of_all),
            figure("Never used", counts.never_used, "state:live used:never", &of_live),
            figure("Never expire", counts.never_expire, "state:live expires:never", &of_live),
            figure("Invalid", counts.invalid, "state:invalid", "kept, with their reasons"),
        ]
    })
}
