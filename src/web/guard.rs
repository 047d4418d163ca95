//! What every request passes: it must be meant for this server, and its answer says what a browser may do with it.

use std::sync::{Arc, LazyLock};

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, HeaderName, HeaderValue, ORIGIN, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::middleware::Next;
use axum::response::Response;
use cthd::output::diff::page;
use cthd::output::{Lang, html};

use super::App;
use super::problem::Problem;

/// Report and comparison are shown in a frame that inherits this policy; their styles and script are named by their
/// hashes.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    format!(
        "default-src 'none'; style-src 'self' {} {}; script-src 'self' {} {}; connect-src 'self'; frame-src blob:; \
         img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        html::hash(html::STYLE),
        html::hash(page::STYLE),
        html::hash(html::SCRIPT),
        html::hash(page::SCRIPT)
    )
});

pub(super) async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let mut answer = if admitted(&app, request.headers()) {
        next.run(request).await
    } else {
        Problem::foreign().answer(app.catalogue(Lang::En))
    };
    let headers = answer.headers_mut();
    let mut set =
        |name: HeaderName, value: &'static str| headers.insert(name, HeaderValue::from_static(value));
    set(X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(X_FRAME_OPTIONS, "DENY");
    set(REFERRER_POLICY, "no-referrer");
    set(CACHE_CONTROL, "no-store");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    if let Ok(policy) = HeaderValue::from_str(&POLICY) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    answer
}

/// A page of another place that has this machine's address under its own name is told nothing, and a page of another
/// place may not put files here.
fn admitted(app: &App, headers: &HeaderMap) -> bool {
    let header = |name: HeaderName| headers.get(name).and_then(|it| it.to_str().ok());
    let host = header(HOST).unwrap_or_default();
    let named = !app.loopback || is_loopback(host);
    let own = |origin: &str| origin.strip_prefix("http://") == Some(host);
    named && header(ORIGIN).is_none_or(own)
}

fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.chars().all(|c| c.is_ascii_digit()) => name,
        _ => host,
    };
    name.eq_ignore_ascii_case("localhost")
        || name == "[::1]"
        || name.parse().is_ok_and(|it: std::net::Ipv4Addr| it.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_its_own() {
        for host in ["localhost", "localhost:8642", "127.0.0.1:1", "[::1]:8642", "127.0.0.9"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in
            ["", "example.org", "example.org:8642", "127.0.0.1.example.org", "10.0.0.1:80", "localhost.a"]
        {
            assert!(!is_loopback(host), "{host}");
        }
    }

    #[test]
    fn the_policy_names_the_reports_style_and_script() {
        assert!(
            POLICY.contains("style-src 'self' 'sha256-") && POLICY.contains("script-src 'self' 'sha256-")
        );
        assert!(!POLICY.contains("unsafe"));
    }
}
