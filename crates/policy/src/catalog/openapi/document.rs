//! The document as a whole: its version, its servers and its paths.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::reader::{Place, Reader};
use super::resources::{self, Path};
use crate::catalog::imported::Imported;
use crate::catalog::lookup::{Catalog, Mount};
use crate::catalog::messages;
use crate::catalog::resolve::{parts_of, path_of};
use crate::catalog::template::Template;
use crate::diagnostic::{Diagnostic, quoted};
use crate::pointer::JsonPointer;
use crate::span::Span;
use crate::syntax::{Document, Kind, Value, parse_deep};

/// Servers beyond these are not looked at: each of them costs every look-up of a URL.
const MOST_SERVERS: usize = 50;

/// Variables of a server's URL beyond these are left as they are.
const MOST_VARIABLES: usize = 8;

/// A title is cut after so many characters.
const LONGEST_TITLE: usize = 200;

/// Reads an OpenAPI 3 document, which must be JSON, as a catalog.
///
/// Each path template is a resource, its last parameter the id of an item; `/things` and `/things/{id}` are one
/// resource. Policy ids are made of the fixed parts of the template, so that `/api/v1/pets/{petId}/toyBoxes` is
/// `pets_toy_boxes` if all paths begin with `/api/v1`.
/// References to parts of the same document are followed.
///
/// Never fails, whatever the text: mistakes become diagnostics, and what stands around them is still read.
/// There is no catalog if the text is not JSON, if it is no OpenAPI 3 document, or if no path can be used.
///
/// Time and memory grow linearly with the text, but for sorting.
///
/// ```
/// use tollgate_policy::{Code, import_openapi};
///
/// let imported = import_openapi(r##"{
///     "openapi": "3.0.3",
///     "paths": {
///         "/pets": {"get": {}, "post": {}},
///         "/pets/{id}": {"get": {}, "parameters": [{"$ref": "#/components/parameters/id"}]},
///         "pets/old": {"get": {}}
///     },
///     "components": {"parameters": {"id": {"name": "id", "in": "path", "schema": {"pattern": "^[a-z]+$"}}}}
/// }"##);
/// assert_eq!(imported.diagnostics()[0].code, Code::BadPathTemplate);
/// assert_eq!(imported.diagnostics()[0].position.line, 6);
///
/// let catalog = imported.into_catalog().ok_or("refused")?;
/// let resolved = catalog.resolve("/pets/rex").ok_or("unknown")?;
/// assert_eq!(resolved.resource.policy_id, "pets");
/// assert_eq!(resolved.item_id.as_deref(), Some("rex"));
/// assert_eq!(resolved.resource.methods, ["GET", "POST"]);
/// assert!(catalog.resolve("/pets/REX").is_none());
/// # Ok::<(), &str>(())
/// ```
pub fn import_openapi(text: &str) -> Imported {
    let document = parse_deep(text);
    let mut reader = Reader::new(document.tree());
    if !document.is_json() {
        return match yaml_start(document.text()) {
            Some(span) => Imported::refused(document.text(), messages::yaml_text(span)),
            None => Imported::new(&document, reader.into_findings(), None),
        };
    }
    let catalog = read(&document, &mut reader);
    Imported::new(&document, reader.into_findings(), catalog)
}

/// Where a text shows that it is YAML in its usual form.
fn yaml_start(text: &str) -> Option<Span> {
    const SIGNS: [&str; 6] = ["openapi:", "swagger:", "info:", "paths:", "%YAML", "---"];
    if text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some(sign) = SIGNS.into_iter().find(|sign| line.starts_with(*sign)) {
            return Some(Span::from_indices(start, start + sign.len()));
        }
        start += line.len();
    }
    None
}

/// None exactly if an error is among the findings.
fn read<'d>(document: &'d Document, reader: &mut Reader<'d>) -> Option<Catalog> {
    let root = document.tree().root()?;
    if let Some(mistake) = version_mistake(root) {
        reader.findings.refuse(|| mistake);
        return None;
    }
    let Some(all_paths) = root.get("paths") else {
        reader.findings.refuse(|| messages::paths_missing(root));
        return None;
    };
    let pointer = JsonPointer::root().child("paths");
    if all_paths.kind() != Kind::Object {
        reader.findings.refuse(|| messages::paths_not_object(all_paths).at(pointer));
        return None;
    }
    let paths = paths(all_paths, &pointer, reader);
    if paths.is_empty() {
        reader.findings.refuse(|| messages::no_usable_path(all_paths).at(pointer));
        return None;
    }
    let resources = resources::of(&paths, reader);
    let servers = servers(root, reader);
    Some(Catalog::new(Cow::Owned(title(root)), Mount::Paths(servers), resources))
}

