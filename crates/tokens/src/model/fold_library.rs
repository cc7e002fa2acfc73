//! How the events of the library change it.

use std::sync::Arc;

use super::library::{ImportedCatalog, Library};
use super::named_policy::{NamedPolicy, PolicyVersion};
use crate::event::{CatalogImported, Event, EventBody, PolicySaved};
use crate::ids::PolicyUid;

impl Library {
    /// Takes one event in, if it is one of the library. Never refuses: what was decided is decided.
    pub(super) fn apply(&mut self, event: &Event) {
        match &event.body {
            EventBody::PolicySaved(saved) => self.save(event, saved),
            EventBody::PolicyRenamed(act) => self.change(act.policy, |policy| policy.name = act.after.clone()),
            EventBody::PolicyArchived(policy) => self.change(*policy, |policy| policy.is_archived = true),
            EventBody::PolicyRestored(policy) => self.change(*policy, |policy| policy.is_archived = false),
            EventBody::PolicyTestsChanged(act) => {
                self.change(act.version.policy, |policy| policy.set_tests(act.version.saved_by, &act.tests));
            }
            EventBody::GuardrailAdded(guardrail) | EventBody::GuardrailChanged(guardrail) => {
                self.guardrails.insert_mut(guardrail.uid, Arc::new(guardrail.as_ref().clone()));
            }
            EventBody::GuardrailRemoved(uid) => {
                self.guardrails.remove_mut(uid);
            }
            EventBody::CatalogImported(imported) => self.import(event, imported),
            EventBody::CatalogRemoved(name) => {
                self.catalogs.remove_mut(name);
            }
            _ => {}
        }
    }

    /// Only the first version that is read names the policy: one that another journal saved may know an older name.
    fn save(&mut self, event: &Event, saved: &PolicySaved) {
        let known = self.policies.get(&saved.policy).map(|known| NamedPolicy::clone(known));
        let mut policy = known.unwrap_or_else(|| NamedPolicy {
            uid: saved.policy,
            name: saved.name.clone(),
            is_archived: false,
            versions: Vec::new(),
        });
        policy.add(PolicyVersion {
            number: saved.version,
            text: saved.text.clone(),
            note: saved.note.clone(),
            findings: saved.findings.clone(),
            template: saved.template.clone(),
            catalog: saved.catalog.clone(),
            tests: saved.tests.clone(),
            saved_at: event.at,
            saved_by: event.id,
            author: event.by.clone(),
        });
        self.policies.insert_mut(policy.uid, Arc::new(policy));
    }

    /// An event about a policy whose saving was not read changes nothing: the next version that is saved names it anew.
    fn change(&mut self, uid: PolicyUid, change: impl FnOnce(&mut NamedPolicy)) {
        if let Some(policy) = self.policies.get(&uid) {
            let mut changed = NamedPolicy::clone(policy);
            change(&mut changed);
            self.policies.insert_mut(uid, Arc::new(changed));
        }
    }

    fn import(&mut self, event: &Event, imported: &CatalogImported) {
        let CatalogImported { name, origin, text } = imported.clone();
        let catalog = ImportedCatalog { name, origin, text, imported_at: event.at, imported_by: event.id };
        self.catalogs.insert_mut(catalog.name.clone(), Arc::new(catalog));
    }
}
