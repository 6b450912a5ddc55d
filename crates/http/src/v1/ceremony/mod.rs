//! A recipient's visit. The link's token is the only thing that is needed: no cookie, no storage.

mod act;
mod attach;
mod challenge;
mod delegate;
mod files;
mod read;

use crate::App;
use crate::caller::bearer;
use crate::client::Client;
use crate::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use service::Error;
use service::ceremony::{Visit, Visitor};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(read::read))
        .routes(routes!(challenge::begin))
        .routes(routes!(challenge::answer))
        .routes(routes!(act::consent))
        .routes(routes!(act::withdraw_consent))
        .routes(routes!(act::values))
        .routes(routes!(act::fields))
        .routes(routes!(act::finish))
        .routes(routes!(act::decline))
        .routes(routes!(delegate::delegate))
        .routes(routes!(act::renew))
        .routes(routes!(files::document))
        .routes(routes!(files::page))
        .routes(routes!(files::audit_trail))
        .routes(routes!(files::zip))
        .routes(routes!(attach::file, attach::remove))
        .layer(axum::extract::DefaultBodyLimit::max(crate::json::BODY_BYTES_MAX))
        // A file is larger than what comes as JSON; its route comes after the layer and has a limit of its own.
        .merge(attach::routes())
}

/// Carries the token of a visit in which somebody proves or has proved who they are.
pub(crate) const VISIT_HEADER: &str = "x-countersign-visit";

/// A visit by a link that exists.
pub(crate) struct Guest(Visit);

impl FromRequestParts<App> for Guest {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let Ok(client) = Client::from_request_parts(parts, app).await;
        let visit = parts.headers.get(VISIT_HEADER).and_then(|value| value.to_str().ok());
        let visit = visit.filter(|it| it.len() < 100).map(ToOwned::to_owned);
        let visitor = Visitor { address: client.address, user_agent: client.user_agent, visit };
        let token = bearer(&parts.headers).ok_or(Error::NotAuthenticated)?;
        let visit = app.service.visit(token, visitor).await.map_err(|error| match error {
            Error::NotFound { .. } => Problem::new(
                axum::http::StatusCode::NOT_FOUND,
                "link_unknown",
                "This link is not known; open the one in your mail again.",
            ),
            other => other.into(),
        })?;
        Ok(Self(visit))
    }
}
