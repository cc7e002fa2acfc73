//! Local Sites are kept apart in whatever is asked.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it cannot go on")]

use chrono::TimeDelta;
use proptest::prelude::*;
use tollgate_tokens::checked::{InvalidateCall, NewExpiry, NewToken, Owners, Rotation, TokenEdit};
use tollgate_tokens::compatible::Condition;
use tollgate_tokens::people::Powers;
use tollgate_tokens::test_support::{CountingEntropy, SteadyClock, memory_manager};
use tollgate_tokens::{
    Access, Journal as _, Manager, MemoryJournal, SiteName, Token, TokenQuery, Username, Workspace, access,
    tokens_in_place,
};

type TestManager = Manager<MemoryJournal, SteadyClock, CountingEntropy>;

const PLACES: [Option<&str>; 3] = [None, Some("acme"), Some("labs")];
const USERS: [&str; 3] = ["alice", "bob", "root"];

fn name(index: usize) -> Username {
    USERS[index % USERS.len()].parse().unwrap()
}

fn site(index: usize) -> Option<SiteName> {
    PLACES[index % PLACES.len()].map(|name| name.parse().unwrap())
}

/// Tokens of three users, one a superuser, in three places, some of them edited and rotated since.
fn manager(tokens: &[(usize, usize, u8)]) -> TestManager {
    let manager = memory_manager();
    pollster::block_on(async {
        for user in USERS {
            let powers = Powers { active: true, superuser: user == "root" };
            manager.add_user(user.parse().unwrap(), powers).await.unwrap();
        }
        for place in PLACES.into_iter().flatten() {
            manager.add_site(place.parse().unwrap()).await.unwrap();
        }
        for (owner, place, fate) in tokens {
            let call = NewToken { local_site: site(*place), ..NewToken::for_owner(name(*owner)) };
            let uid = manager.generate(call).await.unwrap().uid;
            let edit = TokenEdit { note: Some("edited".to_owned()), ..TokenEdit::default() };
            let rotation = Rotation { token: uid, overlap: TimeDelta::hours(1), expires: NewExpiry::Never };
            match fate % 4 {
                0 => drop(manager.change(vec![uid], edit).await.unwrap()),
                1 => drop(manager.rotate(rotation).await.unwrap()),
                2 => drop(manager.invalidate_one(uid, "left".to_owned()).await.unwrap()),
                _ => {}
            }
        }
    });
    manager
}

fn workspace(manager: &TestManager) -> Workspace {
    manager.journal().read(|ledger| ledger.workspace().clone())
}

fn histories() -> impl Strategy<Value = Vec<(usize, usize, u8)>> {
    prop::collection::vec((0_usize..3, 0_usize..3, any::<u8>()), 0..20)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_view_mixes_local_sites_or_shows_what_is_not_the_viewers(history in histories()) {
        let workspace = workspace(&manager(&history));
        let mut seen_by_root = 0;
        for (viewer, owner) in (0..3).flat_map(|viewer| (0..3).map(move |owner| (name(viewer), name(owner)))) {
            for place in 0..3 {
                let site = site(place);
                let tokens: Vec<&Token> =
                    tokens_in_place(&workspace, &viewer, &owner, site.as_ref()).map(AsRef::as_ref).collect();
                prop_assert!(tokens.iter().all(|token| token.local_site == site && token.owner == owner));
                let viewer = workspace.user(&viewer).unwrap();
                prop_assert!(tokens.iter().all(|token| access(viewer, token) == Access::Full));
                prop_assert!(tokens.is_empty() || viewer.superuser || viewer.username == owner);
                seen_by_root += if viewer.superuser { tokens.len() } else { 0 };
            }
        }
        prop_assert_eq!(seen_by_root, workspace.token_count(), "each token is in one view of the superuser");
    }

    #[test]
    fn a_filter_for_a_local_site_lists_its_tokens_only(history in histories()) {
        let manager = manager(&history);
        let workspace = workspace(&manager);
        for place in 0..3 {
            let site = site(place);
            let query = site.as_ref().map_or_else(|| "site:global".to_owned(), |site| format!("site:{site}"));
            let query = TokenQuery::parse(&query);
            prop_assert!(query.problems().is_empty());
            for token in workspace.tokens() {
                let is_listed = query.matches(token, manager.registry(), manager.now());
                prop_assert_eq!(is_listed, token.local_site == site);
            }
        }
    }

    #[test]
    fn an_act_on_a_local_site_touches_no_other(history in histories(), place in 1_usize..3) {
        let manager = manager(&history);
        let before = workspace(&manager);
        let site = site(place).unwrap();
        let filter = vec![Condition::OnSite(site.clone())];
        let call = InvalidateCall { owners: Owners::All, filter, reason: "site closed".to_owned() };
        // Refused when the site has no valid token; then nothing may change either.
        drop(pollster::block_on(manager.invalidate(call)));
        let after = workspace(&manager);
        for token in after.tokens().filter(|token| token.local_site.as_ref() != Some(&site)) {
            prop_assert_eq!(Some(token), before.token(token.uid));
        }
        prop_assert!(after.tokens().filter(|token| token.local_site.as_ref() == Some(&site)).all(|token| !token.valid));
    }

    #[test]
    fn a_successor_stays_on_the_local_site_of_its_token(history in histories()) {
        let workspace = workspace(&manager(&history));
        for token in workspace.tokens() {
            if let Some(old) = token.replaces.and_then(|uid| workspace.token(uid)) {
                prop_assert_eq!(&token.local_site, &old.local_site);
            }
        }
    }
}
