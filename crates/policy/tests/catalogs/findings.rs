//! The words, the marked place and the help of every finding about a document that is to become a catalog.

use tollgate_policy::{Catalog, Code, Imported, import_openapi, import_root};

fn root(text: &str) -> Imported {
    import_root(text, Catalog::review_board_8_1())
}

type Import = fn(&str) -> Imported;

/// What reads it, code, the document or its `paths`, the message, what it marks, its help.
type Case = (Import, Code, &'static str, &'static str, &'static str, Option<&'static str>);

const FINDINGS: &[Case] = &[
    (
        import_openapi,
        Code::YamlText,
        "# Pets\nopenapi: 3.0.3\npaths: {}\n",
        "the document is YAML, not JSON",
        "openapi:",
        Some("convert it to JSON first; most tools for OpenAPI write both"),
    ),
    (import_openapi, Code::NotOpenApi, "[]", "an OpenAPI document is an object, not a list", "[", None),
    (
        import_openapi,
        Code::NotOpenApi,
        r#"{"paths": {}}"#,
        "the document has no `openapi`",
        "{",
        Some("an OpenAPI document says `\"openapi\": \"3.0.3\"` or another version of 3"),
    ),
    (
        import_openapi,
        Code::OpenApiVersion,
        r#"{"swagger": "2.0", "paths": {}}"#,
        "the document is Swagger `2.0`; only OpenAPI 3 is read",
        "\"2.0\"",
        Some("convert it to OpenAPI 3 first"),
    ),
    (
        import_openapi,
        Code::OpenApiVersion,
        r#"{"openapi": "4.0.0", "paths": {}}"#,
        "the document is OpenAPI `4.0.0`; only OpenAPI 3 is read",
        "\"4.0.0\"",
        Some("convert it to OpenAPI 3 first"),
    ),
    (
        import_openapi,
        Code::OpenApiVersion,
        r#"{"openapi": 3.0, "paths": {}}"#,
        "the document is marked with a number as its version; only OpenAPI 3 is read",
        "3.0",
        Some("convert it to OpenAPI 3 first"),
    ),
    (
        import_openapi,
        Code::PathsMissing,
        r#"{"openapi": "3.1.0", "webhooks": {}}"#,
        "the document has no `paths`",
        "{",
        Some("only paths become resources; webhooks and components do not"),
    ),
    (
        import_openapi,
        Code::PathsMissing,
        r#"{"openapi": "3.1.0", "paths": []}"#,
        "`paths` is a list, not an object",
        "[",
        None,
    ),
    (
        import_openapi,
        Code::NoUsablePath,
        r#"{"openapi": "3.1.0", "paths": {"x-pets": {}, "/toys": {}}}"#,
        "no path becomes a resource",
        "{",
        Some("a path needs a template such as `/pets/{id}` and a method such as `get`"),
    ),
    (
        root,
        Code::NotRootResource,
        "[]",
        "this is no root resource: it is a list",
        "[",
        Some("use the server's whole answer to GET /api/"),
    ),
    (
        root,
        Code::NotRootResource,
        r#"{"stat": "fail"}"#,
        "this is no root resource: it has no `uri_templates`",
        "{",
        Some("use the server's whole answer to GET /api/"),
    ),
    (
        root,
        Code::NotRootResource,
        r#"{"uri_templates": null}"#,
        "this is no root resource: its `uri_templates` is null",
        "null",
        Some("use the server's whole answer to GET /api/"),
    ),
    (
        import_openapi,
        Code::BadPathTemplate,
        r#"{"openapi": "3.0.0", "paths": {"pets/{id}": {"get": {}}, "/": {"get": {}}}}"#,
        "`pets/{id}` is no path template",
        "\"pets/{id}\"",
        Some("write `/` first"),
    ),
    (
        import_openapi,
        Code::BadPathTemplate,
        r#"{"openapi": "3.0.0", "paths": {"/{a}{b}": {"get": {}}, "/": {"get": {}}}}"#,
        "`/{a}{b}` is no path template",
        "\"/{a}{b}\"",
        Some("write something between them, such as `/`"),
    ),
    (
        root,
        Code::BadPathTemplate,
        r#"{"uri_templates": {"pets": "https://example.com/pets/"}}"#,
        "`https://example.com/pets/` is no path template",
        "\"https://example.com/pets/\"",
        Some("use the server's own answer, as it came"),
    ),
    (
        import_openapi,
        Code::SamePathTwice,
        r#"{"openapi": "3.0.0", "paths": {"/pets/{a}": {"get": {}}, "/pets/{b}": {"put": {}}}}"#,
        "the path `/pets/{b}` is there already",
        "\"/pets/{b}\"",
        Some("join the two; names of parameters do not tell paths apart"),
    ),
    (
        import_openapi,
        Code::WrongShape,
        r#"{"openapi": "3.0.0", "paths": {"/pets": 7, "/": {"get": {}}}}"#,
        "a path item is a number, not an object",
        "7",
        Some("write an object"),
    ),
    (
        import_openapi,
        Code::WrongShape,
        r#"{"openapi": "3.0.0", "paths": {"/pets": {"get": {"parameters": {}}}}}"#,
        "`parameters` is an object, not a list",
        "{",
        Some("write a list"),
    ),
    (
        import_openapi,
        Code::WrongShape,
        r#"{"openapi": "3.0.0", "paths": {"/pets": {"get": {"parameters": [{"name": "id"}]}}}}"#,
        "a parameter has no `in`",
        "{",
        Some("add `\"in\"`"),
    ),
    (
        import_openapi,
        Code::WrongShape,
        r#"{"openapi": "3.0.0", "paths": {"/pets": {"GET": {}, "put": {}}}}"#,
        "the method `GET` is not in small letters",
        "\"GET\"",
        Some("write `\"get\"`"),
    ),
    (
        import_openapi,
        Code::ReferenceMissing,
        r##"{"openapi": "3.0.0", "paths": {"/a": {"$ref": "#/paths/~1b"}, "/": {"get": {}}}}"##,
        "`#/paths/~1b` points at nothing",
        "\"#/paths/~1b\"",
        Some("write the path to a part of this document, such as `#/components/parameters/id`"),
    ),
    (
        import_openapi,
        Code::ReferenceCycle,
        r##"{"openapi": "3.0.0", "paths": {"/a": {"$ref": "#/x"}, "/": {"get": {}}}, "x": {"$ref": "#/paths/~1a"}}"##,
        "`#/x` leads nowhere",
        "\"#/x\"",
        Some("replace one of the references by what is meant"),
    ),
    (
        import_openapi,
        Code::ReferenceOutside,
        r#"{"openapi": "3.0.0", "paths": {"/a": {"$ref": "pets.json#/a"}, "/": {"get": {}}}}"#,
        "`pets.json#/a` points into another document",
        "\"pets.json#/a\"",
        Some("bundle the document first, so that everything is in one"),
    ),
    (
        import_openapi,
        Code::PathWithoutMethods,
        r#"{"openapi": "3.0.0", "paths": {"/pets": {"summary": "pets"}, "/": {"get": {}}}}"#,
        "the path `/pets` has no methods",
        "\"/pets\"",
        None,
    ),
    (
        import_openapi,
        Code::ParameterNotDeclared,
        r#"{"openapi": "3.0.0", "paths": {"/pets/{id}": {"get": {}}}}"#,
        "the parameter `id` is not declared",
        "\"/pets/{id}\"",
        Some("list it under `parameters` with `\"in\": \"path\"`"),
    ),
    (
        import_openapi,
        Code::PatternNotUnderstood,
        r#"{"openapi": "3.0.0", "paths": {"/pets/{id}": {"get": {},
            "parameters": [{"name": "id", "in": "path", "schema": {"pattern": "^(a|b)$"}}]}}}"#,
        "the pattern `^(a|b)$` is beyond what is checked of ids",
        "\"^(a|b)$\"",
        None,
    ),
    (
        root,
        Code::ResourceNotRecorded,
        r#"{"uri_templates": {"checklists": "https://example.com/api/checklists/"}}"#,
        "the resource `checklists` is not recorded",
        "\"checklists\"",
        None,
    ),
];