/// What keeps the document from being OpenAPI 3.
fn version_mistake(root: Value<'_>) -> Option<Diagnostic> {
    if root.kind() != Kind::Object {
        return Some(messages::not_an_object(root));
    }
    let (key, version) = match (root.get("openapi"), root.get("swagger")) {
        (Some(version), _) => ("openapi", version),
        (None, Some(version)) => ("swagger", version),
        (None, None) => return Some(messages::version_missing(root)),
    };
    let pointer = JsonPointer::root().child(key);
    let is_text = version.kind() == Kind::Text;
    if !is_text {
        let words = format!("marked with {} as its version", version.in_words());
        return Some(messages::version_not_read(version, &words).at(pointer));
    }
    let written = version.text().lossy();
    let is_read = key == "openapi" && (written == "3" || written.starts_with("3."));
    let name = if key == "openapi" { "OpenAPI" } else { "Swagger" };
    (!is_read).then(|| messages::version_not_read(version, &format!("{name} {}", quoted(written))).at(pointer))
}

/// Every path that can become a resource, or a part of one.
fn paths<'d>(all_paths: Value<'d>, pointer: &JsonPointer, reader: &mut Reader<'d>) -> Vec<Path<'d>> {
    let mut paths: Vec<Path<'d>> = Vec::new();
    let mut by_shape: BTreeMap<String, usize> = BTreeMap::new();
    for member in all_paths.children() {
        let Some(text) = member.key().as_str().filter(|key| !key.starts_with("x-")) else { continue };
        let place = || pointer.child(text);
        let template = match Template::parse(text) {
            Ok(template) => template,
            Err(problem) => {
                let make = || messages::bad_path_template(member.key_span(), text, problem);
                reader.findings.note(|| make().at(place()));
                continue;
            }
        };
        let Some(item) = reader.path_item(Place { value: member, pointer: place() }) else { continue };
        if item.methods.is_empty() {
            reader.findings.note(|| messages::path_without_methods(member, text).at(place()));
            continue;
        }
        let shape = template.shape();
        if let Some(first) = by_shape.get(&shape).and_then(|first| paths.get_mut(*first)) {
            let first_span = first.member.key_span();
            reader.findings.note(|| messages::same_path_twice(member.key_span(), text, first_span).at(place()));
            first.add_methods(&item.methods);
            continue;
        }
        by_shape.insert(shape, paths.len());
        paths.push(Path { member, text, template, methods: item.methods.clone(), item });
    }
    paths
}

fn title(root: Value<'_>) -> String {
    let info = root.get("info");
    let word = |key: &str| {
        let member = info.and_then(|info| info.get(key)).filter(|member| member.kind() == Kind::Text)?;
        Some(member.text().lossy().trim())
    };
    let words = [word("title"), word("version")].into_iter().flatten().filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").chars().take(LONGEST_TITLE).collect()
}

/// The paths of the servers, such as `/api/v1`; those at the root are left out.
fn servers(root: Value<'_>, reader: &mut Reader<'_>) -> Vec<String> {
    let Some(servers) = root.get("servers") else { return Vec::new() };
    let pointer = JsonPointer::root().child("servers");
    if servers.kind() != Kind::Array {
        reader.findings.note(|| messages::wrong_shape(servers, "`servers`", "a list").at(pointer));
        return Vec::new();
    }
    let mut paths = Vec::new();
    for (index, server) in servers.children().enumerate().take(MOST_SERVERS) {
        let pointer = || pointer.child(&index.to_string());
        if server.kind() != Kind::Object {
            reader.findings.note(|| messages::wrong_shape(server, "a server", "an object").at(pointer()));
            continue;
        }
        match server.get("url") {
            Some(url) if url.kind() == Kind::Text => paths.extend(server_path(server, url.text().lossy())),
            Some(url) => {
                let make = || messages::wrong_shape(url, "the `url` of a server", "a text");
                reader.findings.note(|| make().at(pointer().child("url")));
            }
            None => reader.findings.note(|| messages::member_missing(server, "a server", "url").at(pointer())),
        }
    }
    paths.sort_unstable();
    paths.dedup();
    paths
}

/// The path of a server's URL with the defaults of its variables; none for the root.
fn server_path(server: Value<'_>, url: &str) -> Option<String> {
    let mut filled = String::new();
    let mut rest = url;
    for _ in 0..MOST_VARIABLES {
        let Some((before, name, after)) = next_variable(rest) else { break };
        let variable = server.get("variables").and_then(|variables| variables.get(name));
        let default = variable.and_then(|variable| variable.get("default"));
        filled.push_str(before);
        filled.push_str(default.filter(|default| default.kind() == Kind::Text).map_or("", |text| text.text().lossy()));
        rest = after;
    }
    filled.push_str(rest);
    // A URL without a scheme still has a host.
    let filled = if filled.starts_with("//") { format!("https:{filled}") } else { filled };
    let parts: Vec<&str> = parts_of(path_of(&filled)).collect();
    (!parts.is_empty()).then(|| format!("/{}", parts.join("/")))
}

/// What stands before the next `{name}`, the name, and what stands behind it.
fn next_variable(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}
