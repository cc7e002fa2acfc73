//! The richer editor of a policy: how it comes into the page, what it is told, and what it asks of the language.

use leptos::prelude::*;
use tollgate_browser::{
    Editor, EditorError, EditorModule, EditorOffer, EditorOptions, EditorParent, EditorWords, OFF_THREAD_BYTES,
};
use tollgate_policy::assist::{complete, hover, lay_out};
use tollgate_policy::{Catalog, byte_offset, utf16_offset};

use super::catalog::CatalogInUse;
use super::findings::Findings;
use super::task::task;

/// What an editor begins with, and whom it tells.
pub struct EditorStart {
    /// The text.
    pub text: String,
    /// The selection in UTF-16 units: where it was begun, and where the caret is.
    pub selection: (u32, u32),
    /// Whether it takes the focus.
    pub is_focused: bool,
    /// Whether the text can only be read.
    pub is_read_only: bool,
    /// Its name.
    pub label: String,
    /// Ids of the elements that describe it.
    pub described_by: String,
    /// Hears the text after every change that its user made.
    pub on_text: Callback<String>,
    /// Hears line and column of the caret.
    pub on_place: Callback<(u32, u32)>,
}

/// How the module stands.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Standing {
    Coming,
    Here,
    Absent(EditorError),
}

/// One place where a policy is written, and the richer editor in it once that is here. A copy is a handle on the same.
///
/// The editor goes away with the page that made this.
#[derive(Clone, Copy)]
pub struct EditorLink {
    module: StoredValue<Option<EditorModule>, LocalStorage>,
    editor: StoredValue<Option<Editor>, LocalStorage>,
    standing: RwSignal<Standing>,
    is_seated: RwSignal<bool>,
    catalog: Memo<CatalogInUse>,
}

impl EditorLink {
    /// Begins to load the module, and tells the editor what is found in its text once it is there. What it offers and
    /// explains is of a catalog; without one, of the built-in one.
    #[must_use]
    pub fn new(findings: Signal<Findings>, catalog: Option<Memo<CatalogInUse>>) -> Self {
        let link = Self {
            module: StoredValue::new_local(None),
            editor: StoredValue::new_local(None),
            standing: RwSignal::new(Standing::Coming),
            is_seated: RwSignal::new(false),
            catalog: catalog.unwrap_or_else(|| Memo::new(|_| CatalogInUse::built_in())),
        };
        let load = task(move |(): &()| async move { link.take(EditorModule::load().await) });
        load.dispatch(());
        Effect::new(move |_| {
            // What was found in a large text stays where it was until it is known anew.
            if link.is_seated.get() && !findings.with(|findings| findings.is_pending) {
                let findings = findings.with(Findings::for_editor);
                link.tell(|editor| editor.set_findings(&findings));
            }
        });
        link
    }

    fn take(self, loaded: Result<EditorModule, EditorError>) {
        let standing = match loaded {
            Ok(module) => {
                // The page may be gone by now.
                self.module.try_update_value(|place| *place = Some(module));
                Standing::Here
            }
            Err(error) => Standing::Absent(error),
        };
        self.standing.try_set(standing);
    }

    /// Whether the module is here, so that an editor can be put into the page.
    #[must_use]
    pub fn is_here(self) -> Signal<bool> {
        Signal::derive(move || self.standing.with(|standing| *standing == Standing::Here))
    }

    /// Why there is no richer editor; empty while there is, or may be.
    #[must_use]
    pub fn failure(self) -> Signal<String> {
        Signal::derive(move || {
            self.standing.with(|standing| match standing {
                Standing::Absent(error) => error.to_string(),
                Standing::Coming | Standing::Here => String::new(),
            })
        })
    }

    /// Puts an editor into an element; `false` where it cannot be had after all.
    pub fn seat(self, parent: &EditorParent, start: EditorStart) -> bool {
        let Some(module) = self.module.try_with_value(Clone::clone).flatten() else { return false };
        match module.mount(parent, options(start, self.catalog)) {
            Ok(editor) => {
                self.editor.try_update_value(|place| *place = Some(editor));
                self.is_seated.set(true);
                true
            }
            Err(error) => {
                self.standing.set(Standing::Absent(error));
                false
            }
        }
    }

    /// Hands over a text that did not come from the editor.
    pub fn set_text(self, text: &str) {
        self.tell(|editor| editor.set_text(text));
    }

    /// Moves the caret to an offset in UTF-16 units, and the focus with it.
    pub fn go(self, offset: u32) {
        self.tell(|editor| editor.select(offset, offset));
    }

