//! What every part of the workbench works with: its state, the caret, and the URL.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::components::EditorPlace;
use crate::state::workbench::{EditLook, PlaceLook, Side, Workbench, WorkbenchPlace};

/// Handles on the state, the caret and the URL.
#[derive(Clone, Copy)]
pub(super) struct Tools {
    /// The state.
    pub(super) bench: Workbench,
    /// Where the caret shall go.
    pub(super) caret: RwSignal<Option<EditorPlace>>,
    visit: Callback<String>,
}

impl Tools {
    pub(super) fn new(bench: Workbench) -> Self {
        let navigate = use_navigate();
        let visit = Callback::new(move |url: String| {
            // Whatever is chosen or typed here is one step of the history.
            navigate(&url, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
        });
        Self { bench, caret: RwSignal::new(None), visit }
    }

    /// Goes elsewhere on the workbench, and lets the URL say so.
    pub(super) fn change(self, change: impl FnOnce(&mut WorkbenchPlace)) {
        let mut place = self.bench.place().get_untracked();
        change(&mut place);
        let url = place.url();
        self.bench.go(place);
        self.visit.run(url);
    }

    /// Lets the URL speak of the text that takes the place of this one: the catalog and the request that were chosen
    /// for this one do not hold for that. The page of that one follows.
    pub(super) fn make_way(self) {
        self.visit.run(self.bench.place().with_untracked(|place| place.for_another_text().url()));
    }

    /// Explains a request.
    pub(super) fn explain(self, method: &str, path: &str) {
        self.change(|place| {
            place.side = Side::Explain;
            place.method = method.to_owned();
            place.path = path.to_owned();
        });
    }

    /// Moves the caret to a place in the text.
    pub(super) fn jump(self, at: PlaceLook) {
        self.caret.set(Some(EditorPlace { line: at.line, column: at.column }));
    }

    /// Makes edits that were found, and shows where: the button that was pressed is gone with what it was for.
    pub(super) fn apply(self, act: &str, edits: &[EditLook]) {
        if let Some(at) = self.bench.apply(act, edits) {
            self.jump(at);
        }
    }
}
