//! Which rows of a long list are in sight.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

/// Rows drawn above and below the ones in sight, so that quick scrolling shows no gaps.
const SPARE: usize = 12;

/// What scrolls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Scroller {
    /// The list's own box, on wide windows.
    #[default]
    List,
    /// The whole page, on narrow ones.
    Page,
}

/// Sizes in CSS pixels, read from the document.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Geometry {
    scroller: Scroller,
    /// How far the first row lies above the upper edge of what can be seen.
    hidden_above: f64,
    /// How much of the list can be seen.
    seen: f64,
    /// Height of one row.
    row: f64,
    /// Where the list starts in the page.
    list_top: f64,
}

impl Geometry {
    /// Reads the sizes; before the list is in the document all of them are zero.
    pub(super) fn measure(scroll: NodeRef<html::Div>, probe: NodeRef<html::Div>) -> Geometry {
        let (Some(list), Some(probe)) = (scroll.get_untracked(), probe.get_untracked()) else {
            return Geometry::default();
        };
        let page_height = document().document_element().map_or(0, |root| root.client_height());
        let row = f64::from(probe.offset_height()).max(1.0);
        let list_top = f64::from(list.offset_top());
        if list.client_height() <= page_height {
            let seen = f64::from(list.client_height());
            let hidden_above = f64::from(list.scroll_top());
            return Geometry { scroller: Scroller::List, hidden_above, seen, row, list_top };
        }
        let scrolled = window().scroll_y().unwrap_or(0.0);
        let hidden_above = (scrolled - list_top).max(0.0).floor();
        Geometry { scroller: Scroller::Page, hidden_above, seen: f64::from(page_height), row, list_top }
    }

    /// Reads the sizes again, and says so only where they changed.
    pub(super) fn update(geometry: RwSignal<Geometry>, scroll: NodeRef<html::Div>, probe: NodeRef<html::Div>) {
        let measured = Geometry::measure(scroll, probe);
        if geometry.get_untracked() != measured {
            geometry.set(measured);
        }
    }

    /// How many whole rows fit into what can be seen, less the head.
    pub(super) fn rows_in_sight(self) -> usize {
        whole(self.seen / self.row.max(1.0)).saturating_sub(2).max(1)
    }

    /// Scrolls so that `top`, counted from the first row, is at the upper edge.
    pub(super) fn scroll_to(scroll: NodeRef<html::Div>, geometry: Geometry, top: f64) {
        match geometry.scroller {
            Scroller::List => {
                if let Some(list) = scroll.get_untracked() {
                    list.set_scroll_top(pixels(top));
                }
            }
            Scroller::Page => window().scroll_to_with_x_and_y(0.0, geometry.list_top + top),
        }
    }
}

/// Measures once the list is there, when it grows or shrinks, and when the window scrolls or changes its size.
pub(super) fn follow_geometry(
    scroll: NodeRef<html::Div>,
    probe: NodeRef<html::Div>,
    count: Memo<usize>,
) -> RwSignal<Geometry> {
    let geometry = RwSignal::new(Geometry::default());
    let update = move || Geometry::update(geometry, scroll, probe);
    Effect::new(move |_| {
        count.track();
        if scroll.get().is_some() {
            request_animation_frame(update);
        }
    });
    let resized = window_event_listener(ev::resize, move |_| update());
    let scrolled = window_event_listener(ev::scroll, move |_| update());
    on_cleanup(move || {
        resized.remove();
        scrolled.remove();
    });
    geometry
}

/// A size as the whole pixels the document wants; `as` is saturating here.
fn pixels(size: f64) -> i32 {
    size.round() as i32
}

/// A size or a quotient of sizes as a whole number; `as` is saturating here.
fn whole(size: f64) -> usize {
    size.max(0.0).floor() as usize
}

fn rows_height(rows: usize, row: f64) -> f64 {
    rows as f64 * row
}

