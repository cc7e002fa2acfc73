//! Laws of the import: nothing makes it panic, and what it makes is whole.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use serde_json::{Map, Value, json};
use tollgate_policy::{Catalog, Imported, MAX_DIAGNOSTICS, Severity, StoredCatalog, import_openapi, import_root};

use super::instances::assert_all_resolve_back;

/// Segments of templates; no fixed part is an id that the tests use.
const SEGMENTS: [&str; 14] = [
    "pets",
    "toyBoxes",
    "toy-boxes",
    "v1",
    "api",
    "~list",
    "a%20b",
    "{id}",
    "{petId}",
    "{x}",
    "{id}",
    "{x}.json",
    "item-{id}",
    "{a}.{b}",
];

fn template() -> impl Strategy<Value = String> {
    (vec(select(&SEGMENTS[..]), 0..5), any::<bool>())
        .prop_map(|(segments, is_closed)| format!("/{}{}", segments.join("/"), if is_closed { "/" } else { "" }))
}

fn parameter() -> impl Strategy<Value = Value> {
    let schemas = [
        json!({}),
        json!({"type": "integer"}),
        json!({"type": "integer", "minimum": 0}),
        json!({"type": "string", "format": "uuid"}),
        json!({"pattern": "^[a-z]{2,4}$"}),
        json!({"pattern": "^(a|b)$"}),
        json!({"$ref": "#/components/schemas/word"}),
        json!({"$ref": "#/components/schemas/circle"}),
        json!(true),
    ];
    let name = select(&["id", "petId", "x", "b"][..]);
    let declared = (name, select(schemas.to_vec()), select(&["path", "path", "query"][..]));
    prop_oneof![
        5 => declared.prop_map(|(name, schema, place)| json!({"name": name, "in": place, "schema": schema})),
        1 => select(&["id", "gone"][..]).prop_map(|name| json!({"$ref": format!("#/components/parameters/{name}")})),
        1 => select(vec![json!(7), json!({"name": []}), json!({"in": "path"})]),
    ]
}

fn path_item() -> impl Strategy<Value = Value> {
    let methods = subsequence(vec!["get", "post", "put", "delete", "patch", "head", "GET", "x-get"], 0..5);
    let item = (methods, vec(parameter(), 0..4), any::<bool>()).prop_map(|(methods, parameters, is_apart)| {
        let operation = if is_apart { json!({"parameters": parameters.clone()}) } else { json!({}) };
        let mut item: Map<String, Value> =
            methods.into_iter().map(|method| (method.to_owned(), operation.clone())).collect();
        if !is_apart {
            item.insert("parameters".to_owned(), Value::from(parameters));
        }
        Value::from(item)
    });
    let odd = vec![json!(null), json!([]), json!({"$ref": "#/components/pathItems/pet"}), json!({"$ref": "#"})];
    prop_oneof![8 => item, 1 => select(odd)]
}

/// The document of an interface, mostly sound.
fn document() -> impl Strategy<Value = Value> {
    btree_map(template(), path_item(), 0..12).prop_map(|paths| {
        let paths: Map<String, Value> = paths.into_iter().collect();
        json!({
            "openapi": "3.0.3",
            "info": {"title": "Pets", "version": "1"},
            "paths": paths,
            "components": {
                "parameters": {"id": {"name": "id", "in": "path", "schema": {"type": "integer"}}},
                "pathItems": {"pet": {"get": {}, "trace": {}}},
                "schemas": {"word": {"pattern": r"^\w+$"}, "circle": {"$ref": "#/components/schemas/circle"}}
            }
        })
    })
}

/// The answer of a server, with resources of its own.
fn root() -> impl Strategy<Value = Value> {
    let name = prop_oneof![select(&["webhook", "users", "diff"][..]).prop_map(str::to_owned), "[a-z]{3,8}"];
    btree_map(name, template(), 0..8).prop_map(|templates| {
        let entries = templates.into_iter();
        let templates: Map<String, Value> =
            entries.map(|(name, template)| (name, json!(format!("https://x.y/api{template}")))).collect();
        json!({"uri_templates": templates})
    })
}

/// Texts of any kind, most of them close to documents.
fn text() -> impl Strategy<Value = String> {
    const PIECES: [&str; 26] = [
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"",
        "\"openapi\"",
        "\"3.0.0\"",
        "\"paths\"",
        "\"uri_templates\"",
        "\"servers\"",
        "\"url\"",
        "\"$ref\"",
        "\"#/paths\"",
        "\"/pets/{id}\"",
        "\"get\"",
        "\"parameters\"",
        "\"path\"",
        "\"schema\"",
        "\"\\ud800\"",
        "null",
        "1e9",
        "é",
        "openapi: 3\n",
        "\u{feff}",
    ];
    let jumble = vec(select(&PIECES[..]), 0..40).prop_map(|pieces| pieces.concat());
    let cut =
        (prop_oneof![document(), root()], any::<Index>(), select(&PIECES[..])).prop_map(|(document, place, piece)| {
            let mut text: Vec<char> = document.to_string().chars().collect();
            let place = place.index(text.len());
            drop(text.splice(place..=place, piece.chars()));
            text.into_iter().collect::<String>()
        });
    let swapped = (document(), select(&PIECES[..]), select(&PIECES[..]))
        .prop_map(|(document, from, to)| document.to_string().replace(from, to));
    prop_oneof![3 => jumble, 4 => cut, 4 => swapped, 1 => ".*"]
}