#[test]
fn every_finding_is_worded_and_marked_as_written_down() {
    for (import, code, text, message, marked, help) in FINDINGS {
        let imported = import(text);
        let Some(finding) = imported.diagnostics().iter().find(|finding| finding.code == *code) else {
            panic!("{text}: no {code} among {:?}", imported.diagnostics());
        };
        let found = (finding.message.as_str(), finding.span().slice(text), finding.help.as_deref());
        assert_eq!(found, (*message, *marked, *help), "{code}");
        assert_eq!(finding.severity, code.severity());
    }
}

#[test]
fn every_code_of_catalogs_is_tested() {
    for code in Code::ALL.iter().filter(|code| code.id().starts_with("P04")) {
        assert!(FINDINGS.iter().any(|(_, tested, ..)| tested == code), "{code}");
    }
}

#[test]
fn findings_say_where_they_stand_in_the_document() {
    let text = r##"{
  "openapi": "3.0.0",
  "paths": {
    "/pets": {"get": {}, "parameters": [{"$ref": "#/components/parameters/page"}]}
  },
  "components": {"parameters": {"page": {"name": "page"}}}
}"##;
    let imported = import_openapi(text);
    let finding = imported.diagnostics().first().unwrap();
    assert_eq!(finding.pointer.as_str(), "/components/parameters/page");
    assert_eq!((finding.position.line, finding.position.column), (6, 41));
}

