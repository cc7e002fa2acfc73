//! The slow twin of every analysis: one request of each class, found in the document itself, put to the reference.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tollgate_policy::{Atom, Catalog, Effect, ItemClass, Method, MethodClass, Policy, ResourceClass, check, reference};

/// Names that no document here uses.
const NO_RESOURCE: &str = "no resource";
const NO_ITEM: &str = "no item";
const NO_METHOD: &str = "NO METHOD";

/// One request, with the class it stands for.
pub(crate) struct Asked {
    pub(crate) atom: Atom,
    policy_id: String,
    item_id: Option<String>,
    method: String,
}

/// Every name that some documents use.
pub(crate) struct NamesOf {
    resources: BTreeMap<String, BTreeSet<String>>,
    methods: BTreeSet<String>,
}

/// The policy of a document, if the server accepts it.
pub(crate) fn accepted(document: &Value) -> Result<Policy, String> {
    let checked = check(&document.to_string(), Catalog::review_board_8_1());
    checked.policy().ok_or_else(|| format!("refused: {document}"))
}

pub(crate) fn decide(policy: &Policy, asked: &Asked) -> Effect {
    reference::decide(policy, &asked.policy_id, &asked.method, asked.item_id.as_deref()).effect
}

/// What a policy decides about each of some requests.
pub(crate) fn decisions(policy: &Policy, asked: &[Asked]) -> Vec<Effect> {
    asked.iter().map(|asked| decide(policy, asked)).collect()
}

/// One request of every class that the documents tell apart.
pub(crate) fn requests(documents: &[&Value]) -> Vec<Asked> {
    let names = NamesOf::documents(documents);
    let methods: Vec<&str> = names.methods.iter().map(String::as_str).chain([NO_METHOD]).collect();
    let nothing = BTreeSet::new();
    let resources = names.resources.iter().map(|(policy_id, items)| (policy_id.as_str(), items));
    let mut asked = Vec::new();
    for (policy_id, items) in resources.chain([(NO_RESOURCE, &nothing)]) {
        let items = items.iter().map(|item_id| Some(item_id.as_str())).chain([Some(NO_ITEM), None]);
        for item_id in items {
            asked.extend(methods.iter().map(|method| Asked {
                atom: names.atom(policy_id, item_id, method),
                policy_id: policy_id.to_owned(),
                item_id: item_id.map(str::to_owned),
                method: (*method).to_owned(),
            }));
        }
    }
    asked
}

impl NamesOf {
    pub(crate) fn documents(documents: &[&Value]) -> NamesOf {
        let methods = Method::KNOWN.into_iter().map(str::to_owned).collect();
        let mut names = NamesOf { resources: BTreeMap::new(), methods };
        for resources in documents.iter().filter_map(|document| document.get("resources")?.as_object()) {
            for (key, section) in resources {
                if key == "*" {
                    names.add_methods(section);
                    continue;
                }
                let rule_sets = section.as_object().into_iter().flatten();
                let items = names.resources.entry(key.clone()).or_default();
                items.extend(rule_sets.clone().map(|(item_id, _)| item_id.clone()).filter(|item_id| item_id != "*"));
                rule_sets.for_each(|(_, rules)| names.add_methods(rules));
            }
        }
        names
    }

    fn add_methods(&mut self, rules: &Value) {
        let lists = ["allow", "block"].into_iter().filter_map(|list| rules.get(list)?.as_array());
        let methods = lists.flatten().filter_map(Value::as_str).filter(|method| *method != "*");
        self.methods.extend(methods.map(str::to_owned));
    }

    /// The class of a request.
    pub(crate) fn atom(&self, policy_id: &str, item_id: Option<&str>, method: &str) -> Atom {
        let items = self.resources.get(policy_id);
        Atom {
            resource: items.map_or(ResourceClass::Other, |_| ResourceClass::Named(policy_id.into())),
            item: match item_id {
                Some(item_id) if items.is_some_and(|items| items.contains(item_id)) => ItemClass::Named(item_id.into()),
                Some(_) => ItemClass::Other,
                None => ItemClass::None,
            },
            method: if self.methods.contains(method) { MethodClass::Named(method.into()) } else { MethodClass::Other },
        }
    }
}