/// The rows to draw, and the room of the others.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct RowWindow {
    /// Index of the first row drawn.
    pub(super) first: usize,
    /// How many are drawn.
    pub(super) len: usize,
    /// Height of the rows above, in CSS pixels.
    pub(super) above: usize,
    /// Height of the rows below, in CSS pixels.
    pub(super) below: usize,
}

impl RowWindow {
    /// The window over `count` rows; before anything was measured, the first screenful.
    pub(super) fn of(geometry: Geometry, count: usize) -> RowWindow {
        if geometry.row <= 0.0 {
            let len = count.min(4 * SPARE);
            return RowWindow { first: 0, len, above: 0, below: 0 };
        }
        // A list that grew shorter may still be scrolled far down.
        let in_sight = whole(geometry.hidden_above / geometry.row).min(count.saturating_sub(1));
        let first = in_sight.saturating_sub(SPARE);
        let wanted = whole(geometry.seen / geometry.row) + 2 * SPARE + 2;
        let len = wanted.min(count - first.min(count));
        let rest = count.saturating_sub(first + len);
        let height = |rows| whole(rows_height(rows, geometry.row));
        RowWindow { first, len, above: height(first), below: height(rest) }
    }
}

/// Where to scroll so that row `to` is in sight, or nothing if it is.
pub(super) fn top_that_shows(geometry: Geometry, to: usize) -> Option<f64> {
    let row = geometry.row.max(1.0);
    let top = rows_height(to, row);
    // The sticky head and what floats at the lower edge cover up to two rows.
    let (upper, lower) = (geometry.hidden_above, geometry.hidden_above + geometry.seen - 2.0 * row);
    if top < upper {
        Some(top)
    } else if top + row > lower {
        Some((top - geometry.seen + 3.0 * row).max(0.0))
    } else {
        None
    }
}

/// The row a key leads to from `at`, among `count` rows, `page` of them in sight.
pub(super) fn step_row(key: &str, at: Option<usize>, count: usize, page: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    let Some(at) = at else {
        return matches!(key, "ArrowDown" | "ArrowUp" | "Home" | "PageDown").then_some(0);
    };
    match key {
        "ArrowDown" => Some((at + 1).min(last)),
        "ArrowUp" => Some(at.saturating_sub(1)),
        "PageDown" => Some((at + page).min(last)),
        "PageUp" => Some(at.saturating_sub(page)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen_from(hidden_above: f64) -> Geometry {
        Geometry { hidden_above, seen: 320.0, row: 32.0, ..Geometry::default() }
    }

    #[test]
    fn only_rows_around_the_ones_in_sight_are_drawn() {
        let window = RowWindow::of(seen_from(32_000.0), 10_000);
        assert_eq!((window.first, window.len), (988, 36));
        assert_eq!(window.above, 988 * 32);
        assert_eq!(window.below, (10_000 - 988 - 36) * 32);
    }

    #[test]
    fn a_list_that_grew_shorter_still_shows_its_end() {
        let window = RowWindow::of(seen_from(32_000.0), 5);
        assert_eq!((window.first, window.len), (0, 5));
    }

    #[test]
    fn an_empty_list_draws_nothing() {
        assert_eq!(RowWindow::of(seen_from(0.0), 0), RowWindow::default());
    }

    #[test]
    fn keys_stay_inside_the_list() {
        assert_eq!(step_row("ArrowDown", Some(4), 5, 3), Some(4));
        assert_eq!(step_row("PageUp", Some(1), 5, 3), Some(0));
        assert_eq!(step_row("End", Some(0), 5, 3), Some(4));
        assert_eq!(step_row("ArrowDown", None, 5, 3), Some(0));
        assert_eq!(step_row("ArrowDown", None, 0, 3), None);
    }

    #[test]
    fn a_row_in_sight_needs_no_scrolling() {
        assert_eq!(top_that_shows(seen_from(0.0), 3), None);
        assert_eq!(top_that_shows(seen_from(320.0), 3), Some(96.0));
        assert!(top_that_shows(seen_from(0.0), 40).is_some());
    }
}
