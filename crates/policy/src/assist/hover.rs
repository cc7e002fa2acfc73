//! What a part of a policy does, in words.

use serde::Serialize;

use super::complete::{resource_words, verb};
use super::cursor::{Around, Cursor, Role, Word};
use crate::catalog::Catalog;
use crate::compile::CompiledPolicy;
use crate::diagnostic::quoted;
use crate::ids::{Method, PolicyId};
use crate::policy::{ListName, Place, Policy, RuleSet};
use crate::power::power;
use crate::span::Span;

/// What a part of a policy does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Hover {
    /// The key or entry that the words are about.
    pub span: Span,
    /// The words, each a lower-case fragment without a full stop, the most important first; never empty.
    pub words: Vec<String>,
}

/// Says what the key or entry at the byte `offset` of a text does.
///
/// What it does together with the rest of the policy is said only of a policy that can be evaluated.
/// The answer is none where there is neither key nor entry, or one without meaning that has a finding anyway.
///
/// Costs reading the text and working out what the policy allows.
///
/// ```
/// use tollgate_policy::Catalog;
/// use tollgate_policy::assist::hover;
///
/// let text = r#"{"resources": {"review": {"*": {"allow": ["GET"], "block": ["*"]}}}}"#;
/// let hover = hover(text, 18, Catalog::review_board_8_1()).ok_or("nothing there")?;
/// assert_eq!(hover.span.slice(text), "\"review\"");
/// assert_eq!(hover.words[0], "a token may read reviews");
/// # Ok::<(), &str>(())
/// ```
pub fn hover(text: &str, offset: u32, catalog: &Catalog) -> Option<Hover> {
    let Cursor { around, role, word, .. } = Cursor::reading(text, offset);
    let word = word?;
    let asked = Asked { text, catalog, word: &word };
    let words = match (around, role) {
        (Around::Policy, Role::Key) if word.meaning == "resources" => asked.policy(),
        (Around::Resources, Role::Key) if word.meaning == "*" => asked.rules(&Place::Everything),
        (Around::Resources, Role::Key) => asked.section(),
        (Around::Section(policy_id), Role::Key) => asked.rules(&place(policy_id, &word.meaning)),
        (Around::Rules(_), Role::Key) => list(&word.meaning)?,
        (Around::List(place, name), Role::Element) => entry(&place, name, &word.meaning),
        _ => return None,
    };
    Some(Hover { span: word.span, words })
}

fn place(policy_id: PolicyId, item: &str) -> Place {
    match item {
        "*" => Place::Resource { policy_id },
        item => Place::Item { policy_id, item_id: item.into() },
    }
}

/// A word, and what it takes to say more about it.
struct Asked<'a> {
    text: &'a str,
    catalog: &'a Catalog,
    word: &'a Word,
}

impl Asked<'_> {
    fn evaluated(&self) -> Option<Policy> {
        Policy::stored(self.text)
    }

    fn policy(&self) -> Vec<String> {
        let sentence = self.evaluated().map(|policy| power(&CompiledPolicy::new(&policy), self.catalog).sentence());
        let sentence = sentence.map(|sentence| format!("a token may {sentence}"));
        sentence.into_iter().chain(["the rules, by resource".to_owned()]).collect()
    }

    fn section(&self) -> Vec<String> {
        let policy_id = self.word.meaning.as_str();
        let power = self.evaluated().map(|policy| power(&CompiledPolicy::new(&policy), self.catalog));
        let sentence = power.and_then(|power| power.sentence_about(policy_id));
        let sentence = sentence.map(|sentence| format!("a token may {sentence}"));
        let about = Some(resource_words(policy_id, self.catalog)).filter(|words| !words.is_empty());
        let about = about.unwrap_or_else(|| format!("{} is not in the catalog", quoted(policy_id)));
        sentence.into_iter().chain([about]).collect()
    }

    fn rules(&self, place: &Place) -> Vec<String> {
        let policy = self.evaluated();
        let rules = policy.iter().flat_map(Policy::rule_sets).find(|rules| rules.key_span() == self.word.span);
        rules.map(rules_words).into_iter().chain([place_words(place)]).collect()
    }
}

/// Which requests the rules of a place are about.
fn place_words(place: &Place) -> String {
    match place {
        Place::Everything => "for every request that no rule for its resource or its id decides".to_owned(),
        Place::Resource { policy_id } => {
            format!("for every {} without rules of its own, and for the list", quoted(policy_id.as_str()))
        }
        Place::Item { policy_id, item_id } => {
            format!("for {} {} alone, before every other rule", quoted(policy_id.as_str()), quoted(item_id.as_str()))
        }
    }
}

/// What a rule set says by itself. A method that it blocks by name is blocked, also where it is allowed by name.
fn rules_words(rules: &RuleSet) -> String {
    let named = |list: ListName| {
        let methods = rules.list(list).iter().map(|entry| entry.method().as_str());
        methods.filter(|method| *method != Method::ANY).collect::<Vec<_>>()
    };
    let any = |list: ListName| rules.list(list).iter().any(|entry| entry.method().as_str() == Method::ANY);
    let blocked = named(ListName::Block);
    let allowed = named(ListName::Allow).into_iter().filter(|method| !blocked.contains(method)).collect::<Vec<_>>();
    let (allows, blocks) = (clause("allows", &allowed), clause("blocks", &blocked));
    let rest = match (any(ListName::Block), any(ListName::Allow)) {
        (true, _) => Some("blocks"),
        (false, true) => Some("allows"),
        (false, false) => None,
    };
    let is_alone = allows.is_none() && blocks.is_none();
    let rest = match rest {
        Some(verb) if is_alone => format!("{verb} every method"),
        Some(verb) => format!("{verb} every other method"),
        None if is_alone => "says nothing about any method".to_owned(),
        None => "says nothing about other methods".to_owned(),
    };
    allows.into_iter().chain(blocks).chain([rest]).collect::<Vec<_>>().join(", ")
}

fn clause(verb: &str, methods: &[&str]) -> Option<String> {
    let methods = methods.iter().map(|method| quoted(method)).collect::<Vec<_>>();
    match methods.split_last() {
        None => None,
        Some((only, [])) => Some(format!("{verb} {only}")),
        Some((last, before)) => Some(format!("{verb} {} and {last}", before.join(", "))),
    }
}

fn list(key: &str) -> Option<Vec<String>> {
    let words = match key {
        "allow" => "methods that are let through, unless `block` names them as well",
        "block" => "methods that are held back; a method by name wins over `*` in either list",
        _ => return None,
    };
    Some(vec![words.to_owned()])
}

fn entry(place: &Place, name: ListName, method: &str) -> Vec<String> {
    let act = match name {
        ListName::Allow => "lets",
        ListName::Block => "holds",
    };
    let way = match name {
        ListName::Allow => "through",
        ListName::Block => "back",
    };
    if method == Method::ANY {
        return vec![format!("{act} every method {way} that these rules do not name"), place_words(place)];
    }
    if !Method::KNOWN.contains(&method) {
        return vec![format!("matches nothing: {} is no method that Review Board knows", quoted(method))];
    }
    let verb = Some(verb(method)).filter(|verb| !verb.is_empty());
    let meaning = verb.map(|verb| format!(" ({verb})")).unwrap_or_default();
    vec![format!("{act} `{method}`{meaning} {way}"), place_words(place)]
}
