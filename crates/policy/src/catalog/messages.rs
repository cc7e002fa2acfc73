//! The words for everything that may be wrong with a document that is to become a catalog.

use super::template::TemplateProblem;
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::span::Span;
use crate::syntax::Value;

pub(super) fn yaml_text(span: Span) -> Diagnostic {
    Diagnostic::new(Code::YamlText, span, "the document is YAML, not JSON", "YAML is not read")
        .help("convert it to JSON first; most tools for OpenAPI write both")
}

pub(super) fn not_an_object(root: Value<'_>) -> Diagnostic {
    let message = format!("an OpenAPI document is an object, not {}", root.in_words());
    Diagnostic::new(Code::NotOpenApi, root.mark(), message, "expected `{` here")
}

pub(super) fn version_missing(root: Value<'_>) -> Diagnostic {
    Diagnostic::new(Code::NotOpenApi, root.mark(), "the document has no `openapi`", "expected `openapi` in here")
        .help("an OpenAPI document says `\"openapi\": \"3.0.3\"` or another version of 3")
}

pub(super) fn version_not_read(version: Value<'_>, words: &str) -> Diagnostic {
    let message = format!("the document is {words}; only OpenAPI 3 is read");
    Diagnostic::new(Code::OpenApiVersion, version.span(), message, "another version")
        .help("convert it to OpenAPI 3 first")
}

pub(super) fn paths_missing(root: Value<'_>) -> Diagnostic {
    Diagnostic::new(Code::PathsMissing, root.mark(), "the document has no `paths`", "expected `paths` in here")
        .help("only paths become resources; webhooks and components do not")
}

pub(super) fn paths_not_object(paths: Value<'_>) -> Diagnostic {
    let message = format!("`paths` is {}, not an object", paths.in_words());
    Diagnostic::new(Code::PathsMissing, paths.mark(), message, "expected `{` here")
}

pub(super) fn no_usable_path(paths: Value<'_>) -> Diagnostic {
    Diagnostic::new(Code::NoUsablePath, paths.mark(), "no path becomes a resource", "nothing of use in here")
        .help("a path needs a template such as `/pets/{id}` and a method such as `get`")
}

pub(super) fn not_a_root_resource(marked: Value<'_>, words: &str) -> Diagnostic {
    let message = format!("this is no root resource: {words}");
    Diagnostic::new(Code::NotRootResource, marked.mark(), message, "expected `uri_templates`")
        .help("use the server's whole answer to GET /api/")
}

pub(super) fn bad_path_template(span: Span, text: &str, problem: TemplateProblem) -> Diagnostic {
    let (label, help) = match problem {
        TemplateProblem::MissingSlash => ("must start with `/`", "write `/` first"),
        TemplateProblem::MissingApi => ("has no segment `api`", "use the server's own answer, as it came"),
        TemplateProblem::Query => ("has a query or a fragment", "leave out `?` or `#` and what follows"),
        TemplateProblem::UnbalancedBraces => ("has a brace without its counterpart", "write parameters as `{id}`"),
        TemplateProblem::EmptyParameter => ("has a parameter without a name", "write a name between the braces"),
        TemplateProblem::AdjacentParameters => {
            ("has two parameters with nothing between them", "write something between them, such as `/`")
        }
        TemplateProblem::TooLong => ("is longer than any path", "use at most 2,000 bytes"),
    };
    let message = format!("{} is no path template", quoted(text));
    Diagnostic::new(Code::BadPathTemplate, span, message, format!("{label}; left out")).help(help)
}

pub(super) fn same_path_twice(span: Span, text: &str, first: Span) -> Diagnostic {
    let message = format!("the path {} is there already", quoted(text));
    Diagnostic::new(Code::SamePathTwice, span, message, "fits the same URLs")
        .and(first, "as this one, which takes its methods as well")
        .help("join the two; names of parameters do not tell paths apart")
}

/// A value is of another kind than its place asks for: `wanted` is `an object`, `a list` or `a text`.
pub(super) fn wrong_shape(value: Value<'_>, what: &str, wanted: &str) -> Diagnostic {
    let message = format!("{what} is {}, not {wanted}", value.in_words());
    Diagnostic::new(Code::WrongShape, value.mark(), message, "ignored").help(format!("write {wanted}"))
}

pub(super) fn member_missing(object: Value<'_>, what: &str, key: &str) -> Diagnostic {
    let message = format!("{what} has no `{key}`");
    Diagnostic::new(Code::WrongShape, object.mark(), message, "ignored").help(format!("add `\"{key}\"`"))
}

pub(super) fn method_in_capitals(member: Value<'_>, key: &str) -> Diagnostic {
    let message = format!("the method {} is not in small letters", quoted(key));
    Diagnostic::new(Code::WrongShape, member.key_span(), message, "ignored")
        .help(format!("write `\"{}\"`", key.to_ascii_lowercase()))
}

pub(super) fn reference_missing(reference: Value<'_>) -> Diagnostic {
    let message = format!("{} points at nothing", quoted(reference.text().lossy()));
    Diagnostic::new(Code::ReferenceMissing, reference.span(), message, "not in the document; ignored")
        .help("write the path to a part of this document, such as `#/components/parameters/id`")
}

pub(super) fn reference_cycle(reference: Value<'_>, back: Span) -> Diagnostic {
    let message = format!("{} leads nowhere", quoted(reference.text().lossy()));
    Diagnostic::new(Code::ReferenceCycle, reference.span(), message, "goes round in a circle; ignored")
        .and(back, "comes from here")
        .help("replace one of the references by what is meant")
}

pub(super) fn reference_too_far(reference: Value<'_>, hops: usize) -> Diagnostic {
    let message = format!("{} stands behind {hops} other references", quoted(reference.text().lossy()));
    Diagnostic::new(Code::ReferenceCycle, reference.span(), message, "followed no further; ignored")
        .help("refer to what is meant at once")
}

pub(super) fn reference_outside(reference: Value<'_>) -> Diagnostic {
    let message = format!("{} points into another document", quoted(reference.text().lossy()));
    Diagnostic::new(Code::ReferenceOutside, reference.span(), message, "not read; ignored")
        .help("bundle the document first, so that everything is in one")
}

pub(super) fn path_without_methods(path: Value<'_>, text: &str) -> Diagnostic {
    let message = format!("the path {} has no methods", quoted(text));
    Diagnostic::new(Code::PathWithoutMethods, path.key_span(), message, "left out")
}

pub(super) fn parameter_not_declared(path: Value<'_>, name: &str) -> Diagnostic {
    let message = format!("the parameter {} is not declared", quoted(name));
    Diagnostic::new(Code::ParameterNotDeclared, path.key_span(), message, "any id is taken for one of its")
        .help("list it under `parameters` with `\"in\": \"path\"`")
}

pub(super) fn pattern_not_understood(pattern: Value<'_>) -> Diagnostic {
    let message = format!("the pattern {} is beyond what is checked of ids", quoted(pattern.text().lossy()));
    Diagnostic::new(Code::PatternNotUnderstood, pattern.span(), message, "any id is taken for one of its")
}

pub(super) fn resource_not_recorded(entry: Value<'_>, name: &str) -> Diagnostic {
    let message = format!("the resource {} is not recorded", quoted(name));
    Diagnostic::new(Code::ResourceNotRecorded, entry.key_span(), message, "assumed to have all methods")
}