    /// What goes wrong inside the editor is told, and leaves it as it was.
    fn tell(self, act: impl FnOnce(&Editor) -> Result<(), EditorError>) {
        let told = self.editor.try_with_value(|editor| editor.as_ref().map(act)).flatten();
        if let Some(Err(error)) = told {
            leptos::logging::error!("{error}");
        }
    }
}

fn options(start: EditorStart, catalog: Memo<CatalogInUse>) -> EditorOptions {
    let EditorStart { text, selection, is_focused, is_read_only, label, described_by, on_text, on_place } = start;
    // An editor may outlive its page by a moment, and what it says then is for nobody.
    let catalog = move || catalog.try_get_untracked().unwrap_or_default();
    EditorOptions {
        text,
        selection,
        is_focused,
        // A text has no more units than bytes.
        longest_asked: u32::try_from(OFF_THREAD_BYTES).unwrap_or(u32::MAX),
        is_read_only,
        label,
        described_by,
        on_text: Box::new(move |text| {
            on_text.try_run(text);
        }),
        on_place: Box::new(move |line, column| {
            on_place.try_run((line, column));
        }),
        complete: Box::new(move |text: &str, offset: u32| offers(text, offset, catalog().catalog())),
        hover: Box::new(move |text: &str, offset: u32| words_at(text, offset, catalog().catalog())),
        format: Box::new(laid_out),
    }
}

/// What may be written at an offset in UTF-16 units. Of a large text nothing is said: that would stop the typing.
fn offers(text: &str, offset: u32, catalog: &Catalog) -> Vec<EditorOffer> {
    if text.len() > OFF_THREAD_BYTES {
        return Vec::new();
    }
    let completions = complete(text, byte_offset(text, offset), catalog);
    // All of them take the place of the same word.
    let Some(replaced) = completions.first().map(|completion| completion.replace) else { return Vec::new() };
    let (from, to) = (utf16_offset(text, replaced.start), utf16_offset(text, replaced.end));
    let offer = |completion: tollgate_policy::assist::Completion| EditorOffer {
        caret: utf16_offset(&completion.insert, completion.caret),
        label: completion.label,
        detail: completion.detail,
        from,
        to,
        insert: completion.insert,
    };
    completions.into_iter().map(offer).collect()
}

/// What stands at an offset in UTF-16 units does, in words.
fn words_at(text: &str, offset: u32, catalog: &Catalog) -> Option<EditorWords> {
    if text.len() > OFF_THREAD_BYTES {
        return None;
    }
    let hover = hover(text, byte_offset(text, offset), catalog)?;
    let (from, to) = (utf16_offset(text, hover.span.start), utf16_offset(text, hover.span.end));
    Some(EditorWords { from, to, lines: hover.words })
}

/// A text in an even layout, if it has one and is not so large that this would stop the typing.
pub(super) fn laid_out(text: &str) -> Option<String> {
    if text.len() <= OFF_THREAD_BYTES { lay_out(text) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offers_count_as_browsers_do() {
        let text = "{\"😀\": 1, \"resources\": {\"*\": {\"al";
        let units = u32::try_from(text.encode_utf16().count()).unwrap();
        let offers = offers(text, units, Catalog::review_board_8_1());
        let first = offers.first().unwrap();
        assert_eq!((first.label.as_str(), first.from, first.to), ("allow", units - 3, units));
        assert_eq!((first.insert.as_str(), first.caret), ("\"allow\": []", 10));
    }

    #[test]
    fn what_is_offered_is_of_the_catalog_in_use() {
        let document = r#"{"openapi": "3.0.0", "paths": {"/pets": {"get": {}}}}"#;
        let catalog = tollgate_policy::import_openapi(document).into_catalog().unwrap();
        let offers = offers("{\"resources\": {\"pe", 18, &catalog);
        assert!(offers.iter().any(|offer| offer.label == "pets"), "{offers:?}");
    }

    #[test]
    fn words_count_as_browsers_do() {
        let text = "{\"😀\": 1, \"resources\": {}}";
        let start = text.encode_utf16().position(|unit| unit == u16::from(b'r')).map(|at| u32::try_from(at).unwrap());
        let words = words_at(text, start.unwrap(), Catalog::review_board_8_1()).unwrap();
        assert_eq!((words.from, words.to), (start.unwrap() - 1, start.unwrap() + 10));
        assert_eq!(words.lines.last().map(String::as_str), Some("the rules, by resource"));
    }

    #[test]
    fn a_large_text_is_left_to_its_author() {
        let text = format!("[{}\"\"]", "\"\",".repeat(OFF_THREAD_BYTES));
        assert!(offers(&text, 1, Catalog::review_board_8_1()).is_empty());
        assert_eq!(words_at(&text, 1, Catalog::review_board_8_1()), None);
        assert_eq!(laid_out(&text), None);
    }
}
