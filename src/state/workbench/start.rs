//! What the workbench begins with.

use tollgate_browser::{DraftCatalog, POLICY_DRAFT_LIMIT, PolicyDraft, PolicyTests, Preference as _, PreferenceError};

use super::sheet::Sheet;

/// What a newcomer sees: the server's own read-only policy, which has something to say about itself.
const START: &str = "{\n  \"resources\": {\n    \"*\": {\n      \"allow\": [\"GET\"],\n      \"block\": [\"*\"]\n    },\n    \"review\": {\n      \"*\": { \"allow\": [\"POST\", \"PUT\"] }\n    }\n  }\n}\n";

/// A stored policy on several lines, as people write it; a text that is no JSON stays as it is.
#[must_use]
pub fn pretty(text: &str) -> String {
    let value: Result<serde_json::Value, _> = serde_json::from_str(text);
    value
        .and_then(|value| serde_json::to_string_pretty(&value))
        .map_or_else(|_| text.to_owned(), |pretty| pretty + "\n")
}

/// The draft that is kept on this device, with what lies beside it; empty where none is.
pub(super) fn kept_draft() -> Sheet {
    Sheet {
        text: PolicyDraft::load().as_str().to_owned(),
        tests: PolicyTests::load().cases().to_vec(),
        catalog: DraftCatalog::load().0,
    }
}

/// Whether this device keeps a text as the draft, so that it outlives the page.
pub(super) fn is_kept(text: &str) -> bool {
    text.len() <= POLICY_DRAFT_LIMIT && PolicyDraft::load().as_str() == text
}

/// Puts another draft in its place, with what lies beside it: all of that or nothing.
pub(super) fn replace_draft(former: &Sheet, next: &Sheet) -> Result<(), PreferenceError> {
    keep_draft(next).inspect_err(|_| drop(keep_draft(former)))
}

fn keep_draft(sheet: &Sheet) -> Result<(), PreferenceError> {
    let (draft, tests) = (PolicyDraft::new(sheet.text.clone())?, PolicyTests::new(sheet.tests.clone())?);
    draft.store()?;
    tests.store()?;
    DraftCatalog(sheet.catalog.clone()).store()
}

/// The draft that was kept on this device, or what a newcomer sees.
pub(super) fn draft() -> String {
    let kept = PolicyDraft::load();
    if kept.as_str().is_empty() { START.to_owned() } else { kept.as_str().to_owned() }
}
