//! Tokens that hold one text brought together.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::token::Token;

/// Brings tokens together that hold the same policy, in the order of their first ones.
///
/// Costs a look-up for each token. Tokens share the texts of policies, so that most are known by where they lie, and only
/// the first at each place is compared.
pub(crate) fn by_policy<'w>(tokens: impl IntoIterator<Item = &'w Token>) -> Vec<(&'w Arc<str>, Vec<&'w Token>)> {
    let mut by_address: BTreeMap<usize, usize> = BTreeMap::new();
    let mut by_text: BTreeMap<&str, usize> = BTreeMap::new();
    let mut groups: Vec<(&Arc<str>, Vec<&Token>)> = Vec::new();
    for token in tokens {
        let address = Arc::as_ptr(&token.policy).addr();
        let next = groups.len();
        let place = *by_address.entry(address).or_insert_with(|| *by_text.entry(&token.policy).or_insert(next));
        if place == next {
            groups.push((&token.policy, Vec::new()));
        }
        if let Some((_, group)) = groups.get_mut(place) {
            group.push(token);
        }
    }
    groups
}
