//! From a diagnostic of `check` to what would be rid of it.

use super::finding::Fix;
use super::subject::Subject;
use super::{refusals, rules, syntax};
use crate::diagnostic::{Code, Diagnostic};

type Fixes = fn(&Subject<'_>, &Diagnostic) -> Vec<Fix>;

/// The fixes of a diagnostic; while the text is not JSON, only its syntax can be fixed.
pub(super) fn of(subject: &Subject<'_>, diagnostic: &Diagnostic) -> Vec<Fix> {
    if !subject.checked.document().is_json() {
        return syntax::fixes(subject, diagnostic);
    }
    let fixes: Fixes = match diagnostic.code {
        Code::NotObject => refusals::not_a_policy::fix_document,
        Code::ResourcesMissing => refusals::resources_missing::fixes,
        Code::ResourcesNotObject => refusals::not_a_policy::fix_resources,
        Code::ResourcesEmpty => refusals::not_a_policy::fix_document,
        Code::UnknownPolicyId => refusals::unknown_policy_id::fixes,
        Code::ResourceNotObject => refusals::not_rules::fix_section,
        Code::SectionNotObject => refusals::not_rules::fix_rules,
        Code::SectionWithoutRules => refusals::section_without_rules::fixes,
        Code::AllowNotList | Code::BlockNotList => refusals::not_list::fixes,
        Code::DuplicateKey => rules::duplicate_key::fixes,
        Code::LoneSurrogate => rules::lone_surrogate::fixes,
        Code::EntryNotText => rules::entry_not_text::fixes,
        Code::WrongCaseMethod => rules::wrong_case_method::fixes,
        Code::UnknownMethod => rules::unknown_method::fixes,
        Code::AllowOnlyRestrictsNothing => rules::allow_only::fixes,
        Code::IgnoredKey => rules::ignored_key::fixes,
        Code::EmptySection => rules::empty_section::fixes,
        Code::ListBecomes500 => rules::list_becomes_500::fixes,
        Code::NotImplementedMethod => rules::not_implemented_method::fixes,
        Code::ClosedResource => rules::closed_resource::fixes,
        _ => return Vec::new(),
    };
    fixes(subject, diagnostic)
}
