//! The address of an API: what a server answers there becomes the document of an import.

use leptos::prelude::*;
use tollgate_browser::{FetchError, TextFetch, page_address};

use super::import::Document;
use crate::state::task::task;

/// Where the root resource of a server usually is.
const USUAL_PATH: &str = "/api/";

/// What is said when there is another document by the time that the answer comes.
const OVERTAKEN: &str =
    "The document was changed meanwhile, so what was fetched was put aside. Fetch again to take it.";

/// Fetches the document of an import from an address. A copy is a handle on the same.
#[derive(Clone, Copy)]
pub struct AddressFetch {
    asking: Asking,
    fetch: Action<(), ()>,
}

#[derive(Clone, Copy)]
struct Asking {
    document: Document,
    address: RwSignal<String>,
    error: RwSignal<String>,
    /// How many bytes are here; none while nothing is fetched.
    came: RwSignal<Option<u64>>,
    under_way: StoredValue<Option<TextFetch>, LocalStorage>,
}

impl AddressFetch {
    /// Nothing is fetched yet. What is under way ends with the page.
    pub(super) fn new(document: Document) -> Self {
        let asking = Asking {
            document,
            address: RwSignal::new(page_address(USUAL_PATH)),
            error: RwSignal::new(String::new()),
            came: RwSignal::new(None),
            under_way: StoredValue::new_local(None),
        };
        on_cleanup(move || asking.cancel());
        Self { asking, fetch: task(move |(): &()| asking.run()) }
    }

    /// The address; the usual one of the page's own server at first.
    #[must_use]
    pub fn address(self) -> Signal<String> {
        self.asking.address.into()
    }

    /// Takes over what was typed.
    pub fn set_address(self, address: String) {
        self.asking.error.set(String::new());
        self.asking.address.set(address);
    }

    /// Why nothing was fetched and what to do, in sentences; empty when nothing is wrong.
    #[must_use]
    pub fn error(self) -> Signal<String> {
        self.asking.error.into()
    }

    /// How many bytes are here; none while nothing is fetched.
    #[must_use]
    pub fn came(self) -> Signal<Option<u64>> {
        self.asking.came.into()
    }

    /// Fetches from the address, unless that is under way. What comes takes the place of the document.
    pub fn fetch(self) {
        let asking = self.asking;
        if asking.came.with_untracked(Option::is_some) {
            return;
        }
        asking.error.set(String::new());
        match asking.address.with_untracked(|address| TextFetch::of(address)) {
            Ok(fetch) => {
                asking.under_way.set_value(Some(fetch));
                asking.came.set(Some(0));
                self.fetch.dispatch(());
            }
            Err(error) => asking.refuse(&error),
        }
    }

    /// Stops fetching; the document stays.
    pub fn cancel(self) {
        self.asking.cancel();
    }
}

impl Asking {
    fn cancel(self) {
        if let Some(fetch) = self.on_its_way() {
            fetch.cancel();
        }
    }

    fn on_its_way(self) -> Option<TextFetch> {
        self.under_way.try_with_value(Option::clone).flatten()
    }

    async fn run(self) {
        let Some(fetch) = self.on_its_way() else { return };
        let Some(number) = self.document.number() else { return };
        let text = fetch.text(move |bytes| self.note(bytes)).await;
        self.under_way.try_set_value(None);
        self.came.try_set(None);
        // The page may be gone by now.
        let Some(newest) = self.document.number() else { return };
        match text {
            Ok(text) if newest == number => self.document.receive(text, fetch.source().to_owned()).await,
            Ok(_) => self.error.set(OVERTAKEN.to_owned()),
            Err(FetchError::Canceled) => {}
            Err(error) => self.refuse(&error),
        }
    }

    fn note(self, bytes: u64) {
        self.came.try_set(Some(bytes));
    }

    fn refuse(self, error: &FetchError) {
        self.error.set(format!("{error}. {}", error.help()));
    }
}
