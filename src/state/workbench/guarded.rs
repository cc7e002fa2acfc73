//! The guardrails that a text is held against.

use std::sync::Arc;

use leptos::prelude::*;
use tollgate_tokens::{GuardrailRecord, TokenUid, Workspace};

use super::place::WorkbenchPlace;
use crate::state::Console;
use crate::state::catalog::CatalogInUse;

/// Those that cover the token whose policy was opened, or all for a draft, as the texts that they are stored as.
///
/// None for a policy of another service: guardrails are about the resources of the one that tokens are for.
pub(super) fn guardrails(
    console: Console,
    place: RwSignal<WorkbenchPlace>,
    catalog: Memo<CatalogInUse>,
) -> Memo<Vec<String>> {
    let token = Memo::new(move |_| place.with(|place| place.token));
    let is_other = Memo::new(move |_| catalog.with(|catalog| !catalog.name().is_empty()));
    Memo::new(move |_| {
        if is_other.get() {
            return Vec::new();
        }
        let token = token.get();
        console.workspace().with(|workspace| texts(workspace, token))
    })
}

fn texts(workspace: &Workspace, token: Option<TokenUid>) -> Vec<String> {
    let token = token.and_then(|uid| workspace.token(uid));
    let is_meant = |record: &&Arc<GuardrailRecord>| {
        token.is_none_or(|token| record.covers(&token.owner, token.local_site.as_ref()))
    };
    let records = workspace.library().guardrails().filter(is_meant);
    records.filter_map(|record| serde_json::to_string(&record.guardrail).ok()).collect()
}

#[cfg(test)]
mod tests {
    use tollgate_policy::guardrail::{Choice, Guardrail, Items, Rule, Scope, Target};
    use tollgate_tokens::Journal as _;
    use tollgate_tokens::checked::NewToken;
    use tollgate_tokens::library::NewGuardrail;
    use tollgate_tokens::people::Powers;
    use tollgate_tokens::test_support::memory_manager;

    use super::*;
    use crate::state::test_support::at_once;

    #[test]
    fn a_token_is_held_against_the_guardrails_that_cover_it_and_a_draft_against_all() {
        let manager = memory_manager();
        let owner: tollgate_tokens::Username = "alice".parse().unwrap();
        at_once(manager.add_user(owner.clone(), Powers::default())).unwrap();
        let uid = at_once(manager.generate(NewToken::for_owner(owner))).unwrap().uid;
        for site in [None, Some("acme".to_owned())] {
            let target = Target { methods: Choice::Any, resources: Choice::Any, items: Items::All };
            let scope = Scope { local_site: site, users: Choice::Any };
            let guardrail = Guardrail::new("nothing", scope, Rule::Never, target).unwrap();
            at_once(manager.add_guardrail(NewGuardrail { guardrail, note: String::new() })).unwrap();
        }
        manager.journal().read(|ledger| {
            let workspace = ledger.workspace();
            assert_eq!(texts(workspace, None).len(), 2);
            let covering = texts(workspace, Some(uid));
            assert!(covering.len() == 1 && !covering[0].contains("acme"), "{covering:?}");
        });
    }
}
