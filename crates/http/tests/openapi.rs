//! The committed description of the API is the one that the server gives.

use std::path::Path;

#[test]
fn the_committed_openapi_document_is_what_the_routes_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../api/native.json");
    let generated = http_api::openapi().to_pretty_json().expect("the description is JSON") + "\n";
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == generated,
        "api/native.json is not what the routes say; write it anew with \
         `cargo run -p countersign -- openapi > api/native.json` and look at the difference"
    );
}

#[test]
fn every_operation_has_a_summary_and_says_what_it_answers() {
    let api: serde_json::Value = serde_json::to_value(http_api::openapi()).expect("the description is JSON");
    let paths = api["paths"].as_object().expect("there are paths");
    assert!(paths.len() > 15, "only {} paths are described", paths.len());
    for (path, operations) in paths {
        for (verb, operation) in operations.as_object().expect("a path has operations") {
            assert!(operation["summary"].is_string(), "{verb} {path} has no summary");
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                let name = parameter["name"].as_str().expect("a parameter has a name");
                let in_path = path.contains(&format!("{{{name}}}"));
                assert_eq!(parameter["in"] == "path", in_path, "{verb} {path}: {name} is somewhere else");
            }
            assert!(
                operation["responses"].as_object().is_some_and(|it| !it.is_empty()),
                "{verb} {path} answers nothing"
            );
        }
    }
}

#[test]
fn every_reference_leads_to_a_schema() {
    let api: serde_json::Value = serde_json::to_value(http_api::openapi()).expect("the description is JSON");
    let known = api["components"]["schemas"].as_object().expect("there are schemas");
    let text = api.to_string();
    let named = text.split("#/components/schemas/").skip(1).filter_map(|it| it.split('"').next());
    let missing: Vec<&str> = named.filter(|it| !known.contains_key(*it)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
