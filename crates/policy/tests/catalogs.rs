//! Catalogs beside the built-in one: what is imported, what is said about mistakes, and what is stored.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may fail loudly"
)]

#[path = "catalogs/findings.rs"]
mod findings;
#[path = "catalogs/instances.rs"]
mod instances;
#[path = "catalogs/laws.rs"]
mod laws;

use std::path::Path;

use instances::{instance, shown};
use serde_json::{Value, json};
use tollgate_policy::{
    Asks, Catalog, Code, CompiledPolicy, Imported, Origin, Policy, Share, StoredCatalog, StoredCatalogError, check,
    import_openapi, import_root, power,
};

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn fixture(name: &str) -> String {
    read(&format!("tests/fixtures/openapi/{name}"))
}

fn codes(imported: &Imported) -> Vec<Code> {
    imported.diagnostics().iter().map(|finding| finding.code).collect()
}

/// The catalog of a document in which nothing is odd.
#[track_caller]
fn imported(text: &str) -> Catalog {
    let imported = import_openapi(text);
    assert!(imported.diagnostics().is_empty(), "{:?}", imported.diagnostics());
    imported.into_catalog().unwrap()
}

fn with_paths(paths: &Value) -> String {
    json!({"openapi": "3.0.3", "paths": paths}).to_string()
}

#[track_caller]
fn expect_row(catalog: &Catalog, policy_id: &str, expected: &str) {
    let rows: Vec<String> = catalog.by_policy_id(policy_id).map(shown).collect();
    assert_eq!(rows, [expected], "{policy_id}");
}

#[test]
fn airflow_becomes_a_catalog() {
    let catalog = imported(&fixture("airflow.json"));
    assert_eq!(catalog.title(), "Airflow API (Stable) 2.5.3");
    assert_eq!(catalog.resources().len(), 37);
    assert_eq!(catalog.policy_ids().count(), 37);
    expect_row(&catalog, "health", "- /health [GET]");
    expect_row(&catalog, "dags", "/dags /dags/{dag_id} dag_id [GET PATCH] [GET DELETE PATCH]");
    expect_row(&catalog, "event_logs", "/eventLogs /eventLogs/{event_log_id} event_log_id `[0-9-]+` [GET] [GET]");
    expect_row(&catalog, "dags_clear_task_instances", "- /dags/{dag_id}/clearTaskInstances dag_id [] [POST]");
    expect_row(
        &catalog,
        "dags_dag_runs_task_instances_by_map_index",
        "- /dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/{map_index} map_index `[0-9-]+` [] [GET PATCH]",
    );
    let runs = catalog.by_policy_id("dags_dag_runs").next().unwrap();
    assert_eq!(runs.parent.as_deref(), Some("dags"));
    assert_eq!(runs.summary.as_deref(), Some("List DAG runs"));
    assert_eq!(runs.plural_words(), "dags dag runs");
}

#[test]
fn twilio_becomes_a_catalog() {
    let imported = import_openapi(&fixture("twilio_voice.json"));
    assert_eq!(codes(&imported), [Code::PathWithoutMethods]);
    let catalog = imported.into_catalog().unwrap();
    let ids: Vec<&str> = catalog.policy_ids().collect();
    let expected = [
        "archives_calls",
        "byoc_trunks",
        "connection_policies",
        "connection_policies_targets",
        "dialing_permissions_bulk_country_updates",
        "dialing_permissions_countries",
        "dialing_permissions_countries_high_risk_special_prefixes",
        "ip_records",
        "settings",
        "source_ip_mappings",
    ];
    assert_eq!(ids, expected);
    expect_row(
        &catalog,
        "byoc_trunks",
        "/v1/ByocTrunks /v1/ByocTrunks/{Sid} Sid `[BY0-9a-fA-F]{1,34}` [GET POST] [GET POST DELETE]",
    );
}

#[test]
fn every_path_of_a_real_document_finds_a_resource_with_its_methods() {
    for name in ["airflow.json", "twilio_voice.json"] {
        let text = fixture(name);
        let catalog = import_openapi(&text).into_catalog().unwrap();
        let document: Value = serde_json::from_str(&text).unwrap();
        for (path, item) in document["paths"].as_object().unwrap() {
            let methods = ["get", "post", "put", "delete", "patch"].into_iter().filter(|key| item[*key].is_object());
            for method in methods.map(str::to_ascii_uppercase) {
                let resolved = catalog.resolve(&instance(&catalog, path, None).0);
                let resource = resolved.unwrap_or_else(|| panic!("{path} finds nothing")).resource;
                assert!(resource.implements(&method), "{method} {path} finds {}", resource.policy_id);
            }
        }
    }
}