#[test]
fn a_chain_of_references_ends_somewhere() {
    let links: Vec<String> = (0..17).map(|link| format!("\"l{link}\": {{\"$ref\": \"#/l{}\"}}", link + 1)).collect();
    let document = |start: usize| {
        let links = links.join(", ");
        format!(
            r##"{{"openapi": "3.0.0", "paths": {{"/": {{"$ref": "#/l{start}"}}}}, {links}, "l17": {{"get": {{}}}}}}"##
        )
    };
    assert!(import_openapi(&document(2)).catalog().is_some());
    let imported = import_openapi(&document(1));
    let codes: Vec<Code> = imported.diagnostics().iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::NoUsablePath, Code::ReferenceCycle]);
    assert_eq!(imported.diagnostics()[1].message, "`#/l17` stands behind 16 other references");
}

#[test]
fn mistakes_of_syntax_speak_of_documents() {
    let first = |text: &str| {
        let imported = import_openapi(text);
        let finding = imported.diagnostics().first().unwrap();
        (finding.code, finding.message.clone(), finding.help.clone())
    };
    assert_eq!(first(""), (Code::EmptyText, "the text is empty".to_owned(), None));
    assert_eq!(first("{} {}").1, "the text goes on after the end of the document");
    assert!(!format!("{:?}", ["", "{} {}", "{} // x", "// x"].map(first)).contains("policy"));
    assert_eq!(first("{} // x").2.as_deref(), Some("remove it"));
    assert_eq!(first("{\"openapi\": \"3.0.0\",}").0, Code::ExtraComma);
}

#[test]
fn an_error_is_shown_however_many_warnings_there_are() {
    let paths: Vec<String> = (0..2_000).map(|path| format!("\"p{path}\": {{}}")).collect();
    let imported = import_openapi(&format!(r#"{{"openapi": "3.0.0", "paths": {{{}}}}}"#, paths.join(", ")));
    assert_eq!(imported.diagnostics().first().map(|finding| finding.code), Some(Code::NoUsablePath));
    assert_eq!(imported.diagnostics().len() + imported.omitted(), 2_001);
}
