//! When things end: bars over time, drawn as SVG, with the same numbers as a table.

use super::icon::{Icon, IconName};
use leptos::prelude::*;

/// What a bar stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimelineKind {
    /// A span of time.
    #[default]
    Usual,
    /// A span so near that something should be done.
    Soon,
    /// Everything after the last span; drawn with a break, because it may dwarf the others.
    Later,
    /// What never ends; dashed.
    Never,
}

/// One bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineBar {
    /// Its span in words, for the table: "week of 22 February 2027".
    pub label: String,
    /// What stands below it on the axis, such as a month; empty for nothing.
    pub tick: String,
    /// How many.
    pub count: u32,
    /// What it stands for.
    pub kind: TimelineKind,
}

const STEP: u32 = 33;
/// Room before each of "later" and "never", which are not on the scale of time.
const APART: u32 = 20;
/// A few bars are not blown up to the width of the page.
const LEAST_WIDTH: u32 = 900;
const LEFT: u32 = 36;
const TOP: u32 = 36;
const BASE: u32 = 150;
const HEIGHT: u32 = 176;

/// A round number of which at most four fit into `most`.
fn grid_step(most: u32) -> u32 {
    let mut step = 1_u32;
    loop {
        for factor in [1, 2, 5] {
            let candidate = step.saturating_mul(factor);
            if most / candidate.max(1) <= 4 {
                return candidate.max(1);
            }
        }
        step = step.saturating_mul(10);
    }
}

/// Height of the scale: the tallest bar that is drawn to scale.
fn scale_top(bars: &[TimelineBar]) -> u32 {
    let to_scale = |bar: &&TimelineBar| matches!(bar.kind, TimelineKind::Usual | TimelineKind::Soon);
    bars.iter().filter(to_scale).map(|bar| bar.count).max().unwrap_or(0).max(4)
}

/// Nothing is nothing, anything can be seen.
fn height_of(count: u32, top: u32) -> u32 {
    let height = count.min(top).saturating_mul(BASE - TOP) / top.max(1);
    height.max(u32::from(count > 0))
}

fn number(count: u32) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

fn grid_view(top: u32, right: u32) -> impl IntoView {
    let step = grid_step(top);
    let line = |value: u32| {
        let y = BASE - height_of(value, top);
        view! {
            <path class="gl" d=format!("M{LEFT} {y}H{right}") />
            <text x=(LEFT - 8).to_string() y=(y + 4).to_string() text-anchor="end">
                {number(value)}
            </text>
        }
    };
    (1..=top / step).map(|index| line(index * step)).collect_view()
}

fn bar_view(index: usize, bar: TimelineBar, top: u32, labelled: u32) -> impl IntoView {
    let class = match bar.kind {
        TimelineKind::Usual | TimelineKind::Later => "bar",
        TimelineKind::Soon => "bar soon",
        TimelineKind::Never => "bar never",
    };
    let column = u32::try_from(index).unwrap_or_default();
    let aside = match bar.kind {
        TimelineKind::Usual | TimelineKind::Soon => 0,
        TimelineKind::Later => APART,
        TimelineKind::Never => 2 * APART,
    };
    let x = LEFT + 4 + column * STEP + aside;
    let height = height_of(bar.count, top);
    let y = BASE - height;
    let middle = (x + 13).to_string();
    let broken = bar.kind == TimelineKind::Later && bar.count > top;
    let apart = matches!(bar.kind, TimelineKind::Later | TimelineKind::Never);
    let stands_out = apart || bar.kind == TimelineKind::Soon || bar.count >= labelled;
    let says = (bar.count > 0 && stands_out).then(|| {
        let above = (y - 6).to_string();
        view! {
            <text class="lab" x=middle.clone() y=above text-anchor="middle">
                {number(bar.count)}
            </text>
        }
    });
    let cut = broken.then(|| {
        let (left, right, at) = (x - 4, x + 30, TOP + 26);
        let outline = format!("M{left} {at}L{right} {}v5L{left} {}z", at - 8, at + 5);
        view! { <path class="cut-bar" d=outline /> }
    });
    let tick = (!bar.tick.is_empty()).then(|| {
        let anchor = if apart { "middle" } else { "start" };
        let tick_x = if apart { middle.clone() } else { x.to_string() };
        view! { <text x=tick_x y="168" text-anchor=anchor>{bar.tick}</text> }
    });
    view! {
        <rect class=class x=x.to_string() y=y.to_string() width="26" height=height.to_string() rx="1" />
        {cut}
        {says}
        {tick}
    }
}

/// The chart; its table opens below it, and assistive technology gets `summary` for the picture.
#[component]
pub fn Timeline(
    /// The bars, soonest first, "later" and "never" last.
    #[prop(into)]
    bars: Signal<Vec<TimelineBar>>,
    /// The shape in a sentence: "61 this week, 412 within 30 days, a peak of 402 in the week of 22 February".
    #[prop(into)]
    summary: Signal<String>,
) -> impl IntoView {
    let width = move || {
        let columns = bars.with(|bars| u32::try_from(bars.len()).unwrap_or_default());
        (LEFT + 8 + columns * STEP + 2 * APART).max(LEAST_WIDTH)
    };
    let drawing = move || {
        let bars = bars.get();
        let top = scale_top(&bars);
        // Only what stands out is labelled, so that the numbers do not run into one another.
        let labelled = (top / 5).saturating_mul(4).max(1);
        let drawn = bars.into_iter().enumerate().map(|(index, bar)| bar_view(index, bar, top, labelled)).collect_view();
        (grid_view(top, width()), drawn)
    };
    let row = |bar: TimelineBar| {
        view! {
            <tr>
                <td>{bar.label}</td>
                <td class="num">{number(bar.count)}</td>
            </tr>
        }
    };
    view! {
        <div class="scroll" role="group" aria-label="Expiry chart" tabindex="0">
            <svg
                class="chart"
                viewBox=move || format!("0 0 {} {HEIGHT}", width())
                role="img"
                aria-label=move || summary.get()
            >
                {drawing}
                <path class="ax" d=move || format!("M{LEFT} 150.5H{}", width()) />
                <path class="now" d="M37 14V150" />
                <text class="nowt" x="36" y="10">
                    "today"
                </text>
            </svg>
        </div>
        <details class="as-table">
            <summary>
                <Icon name=IconName::Right />
                "As a table"
            </summary>
            <table class="plain-table">
                <thead>
                    <tr>
                        <th scope="col">"When"</th>
                        <th scope="col" class="num">
                            "Tokens"
                        </th>
                    </tr>
                </thead>
                <tbody>{move || bars.get().into_iter().map(row).collect_view()}</tbody>
            </table>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_most_four_grid_lines() {
        assert_eq!(grid_step(4), 1);
        assert_eq!(grid_step(402), 100);
        assert_eq!(grid_step(1_900), 500);
        assert_eq!(grid_step(0), 1);
    }

    #[test]
    fn whatever_is_there_can_be_seen() {
        assert_eq!([0, 1, 500, 1_000, 5_000].map(|count| height_of(count, 1_000)), [0, 1, 57, 114, 114]);
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(number(388), "388");
        assert_eq!(number(12_480), "12,480");
        assert_eq!(number(1_000_000), "1,000,000");
    }
}
