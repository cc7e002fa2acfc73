//! P0314: rules under a policy id that several resources share.

use crate::catalog::{Access, Resource};
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::lint::finding::{Finding, Report};
use crate::lint::subject::{Accepted, Subject};
use crate::pointer::JsonPointer;
use crate::policy::Section;

/// Reports sections that change what is let through at more than one place.
///
/// A section that leaves all but one of them as they would be without it surprises nobody.
pub(in crate::lint) fn find(subject: &Subject<'_>, accepted: &Accepted, report: &mut Report) {
    for section in accepted.policy.sections() {
        let policy_id = section.policy_id().as_str();
        let is_open = |resource: &&Resource| resource.token_access == Access::Open;
        let resources: Vec<&Resource> = subject.catalog.by_policy_id(policy_id).filter(is_open).collect();
        if resources.len() < 2 {
            continue;
        }
        let changed: Vec<&str> = resources
            .into_iter()
            .filter(|resource| is_changed(accepted, policy_id, resource))
            .filter_map(|resource| resource.list_uri.as_deref().or(resource.item_uri.as_deref()))
            .collect();
        if changed.len() > 1 {
            report.push(|| Finding::new(diagnostic(section, &changed), Vec::new()));
        }
    }
}

/// Whether some request for `resource` is decided otherwise than if the policy did not name it.
fn is_changed(accepted: &Accepted, policy_id: &str, resource: &Resource) -> bool {
    let compiled = &accepted.compiled;
    resource.methods.iter().any(|method| {
        let elsewhere = compiled.decide_elsewhere(method).effect;
        let differs = |item_id: Option<&str>| compiled.decide(policy_id, method, item_id).effect != elsewhere;
        let has_items = resource.item_key.is_some();
        differs(None) || (has_items && compiled.named_ids(policy_id).any(|item_id| differs(Some(item_id))))
    })
}

fn diagnostic(section: &Section, uris: &[&str]) -> Diagnostic {
    let policy_id = section.policy_id().as_str();
    let message = format!("{} is the policy id of {} resources", quoted(policy_id), uris.len());
    let pointer = JsonPointer::root().child("resources").child(policy_id);
    Diagnostic::new(Code::SharedPolicyId, section.key_span(), message, "these rules are for all of them")
        .help(format!("a policy cannot tell them apart: {}", uris.join(" and ")))
        .at(pointer)
}
