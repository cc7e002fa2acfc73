//! Every place and act, for the palette.

use super::Console;

/// When the palette offers an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnOffer {
    /// On every page.
    Always,
    /// While the page on show offers it.
    ByPage,
}

/// Something the palette offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Act {
    /// Names it.
    pub id: &'static str,
    /// What it does.
    pub title: &'static str,
    /// Where it leads; empty for acts that stay.
    pub href: &'static str,
    /// Its key, if it has one.
    pub keys: &'static str,
    /// When it is offered.
    pub on_offer: OnOffer,
}

const fn place(id: &'static str, title: &'static str, href: &'static str, keys: &'static str) -> Act {
    Act { id, title, href, keys, on_offer: OnOffer::Always }
}

const fn by_page(id: &'static str, title: &'static str) -> Act {
    Act { id, title, href: "", keys: "", on_offer: OnOffer::ByPage }
}

/// The act that looks a text up.
pub const LOOK_UP: Act = place("lookup", "Look up a token", "/lookup", "G L");

const ACTS: [Act; 34] = [
    by_page("edit-token", "Edit this token"),
    by_page("rotate-token", "Rotate this token"),
    by_page("invalidate-token", "Invalidate this token"),
    by_page("delete-token", "Delete this token"),
    by_page("expiry-selected", "Change the expiry of the selected tokens"),
    by_page("policy-selected", "Change the policy of the selected tokens"),
    by_page("invalidate-selected", "Invalidate the selected tokens"),
    by_page("delete-selected", "Delete the selected tokens"),
    by_page("discard-apart", "Discard what does not fit in the second copy"),
    place("new-token", "Make a new token", "/tokens/new", "N"),
    place("client-token", "Hand a client its token", "/tokens/client", ""),
    place("overview", "Go to Overview", "/", "G O"),
    place("tokens", "Go to Tokens", "/tokens", "G T"),
    place("policies", "Go to Policies", "/policies", "G P"),
    place("guardrails", "Go to Guardrails", "/guardrails", "G R"),
    place("library", "Go to Library", "/library", "G B"),
    place("catalog", "Go to Catalog", "/catalog", "G C"),
    place("people", "Go to People", "/people", "G U"),
    place("activity", "Go to Activity", "/activity", "G A"),
    place("settings", "Go to Settings", "/settings", "G S"),
    LOOK_UP,
    place("live", "List live tokens", "/tokens?q=state:live", ""),
    place("expiring", "List tokens that expire soon", "/tokens?q=state:expiring", ""),
    place("never-used", "List tokens that were never used", "/tokens?q=state:live%20used:never", ""),
    place("stale", "List tokens that were not used for 90 days", "/tokens?q=state:live%20used%3E90d", ""),
    place("files", "Export, import or back up this workspace", "/settings", ""),
    place("vault", "Save the vault, or take in a saved one", "/settings", ""),
    place("undo", "Undo the last act", "", "Ctrl Z"),
    place("invalidate-everybody", "Invalidate every token of everybody", "", ""),
    place("theme-light", "Use the light theme", "", ""),
    place("theme-dark", "Use the dark theme", "", ""),
    place("theme-system", "Use the system’s theme", "", ""),
    place("workspace", "Switch between sample data and your own", "", ""),
    place("keys", "Show all keys", "", "?"),
];

/// Every act, in the order of the palette.
#[must_use]
pub fn acts() -> &'static [Act] {
    &ACTS
}

/// The acts that can be done now, in the order of the palette.
pub fn acts_on_offer(console: Console) -> impl Iterator<Item = &'static Act> {
    acts().iter().filter(move |act| act.on_offer == OnOffer::Always || console.offers.has(act.id))
}
