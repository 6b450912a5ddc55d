//! The native API.

mod api_keys;
mod asking;
mod bulk_sends;
mod ceremony;
mod choice_lists;
mod contacts;
mod edit_link;
mod envelopes;
mod form_fields;
mod identity_provider;
mod public_form;
mod recipients;
mod settings;
mod sign_in;
mod templates;
pub(crate) mod test_messages;
mod upload_combine;
mod upload_from;
mod upload_tags;
mod uploads;
mod users;
mod webhooks;
pub(crate) mod wire;

use crate::App;
use utoipa_axum::router::OpenApiRouter;

/// All routes of the native API, and their description.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(uploads::routes())
        .merge(form_fields::routes())
        .merge(choice_lists::routes())
        .merge(envelopes::routes())
        .merge(recipients::routes())
        .merge(ceremony::routes())
        .merge(identity_provider::routes())
        .merge(sign_in::routes())
        .merge(test_messages::routes())
        .merge(webhooks::routes())
        .merge(settings::routes())
        .merge(contacts::routes())
        .merge(users::routes())
        .merge(api_keys::routes())
        .merge(templates::routes())
        .merge(bulk_sends::routes())
        .merge(public_form::routes())
        .merge(edit_link::routes())
}
