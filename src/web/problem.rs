//! Why a request could not be answered, as JSON: `{ "error": { "code", "message" } }`.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use cthd::finding::Text;
use cthd::output::Catalogue;
use cthd::read::ReadError;
use serde_json::{Value, json};

/// Why a request could not be answered.
#[derive(Debug)]
pub(super) struct Problem {
    status: StatusCode,
    code: &'static str,
    text: Text,
}

impl Problem {
    pub(super) fn new(status: StatusCode, code: &'static str, text: Text) -> Self {
        Self { status, code, text }
    }

    /// A parameter that is none.
    pub(super) fn parameter(name: &str, value: &str) -> Self {
        let text = Text::new("web-parameter").with("name", name).with("value", value);
        Self::new(StatusCode::BAD_REQUEST, "parameter", text)
    }

    /// An upload that is too large.
    pub(super) fn too_large(limit: usize) -> Self {
        let text = Text::new("web-too-large").with("limit", limit >> 20);
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", text)
    }

    /// An upload that did not arrive.
    pub(super) fn broken() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "broken", Text::new("web-broken"))
    }

    /// A form without the two files.
    pub(super) fn form() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "form", Text::new("web-form"))
    }

    /// A request that took too long.
    pub(super) fn late() -> Self {
        Self::new(StatusCode::GATEWAY_TIMEOUT, "late", Text::new("web-late"))
    }

    /// A fault of the program on this file, or more memory than it may use.
    pub(super) fn fault() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "fault", Text::new("web-fault"))
    }

    /// A request from a page of another place.
    pub(super) fn foreign() -> Self {
        Self::new(StatusCode::FORBIDDEN, "foreign", Text::new("web-foreign"))
    }

    /// A file that is no document.
    pub(super) fn document(name: &str, error: &ReadError) -> Self {
        let (status, code) = match error {
            ReadError::TooLarge { .. } | ReadError::Limit { .. } => {
                (StatusCode::PAYLOAD_TOO_LARGE, "too-large")
            }
            ReadError::Unsupported { .. } | ReadError::Binary { .. } => {
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported")
            }
            ReadError::Encrypted { .. } | ReadError::WrongPassword { .. } => {
                (StatusCode::UNPROCESSABLE_ENTITY, "encrypted")
            }
            ReadError::Empty => (StatusCode::UNPROCESSABLE_ENTITY, "empty"),
            _ => (StatusCode::UNPROCESSABLE_ENTITY, "unreadable"),
        };
        Self::new(status, code, crate::cli::document_error(name, error))
    }

    /// The answer in a language.
    pub(super) fn answer(&self, catalogue: &Catalogue) -> Response {
        (self.status, Json(self.json(catalogue))).into_response()
    }

    /// Status and body of the answer in a language.
    pub(super) fn written(&self, catalogue: &Catalogue) -> (u16, Vec<u8>) {
        (self.status.as_u16(), self.json(catalogue).to_string().into_bytes())
    }

    fn json(&self, catalogue: &Catalogue) -> Value {
        json!({ "error": { "code": self.code, "message": catalogue.render(&self.text) } })
    }
}

/// The answer to an address that there is not.
pub(super) async fn not_found() -> Response {
    let catalogue = Catalogue::new(cthd::output::Lang::En);
    Problem::new(StatusCode::NOT_FOUND, "not-found", Text::new("web-not-found")).answer(&catalogue)
}