#[test]
fn urls_may_begin_with_the_path_of_a_server() {
    let catalog = imported(&fixture("airflow.json"));
    let url = "https://airflow.example.com/api/v1/dags/my%20dag/dagRuns?limit=5";
    for url in [url, "/dags/my%20dag/dagRuns", "api/v1/dags/x/dagRuns/"] {
        let found = catalog.resolve(url).unwrap();
        assert_eq!((&*found.resource.policy_id, found.asks, found.item_id), ("dags_dag_runs", Asks::List, None));
    }
    let found = catalog.resolve("/api/v1/dags/my%20dag").unwrap();
    assert_eq!((found.asks, found.item_id.as_deref()), (Asks::Item, Some("my dag")));
    for url in ["/api/v2/dags", "/other/dags", "/api/v1", "/api/v1/eventLogs/abc"] {
        assert_eq!(catalog.resolve(url), None, "{url}");
    }
}

#[test]
fn servers_fill_in_the_defaults_of_their_variables() {
    let text = json!({
        "openapi": "3.1.0",
        "servers": [
            {"url": "https://{host}/{base}", "variables": {"host": {"default": "h"}, "base": {"default": "a/v2"}}},
            {"url": "//example.com/b/"},
            {"url": "c"},
            {"url": "https://example.com"}
        ],
        "paths": {"/pets": {"get": {}}}
    });
    let catalog = imported(&text.to_string());
    for url in ["/pets", "/a/v2/pets", "https://x.y/b/pets", "/c/pets"] {
        assert!(catalog.resolve(url).is_some(), "{url}");
    }
    assert_eq!(catalog.resolve("/d/pets"), None);
}

#[test]
fn references_to_path_items_and_parameters_are_followed() {
    let text = json!({
        "openapi": "3.1.0",
        "paths": {
            "/pets/{id}": {"$ref": "#/components/pathItems/pet"},
            "/toys/{id}": {"$ref": "#/paths/~1pets~1%7Bid%7D"},
            "/boxes/{box~1}": {"put": {"parameters": [{"$ref": "#/paths/~1boxes~1%7Bbox~01%7D/x-own/0"}]}, "x-own": [
                {"name": "box~1", "in": "path", "schema": {"$ref": "#/components/schemas/word"}}
            ]}
        },
        "components": {
            "pathItems": {"pet": {"get": {}, "parameters": [{"$ref": "#/components/parameters/id"}]}},
            "parameters": {"id": {"$ref": "#/components/parameters/number"}, "number": {
                "name": "id", "in": "path", "schema": {"type": ["integer", "null"], "minimum": 0}
            }},
            "schemas": {"word": {"type": "string", "pattern": "^[a-z]+$"}}
        }
    });
    let catalog = imported(&text.to_string());
    expect_row(&catalog, "pets", "- /pets/{id} id `[0-9]+` [] [GET]");
    expect_row(&catalog, "toys", "- /toys/{id} id `[0-9]+` [] [GET]");
    expect_row(&catalog, "boxes", "- /boxes/{box~1} box~1 `[a-z]+` [] [PUT]");
}

#[test]
fn all_methods_of_openapi_are_kept_and_put_into_words() {
    let declared = json!([{"name": "id", "in": "path"}]);
    let catalog = imported(&with_paths(&json!({
        "/pets": {"trace": {}, "head": {}, "get": {}},
        "/pets/{id}": {"patch": {}, "post": {}, "parameters": declared},
    })));
    expect_row(&catalog, "pets", "/pets /pets/{id} id [GET HEAD TRACE] [POST PATCH]");

    let say = |text: &str| {
        let policy = check(text, &catalog).policy().unwrap();
        let power = power(&CompiledPolicy::new(&policy), &catalog);
        (
            power.sentence(),
            power.rows()[0].share("POST"),
            power.per_method().last().map(|power| power.method.to_owned()),
        )
    };
    let trace = Some("TRACE".to_owned());
    assert_eq!(say("{}"), ("read, create and change everything".to_owned(), Some(Share::All), trace.clone()));
    let one = r#"{"resources": {"pets": {"7": {"block": ["POST"]}}}}"#;
    assert_eq!(say(one).1, Some(Share::Some));
    let patch = r#"{"resources": {"*": {"allow": ["PATCH"], "block": ["*"]}}}"#;
    assert_eq!(say(patch), ("change everything; nothing else".to_owned(), Some(Share::None), trace));
}

