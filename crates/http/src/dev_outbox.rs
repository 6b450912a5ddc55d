//! The outbox of `--dev`: everything that would have been sent. Without `--dev` there is no such address.

use crate::App;
use crate::problem::Problem;
use crate::v1::test_messages::{MessageAnswer, To};
use axum::extract::{Query, State};
use axum::response::Html;
use axum::routing::get;
use axum::{Json, Router};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/dev/outbox", get(page)).route("/dev/outbox.json", get(list))
}

async fn list(State(app): State<App>, Query(to): Query<To>) -> Result<Json<Vec<MessageAnswer>>, Problem> {
    let rows = app.service.outbox(to.to.as_deref()).await?;
    Ok(Json(rows.into_iter().map(MessageAnswer::from).collect()))
}

const PAGE: &str = "<!doctype html><html lang=en><meta name=viewport content='width=device-width'><title>Outbox</title>\
<style>body{font:1rem/1.5 system-ui;margin:2rem auto;max-width:48rem;padding:0 1rem;color-scheme:light dark}\
article{border-top:1px solid #8888;padding:1rem 0}pre{white-space:pre-wrap;font:inherit}</style>\
<h1>Outbox</h1><p>What would have been sent. Nothing leaves this server.</p>\
{% for m in messages %}<article><h2>{{ m.subject }}</h2><p>To {{ m.recipient_address }}</p>\
<pre>{{ m.text|urlise }}</pre></article>{% else %}<p>Nothing yet.</p>{% endfor %}";

async fn page(State(app): State<App>, Query(to): Query<To>) -> Result<Html<String>, Problem> {
    let rows = app.service.outbox(to.to.as_deref()).await?;
    let messages: Vec<_> = rows
        .iter()
        .map(|row| minijinja::context! { subject => row.subject.clone(), recipient_address => row.recipient_address.clone(), text => row.text.clone() })
        .collect();
    let mut templates = minijinja::Environment::new();
    templates.set_auto_escape_callback(|_| minijinja::AutoEscape::Html);
    templates.add_filter("urlise", urlise);
    let html = templates
        .render_str(PAGE, minijinja::context! { messages })
        .map_err(|error| Problem::from(service::Error::fault(error)))?;
    Ok(Html(html))
}

/// Makes the addresses in a text clickable; the rest is escaped.
fn urlise(text: &str) -> minijinja::Value {
    let escape = |text: &str| {
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
    };
    let html = text
        .split_inclusive(char::is_whitespace)
        .map(|word| {
            let bare = word.trim_end();
            let rest = &word[bare.len()..];
            match bare.strip_prefix("http") {
                Some(_) => format!("<a href=\"{0}\">{0}</a>{rest}", escape(bare)),
                None => escape(word),
            }
        })
        .collect::<String>();
    minijinja::Value::from_safe_string(html)
}
