//! The description of the interface, OpenAPI 3.1. The schemas of model and report are those of `cthd schema`.

use axum::Json;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use cthd::output::schema;
use cthd::read::Format;
use serde_json::{Value, json};

/// An operation: path, what it does, more parameters, media type and schema of its answer.
pub(super) struct Operation {
    pub(super) path: &'static str,
    /// The key of what it does.
    pub(super) key: &'static str,
    pub(super) summary: &'static str,
    pub(super) parameters: &'static [(&'static str, &'static [&'static str])],
    pub(super) answers: &'static [(&'static str, &'static str)],
}

/// The operations that take a file.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        path: "/api/check",
        key: "web-api-check",
        summary: "Audits a document",
        parameters: &[("lang", &["vi", "en"]), ("format", &["json", "sarif"])],
        answers: &[("application/json", "schema/report.json")],
    },
    Operation {
        path: "/api/parse",
        key: "web-api-parse",
        summary: "Reads a document into the typed model",
        parameters: &[("lang", &["vi", "en"])],
        answers: &[("application/json", "schema/document.json")],
    },
    Operation {
        path: "/api/report",
        key: "web-api-report",
        summary: "The report as one HTML page",
        parameters: &[("lang", &["vi", "en"])],
        answers: &[("text/html", "")],
    },
    Operation {
        path: "/api/annotate",
        key: "web-api-annotate",
        summary: "The document with the findings in it: Word documents with comments, anything else as a page",
        parameters: &[("lang", &["vi", "en"])],
        answers: &[
            ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ""),
            ("text/html", ""),
        ],
    },
    Operation {
        path: "/api/diff",
        key: "web-api-diff",
        summary: "What differs between two versions: a form with the files `old` and `new`",
        parameters: &[("lang", &["vi", "en"]), ("format", &["json", "html"])],
        answers: &[("application/json", "schema/diff.json"), ("text/html", "")],
    },
    Operation {
        path: "/api/export",
        key: "web-api-export",
        summary: "Data and findings as a workbook, as CSV files in a ZIP package, or as NDJSON",
        parameters: &[("lang", &["vi", "en"]), ("to", &["xlsx", "csv", "ndjson"])],
        answers: &[
            ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ""),
            ("application/zip", ""),
            ("application/x-ndjson", ""),
        ],
    },
];

pub(super) async fn document() -> Json<Value> {
    Json(description())
}

pub(super) async fn schema_of_document() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/schema+json")], schema::document())
}

pub(super) async fn schema_of_report() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/schema+json")], schema::report())
}

pub(super) async fn schema_of_diff() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/schema+json")], schema::diff())
}

fn description() -> Value {
    let mut paths = serde_json::Map::new();
    for operation in OPERATIONS {
        paths.insert(operation.path.to_owned(), json!({ "post": post(operation) }));
    }
    let ok = json!({ "200": { "description": "It answers", "content": { "text/plain": {} } } });
    paths.insert(
        "/healthz".to_owned(),
        json!({ "get": { "summary": "Whether the server answers", "responses": ok } }),
    );
    json!({
        "openapi": "3.1.0",
        "info": { "title": "cthd", "version": env!("CARGO_PKG_VERSION"), "license": { "name": "MIT OR Apache-2.0" } },
        "paths": paths,
        "components": { "schemas": { "Problem": {
            "type": "object",
            "required": ["error"],
            "properties": { "error": {
                "type": "object",
                "required": ["code", "message"],
                "properties": { "code": { "type": "string" }, "message": { "type": "string" } }
            } }
        } } }
    })
}

fn post(operation: &Operation) -> Value {
    let formats = Format::NAMES.map(|(name, _)| name);
    let text = json!({ "type": "string" });
    let mut parameters = vec![
        json!({ "name": "name", "in": "query", "schema": text, "description": "What the answer calls the file" }),
        json!({ "name": "format_hint", "in": "query", "schema": { "type": "string", "enum": formats } }),
        json!({ "name": "x-cthd-password", "in": "header", "schema": text, "description": "Password of the file" }),
    ];
    for (name, values) in operation.parameters {
        let required = *name == "to";
        parameters.push(json!({
            "name": name, "in": "query", "required": required, "schema": { "type": "string", "enum": values }
        }));
    }
    let mut content = serde_json::Map::new();
    for (kind, schema) in operation.answers {
        let schema = if schema.is_empty() { json!({}) } else { json!({ "schema": { "$ref": schema } }) };
        content.insert((*kind).to_owned(), schema);
    }
    let mut responses = serde_json::Map::new();
    responses.insert("200".to_owned(), json!({ "description": "Done", "content": content }));
    let problems = [
        ("400", "A parameter that is none, or an upload that broke off"),
        ("413", "More than the bounds of the server or of the reader"),
        ("415", "A format that is not read"),
        ("422", "A file that is damaged, empty, or has a password"),
        ("500", "A fault of the program on this file"),
        ("504", "The file took too long"),
    ];
    for (status, description) in problems {
        let schema = json!({ "$ref": "#/components/schemas/Problem" });
        let content = json!({ "application/json": { "schema": schema } });
        responses.insert(status.to_owned(), json!({ "description": description, "content": content }));
    }
    let file = json!({ "type": "string", "format": "binary" });
    let form =
        json!({ "type": "object", "required": ["old", "new"], "properties": { "old": file, "new": file } });
    let body = if operation.path == "/api/diff" {
        json!({ "required": true, "content": { "multipart/form-data": { "schema": form } } })
    } else {
        json!({ "required": true, "description": "The bytes of the file", "content": { "application/octet-stream": {} } })
    };
    json!({
        "summary": operation.summary,
        "parameters": parameters,
        "requestBody": body,
        "responses": responses,
    })
}
