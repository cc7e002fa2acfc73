//! Findings beyond those that are kept cost next to nothing, counted in allocations: time differs from run to run.
#![expect(unsafe_code, reason = "only an allocator can count, and to be one is unsafe")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

use tollgate_policy::{Catalog, MAX_DIAGNOSTICS, check};

struct Counting;

static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);

#[global_allocator]
static ALLOCATOR: Counting = Counting;

// SAFETY: every call goes on to the allocator of the system as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: what the caller promised here is what is promised there.
        unsafe { System.alloc(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        // SAFETY: what the caller promised here is what is promised there.
        unsafe { System.realloc(pointer, layout, size) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: what the caller promised here is what is promised there.
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// How often memory is asked for while a policy with this many ids is checked, each with half a surrogate pair.
fn allocations(ids: usize) -> usize {
    let members: Vec<String> =
        (0..ids).map(|number| format!("\"\\ud800{number:06}\": {{\"allow\": [\"GET\"]}}")).collect();
    let text = format!("{{\"resources\": {{\"review\": {{{}}}}}}}", members.join(", "));
    let catalog = Catalog::review_board_8_1();
    let before = ALLOCATIONS.load(Ordering::Relaxed);
    let checked = check(&text, catalog);
    let taken = ALLOCATIONS.load(Ordering::Relaxed) - before;
    assert!(checked.verdict().is_accepted());
    assert_eq!(checked.diagnostics().len(), MAX_DIAGNOSTICS);
    taken
}

// One test in this file: others beside it would be counted too.
#[test]
fn an_id_beyond_the_kept_findings_costs_its_own_text_and_no_more() {
    let (some, more) = (allocations(2_000), allocations(12_000));
    let each = more.saturating_sub(some) / 10_000;
    assert!(each <= 3, "{each} allocations for each further id: its units, and its text, cut to size");
}