#[test]
fn policies_are_checked_against_an_imported_catalog() {
    let catalog = imported(&fixture("airflow.json"));
    let checked = check(r#"{"resources": {"dag": {"*": {"block": ["*"]}}, "review": {}}}"#, &catalog);
    let help: Vec<Option<&str>> = checked.diagnostics().iter().map(|finding| finding.help.as_deref()).collect();
    assert_eq!(help[0], Some("did you mean `dags`?"));
    assert_eq!(checked.diagnostics()[1].message, "unknown resource `review`");
    // Only Review Board fails on lists where a policy has rules for ids.
    let checked = check(r#"{"resources": {"dags": {"x": {"block": ["PATCH"]}}}}"#, &catalog);
    assert!(checked.diagnostics().is_empty(), "{:?}", checked.diagnostics());
}

/// The recorded answer to `GET /api/?only-links=`, as it would be without the query.
fn recorded_root() -> Value {
    let recorded = read("../../tests/fixtures/conformance/api_http.json");
    let recorded: Value = serde_json::from_str(&recorded).unwrap();
    let exchanges = recorded["exchanges"].as_array().unwrap();
    let answers = exchanges.iter().map(|exchange| &exchange["response"]["json"]);
    answers.into_iter().find(|answer| answer["uri_templates"].is_object()).cloned().unwrap()
}

#[test]
fn the_root_resource_of_review_board_says_nothing_new() {
    let answer = recorded_root().to_string().replace("?only-links=", "");
    let imported = import_root(&answer, Catalog::review_board_8_1());
    assert!(imported.diagnostics().is_empty(), "{:?}", imported.diagnostics());
    assert_eq!(imported.catalog(), Some(Catalog::review_board_8_1()));
}

#[test]
fn the_answer_to_a_query_is_told_apart() {
    let imported = import_root(&recorded_root().to_string(), Catalog::review_board_8_1());
    assert!(codes(&imported).iter().all(|code| *code == Code::BadPathTemplate));
    assert_eq!(imported.diagnostics().len(), 124);
    assert_eq!(imported.catalog(), Some(Catalog::review_board_8_1()));
}

#[test]
fn a_live_server_adds_to_what_is_recorded() {
    let answer = json!({"product": {"name": "Review Board", "version": "9.0"}, "uri_templates": {
        "checklist": "https://x.y/rb/s/acme/api/extensions/checks/checklists/{checklist_id}/",
        "checklists": "https://x.y/rb/s/acme/api/extensions/checks/checklists/",
        "checklist_items": "https://x.y/rb/s/acme/api/extensions/checks/checklists/{checklist_id}/items/",
        "webhook": "https://x.y/rb/s/acme/api/hooks/{hook_id}/",
        "webhooks": "https://x.y/rb/s/acme/api/hooks/",
        "users": "https://x.y/rb/s/acme/api/users/"
    }});
    let imported = import_root(&answer.to_string(), Catalog::review_board_8_1());
    assert_eq!(codes(&imported), [Code::ResourceNotRecorded, Code::ResourceNotRecorded]);
    let catalog = imported.into_catalog().unwrap();
    assert_eq!(catalog.title(), "Review Board 9.0");
    assert_eq!(catalog.resources().len(), 74);
    assert_eq!(catalog.policy_ids().count(), 70);
    expect_row(
        &catalog,
        "checklist",
        "/api/extensions/checks/checklists/ /api/extensions/checks/checklists/{checklist_id}/ checklist_id \
         [GET POST PUT DELETE]",
    );
    let items = catalog.by_policy_id("checklist_items").next().unwrap();
    assert_eq!((items.parent.as_deref(), items.origin), (Some("checklist"), Origin::Assumed));
    let hooks: Vec<Origin> = catalog.by_policy_id("webhook").map(|resource| resource.origin).collect();
    assert_eq!(hooks, [Origin::Recorded, Origin::Announced]);
    let moved = catalog.resolve("/s/acme/api/hooks/7/").unwrap();
    assert_eq!((&*moved.resource.policy_id, moved.item_id.as_deref()), ("webhook", Some("7")));
    assert_eq!(catalog.resolve("/api/hooks/x/"), None);
}

#[test]
fn every_catalog_comes_back_from_storage() {
    let openapi = import_openapi(&fixture("airflow.json")).into_catalog().unwrap();
    let answer = json!({"uri_templates": {"checklists": "/api/checklists/"}}).to_string();
    let root = import_root(&answer, Catalog::review_board_8_1()).into_catalog().unwrap();
    let more = Catalog::review_board_8_1().with_policy_ids(["checklist"]);
    for catalog in [&openapi, &root, &more, Catalog::review_board_8_1()] {
        let json = serde_json::to_string(&catalog.to_stored()).unwrap();
        let stored: StoredCatalog = serde_json::from_str(&json).unwrap();
        assert_eq!(stored.into_catalog().as_ref(), Ok(catalog));
    }
}

#[test]
fn a_catalog_of_version_1_is_still_read() {
    let stored = json!({
        "version": 1, "title": "Pets", "mount": {"type": "paths", "paths": ["/api"]}, "policyIds": ["pets"],
        "resources": [{
            "policyId": "pets", "name": "pets", "namePlural": "pets", "module": "/pets", "parent": null,
            "listUri": "/pets", "itemUri": "/pets/{id}", "itemKey": "id", "itemIdPattern": "[0-9]+",
            "methods": ["GET", "POST"], "methodsApart": {"list": ["GET", "POST"], "item": ["GET"]},
            "isSingleton": false, "tokenAccess": "open", "summary": null, "origin": "openapi"
        }]
    });
    let catalog = serde_json::from_value::<StoredCatalog>(stored).unwrap().into_catalog().unwrap();
    expect_row(&catalog, "pets", "/pets /pets/{id} id `[0-9]+` [GET POST] [GET]");
    assert_eq!(catalog.resolve("/api/pets/7").unwrap().item_id.as_deref(), Some("7"));
}

#[test]
fn what_is_no_stored_catalog_is_refused() {
    let catalog = imported(&with_paths(&json!({"/pets": {"get": {}}, "/toys": {"get": {}}})));
    let stored = serde_json::to_value(catalog.to_stored()).unwrap();
    let refusal = |pointer: &str, value: Value| {
        let mut changed = stored.clone();
        *changed.pointer_mut(pointer).unwrap() = value;
        serde_json::from_value::<StoredCatalog>(changed).map(StoredCatalog::into_catalog)
    };
    let refused = |error| -> Option<Result<Catalog, StoredCatalogError>> { Some(Err(error)) };
    assert_eq!(refusal("/version", json!(2)).ok(), refused(StoredCatalogError::UnknownVersion { version: 2 }));
    let uri = "pets".to_owned();
    assert_eq!(refusal("/resources/0/itemUri", json!("pets")).ok(), refused(StoredCatalogError::BadTemplate { uri }));
    let module = "/pets".to_owned();
    assert_eq!(
        refusal("/resources/1/module", json!("/pets")).ok(),
        refused(StoredCatalogError::RepeatedModule { module })
    );
    assert_eq!(refusal("/policyIds/0", json!("*")).ok(), refused(StoredCatalogError::StarAsPolicyId));
    assert!(refusal("/mount/type", json!("elsewhere")).is_err());
    assert!(refusal("/resources/0", json!({})).is_err());
    let mut more = stored.clone();
    more["surprise"] = json!(true);
    assert!(serde_json::from_value::<StoredCatalog>(more).is_err());
}

#[test]
fn full_access_reaches_everything_of_any_catalog() {
    let catalog = imported(&fixture("airflow.json"));
    let power = power(&CompiledPolicy::new(&Policy::full_access()), &catalog);
    assert_eq!(power.allowed_operations(), power.total_operations());
    assert_eq!(power.rows().len(), 37);
    assert!(power.rows().iter().all(|row| !row.list_crashes));
}
