//! Acts that the page on show offers, so that the palette can offer them as well.

use leptos::prelude::*;

#[derive(Clone, Copy)]
struct Offer {
    id: &'static str,
    asks: RwSignal<bool>,
    can: Signal<bool>,
}

/// The acts on offer now.
#[derive(Clone, Copy)]
pub struct Offers {
    all: RwSignal<Vec<Offer>>,
}

impl Offers {
    pub(super) fn new() -> Self {
        Self { all: RwSignal::new(Vec::new()) }
    }

    /// Offers an act for as long as what calls this is on the page: while `can` holds, picking it sets `asks`.
    pub fn offer(self, id: &'static str, asks: RwSignal<bool>, can: Signal<bool>) {
        self.all.update(|all| all.push(Offer { id, asks, can }));
        on_cleanup(move || {
            self.all.try_update(|all| all.retain(|offer| offer.asks != asks));
        });
    }

    /// Whether an act is on offer.
    #[must_use]
    pub fn has(self, id: &str) -> bool {
        self.all.with(|all| all.iter().any(|offer| offer.id == id && offer.can.try_get() == Some(true)))
    }

    /// Asks what an act asks first, and says whether it was on offer.
    pub fn ask(self, id: &str) -> bool {
        let is_it = |offer: &&Offer| offer.id == id && offer.can.try_get_untracked() == Some(true);
        let found = self.all.with_untracked(|all| all.iter().find(is_it).copied());
        if let Some(offer) = found {
            offer.asks.set(true);
        }
        found.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_act_is_on_offer_while_it_can_be_done_and_its_page_is_shown() {
        let app = Owner::new();
        app.set();
        let offers = Offers::new();
        let page = app.child();
        let (asks, can) = page.with(|| (RwSignal::new(false), RwSignal::new(true)));
        page.with(|| offers.offer("delete-token", asks, can.into()));
        assert!(offers.has("delete-token") && !offers.has("edit-token"));
        can.set(false);
        assert!(!offers.has("delete-token") && !offers.ask("delete-token"));
        can.set(true);
        assert!(offers.ask("delete-token") && asks.get_untracked());
        page.cleanup();
        assert!(!offers.has("delete-token"));
    }
}
