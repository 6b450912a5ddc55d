//! The code for a token: what to ask the provider, and what it answers.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use url::form_urlencoded;

use super::{Attempt, Client, OidcRefusal, Provider};

/// A request for somebody else to carry out. Its parts are secret, so there is no `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: &'static str,
    /// The address.
    pub url: String,
    /// Header fields.
    pub headers: Vec<(&'static str, String)>,
    /// The fields of the form.
    pub form: Vec<(&'static str, String)>,
}

impl Request {
    /// The form as a body, `application/x-www-form-urlencoded`.
    pub fn body(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.form).finish()
    }
}

impl Attempt {
    /// What to ask the token endpoint with the code that [`Attempt::code`] found (OpenID Connect Core 1.0, 3.1.3.1).
    pub fn token_request(&self, provider: &Provider, client: &Client, code: &str) -> Request {
        let mut headers = vec![
            ("accept", "application/json".to_owned()),
            ("content-type", "application/x-www-form-urlencoded".to_owned()),
        ];
        let mut form = vec![
            ("grant_type", "authorization_code".to_owned()),
            ("code", code.to_owned()),
            ("redirect_uri", client.redirect_uri.clone()),
            ("code_verifier", self.verifier.clone()),
        ];
        let offers =
            |method: &str| provider.token_endpoint_auth_methods_supported.iter().any(|offer| offer == method);
        match &client.secret {
            // Where both are offered: basic is the one that every server has to know (RFC 6749 2.3.1).
            Some(secret) if offers("client_secret_basic") || !offers("client_secret_post") => {
                let pair = format!("{}:{}", form_encoded(&client.id), form_encoded(secret));
                headers.push(("authorization", format!("Basic {}", STANDARD.encode(pair))));
            }
            Some(secret) => {
                form.push(("client_id", client.id.clone()));
                form.push(("client_secret", secret.to_string()));
            }
            None => form.push(("client_id", client.id.clone())),
        }
        Request { method: "POST", url: provider.token_endpoint.clone(), headers, form }
    }
}

/// RFC 6749 2.3.1 wants id and secret encoded as form values before they become user name and password.
fn form_encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// What the token endpoint gave, not checked yet. The tokens are secret, so there is no `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Tokens {
    /// The ID token.
    pub id: String,
    /// The access token. Nothing is asked with it; the ID token may say which one belongs to it.
    pub access: Option<String>,
}

impl Tokens {
    /// Reads the token endpoint's answer.
    pub fn read(answer: &str) -> Result<Self, OidcRefusal> {
        #[derive(Deserialize)]
        struct Answer {
            id_token: Option<String>,
            access_token: Option<String>,
            error: Option<String>,
        }
        let answer: Answer = serde_json::from_str(answer).map_err(|_| OidcRefusal::ProviderFailed)?;
        match (answer.id_token, answer.error.as_deref()) {
            (Some(id), None) => Ok(Self { id, access: answer.access_token }),
            (_, Some("invalid_client" | "unauthorized_client")) => Err(OidcRefusal::ClientRefused),
            // RFC 6749 5.2: the code is used up, too old, or of another client.
            (_, Some("invalid_grant")) => Err(OidcRefusal::OtherAttempt),
            _ => Err(OidcRefusal::ProviderFailed),
        }
    }
}
