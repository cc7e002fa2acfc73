//! Acts on the library in words, for the record.

use tollgate_tokens::{EventBody, GuardrailUid, PolicySource, PolicyUid, Workspace};

use crate::format;

/// Tells an act on the library; nothing for any other.
pub(super) fn words_of_library(body: &EventBody, workspace: &Workspace) -> Option<String> {
    let name = |uid: PolicyUid| policy_name(workspace, uid);
    Some(match body {
        EventBody::PolicySaved(saved) if saved.version == 1 => format!("Saved the policy {}", saved.name),
        EventBody::PolicySaved(saved) => format!("Saved version {} of the policy {}", saved.version, saved.name),
        EventBody::PolicyRenamed(act) => format!("Renamed the policy {} to {}", act.before, act.after),
        EventBody::PolicyArchived(policy) => format!("Archived the policy {}", name(*policy)),
        EventBody::PolicyRestored(policy) => format!("Restored the policy {}", name(*policy)),
        EventBody::PolicyTestsChanged(act) => {
            let tests = format::plural(act.tests.len() as u64, "test", "tests");
            format!("Put {tests} beside {}", version_name(workspace, &act.version))
        }
        EventBody::GuardrailAdded(guardrail) => format!("Put up the guardrail {}", guardrail.guardrail.name()),
        EventBody::GuardrailChanged(guardrail) => format!("Changed the guardrail {}", guardrail.guardrail.name()),
        EventBody::GuardrailRemoved(_) => "Took a guardrail down".to_owned(),
        EventBody::CatalogImported(catalog) => format!("Imported the catalog {}", catalog.name),
        EventBody::CatalogRemoved(name) => format!("Removed the catalog {name}"),
        _ => return None,
    })
}

/// The guardrails that an act went past, and why, behind the words of the act; empty where it went past none.
pub(super) fn overridden(body: &EventBody, workspace: &Workspace) -> String {
    let Some(overrides) = body.overrides() else { return String::new() };
    let name = |uid: &GuardrailUid| match workspace.library().guardrail(*uid) {
        Some(record) => format!("the guardrail {}", record.guardrail.name()),
        None => "a guardrail that is down now".to_owned(),
    };
    let names: Vec<String> = overrides.guardrails.iter().map(name).collect();
    format!(", past {}: “{}”", format::list(names.iter().map(String::as_str)), overrides.reason)
}

/// A version of the library by its name and its number here.
pub(super) fn version_name(workspace: &Workspace, source: &PolicySource) -> String {
    let version = workspace.library().version_of(source).map_or(source.version, |(_, version)| version.number);
    format!("version {version} of {}", policy_name(workspace, source.policy))
}

fn policy_name(workspace: &Workspace, uid: PolicyUid) -> String {
    workspace.library().policy(uid).map_or_else(|| uid.to_string(), |policy| policy.name.to_string())
}
