//! What a token may do, as four small bars beside the words.

use leptos::prelude::*;

/// The share of operations allowed per method, each from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PowerShares {
    /// Share of readable operations.
    pub get: f64,
    /// Share of creating operations.
    pub post: f64,
    /// Share of updating operations.
    pub put: f64,
    /// Share of deleting operations; red when there is any.
    pub delete: f64,
}

const BAR_HEIGHT: u32 = 14;

/// Height of a bar in the 14 unit box: nothing is nothing, anything is at least three units. `as` is saturating here.
fn bar_height(share: f64) -> u32 {
    if share <= 0.0 { 0 } else { ((share * f64::from(BAR_HEIGHT)).round() as u32).clamp(3, BAR_HEIGHT) }
}

/// Four bars, GET POST PUT DELETE, and the words; the bars are hidden from assistive technology.
#[component]
pub fn PowerGlyph(
    /// The shares.
    shares: PowerShares,
    /// The same in words: "Read all, write reviews".
    words: String,
) -> impl IntoView {
    let bar = |(x, share, class): (u32, f64, &'static str)| {
        let height = bar_height(share);
        view! {
            <rect class="bg" x=x.to_string() y="13" width="4" height="1" />
            <rect
                class=class
                x=x.to_string()
                y=(BAR_HEIGHT - height).to_string()
                width="4"
                height=height.to_string()
            />
        }
    };
    let PowerShares { get, post, put, delete } = shares;
    let bars = [(0, get, "fg"), (6, post, "fg"), (12, put, "fg"), (18, delete, "del")].map(bar).into_iter();
    let title = words.clone();
    view! {
        <span class="power">
            <svg class="glyph" viewBox="0 0 22 14" aria-hidden="true" focusable="false">
                {bars.collect_view()}
            </svg>
            <span title=title>{words}</span>
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::bar_height;

    #[test]
    fn a_sliver_of_power_can_still_be_seen() {
        assert_eq!([0.0, 0.001, 1.0, 7.0].map(bar_height), [0, 3, 14, 14]);
    }
}