#[track_caller]
fn assert_sound(text: &str, imported: &Imported) {
    assert!(imported.diagnostics().len() <= MAX_DIAGNOSTICS);
    for finding in imported.diagnostics() {
        assert!(!finding.labels.is_empty());
        for label in &finding.labels {
            assert!(text.get(label.span.start as usize..label.span.end as usize).is_some(), "{finding:?} in {text:?}");
        }
        assert!(!finding.message.ends_with('.') && !finding.message.contains('\n'), "{finding:?}");
    }
    let has_errors = imported.diagnostics().iter().any(|finding| finding.severity == Severity::Error);
    assert_eq!(imported.catalog().is_none(), has_errors, "{text:?}");
}

proptest! {
    #[test]
    fn no_text_makes_an_import_panic(text in text(), path in ".*") {
        for imported in [import_openapi(&text), import_root(&text, Catalog::review_board_8_1())] {
            assert_sound(&text, &imported);
            if let Some(catalog) = imported.catalog() {
                let _ = catalog.resolve(&path);
            }
        }
    }

    #[test]
    fn every_template_finds_its_resource(document in document()) {
        if let Some(catalog) = import_openapi(&document.to_string()).catalog() {
            assert_all_resolve_back(catalog);
        }
    }

    #[test]
    fn a_server_adds_resources_to_the_recorded_ones_and_hides_none(root in root()) {
        let imported = import_root(&root.to_string(), Catalog::review_board_8_1());
        let catalog = imported.catalog().ok_or_else(|| TestCaseError::fail("refused"))?;
        prop_assert!(catalog.resources().starts_with(Catalog::review_board_8_1().resources()));
        assert_all_resolve_back(catalog);
        let modules: Vec<&str> = catalog.resources().iter().map(|resource| &*resource.module).collect();
        let mut unique = modules.clone();
        unique.sort_unstable();
        unique.dedup();
        prop_assert_eq!(unique.len(), modules.len());
    }

    #[test]
    fn policy_ids_are_unique_and_not_a_star(document in document()) {
        if let Some(catalog) = import_openapi(&document.to_string()).catalog() {
            prop_assert_eq!(catalog.policy_ids().count(), catalog.resources().len());
            prop_assert!(catalog.policy_ids().all(|policy_id| !policy_id.is_empty() && policy_id != "*"));
        }
    }

    #[test]
    fn the_order_of_paths_does_not_matter_where_shapes_differ(document in document()) {
        let forwards = import_openapi(&document.to_string());
        let mut turned = document;
        let paths: Vec<(String, Value)> = turned["paths"].as_object().unwrap().clone().into_iter().collect();
        turned["paths"] = Value::from(paths.into_iter().rev().collect::<Map<_, _>>());
        let backwards = import_openapi(&turned.to_string());
        let has_twins = forwards.diagnostics().iter().any(|finding| finding.code.name() == "same_path_twice");
        if !has_twins {
            prop_assert_eq!(forwards.catalog(), backwards.catalog());
        }
    }

    #[test]
    fn parents_come_before_their_children(document in document()) {
        if let Some(catalog) = import_openapi(&document.to_string()).catalog() {
            for (place, resource) in catalog.resources().iter().enumerate() {
                let parent = resource.parent.as_deref();
                let before = &catalog.resources()[..place];
                prop_assert!(parent.is_none_or(|parent| before.iter().any(|resource| resource.name == parent)));
            }
        }
    }

    #[test]
    fn imported_catalogs_come_back_from_storage(document in document()) {
        if let Some(catalog) = import_openapi(&document.to_string()).catalog() {
            let json = serde_json::to_string(&catalog.to_stored()).unwrap();
            let stored: StoredCatalog = serde_json::from_str(&json).unwrap();
            let again = stored.into_catalog();
            prop_assert_eq!(again.as_ref(), Ok(catalog));
        }
    }
}

#[test]
fn the_built_in_catalog_and_the_real_documents_resolve_back() {
    assert_all_resolve_back(Catalog::review_board_8_1());
    for name in ["airflow.json", "twilio_voice.json"] {
        assert_all_resolve_back(import_openapi(&super::fixture(name)).catalog().unwrap());
    }
}

#[test]
fn twenty_thousand_references_to_one_large_path_item_are_followed() {
    let paths: Vec<String> = (0..20_000).map(|path| format!(r##""/p{path}/{{id}}": {{"$ref": "#/x"}}"##)).collect();
    let declared: Vec<String> = (0..20_000).map(|name| format!(r#"{{"name": "n{name}", "in": "path"}}"#)).collect();
    let text = format!(
        r#"{{"openapi": "3.0.0", "paths": {{{}}}, "x": {{"get": {{}}, "parameters": [{}]}}}}"#,
        paths.join(", "),
        declared.join(", ")
    );
    let imported = import_openapi(&text);
    assert_eq!(imported.catalog().unwrap().resources().len(), 20_000);
    assert_eq!(imported.diagnostics().len() + imported.omitted(), 20_000);
}

#[test]
fn deep_documents_and_long_templates_are_survived() {
    let deep = format!(r#"{{"openapi": "3.0.0", "paths": {{"/a": {}{}}}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    assert!(import_openapi(&deep).catalog().is_none());
    let long = format!(r#"{{"openapi": "3.0.0", "paths": {{"{}": {{"get": {{}}}}}}}}"#, "/{a}".repeat(1_000_000));
    assert!(import_openapi(&long).catalog().is_none());
}
