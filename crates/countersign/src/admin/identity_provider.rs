//! `countersign admin identity-provider`

use super::{Place, tenant};
use crate::exit::{self, Exit, Outcome};
use crate::wiring;
use clap::Subcommand;
use service::Error;
use service::identity_provider::{IdentityProvider, NewIdentityProvider};
use std::io::Read as _;
use zeroize::Zeroizing;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Say which identity provider an organisation has; it is asked about itself at once. The client secret is read from
    /// standard input, or from a variable.
    Set(Set),
    /// Show it, without its secret.
    List(Named),
    /// Have none any more.
    Remove(Named),
}

#[derive(clap::Args)]
pub(crate) struct Set {
    #[command(flatten)]
    named: Named,
    /// What people call it; it stands on the button.
    #[arg(long)]
    name: String,
    /// Its issuer, letter by letter as in its discovery document.
    #[arg(long, value_name = "URL")]
    issuer: String,
    /// The client id that it gave you.
    #[arg(long, value_name = "ID")]
    client_id: String,
    /// Variable that holds the client secret; standard input where it is left out.
    #[arg(long, value_name = "VAR", conflicts_with = "public")]
    secret_env: Option<String>,
    /// There is no client secret.
    #[arg(long)]
    public: bool,
    /// The claim that has to be the recipient's address.
    #[arg(long, default_value = "email")]
    claim: String,
    /// What is asked for, separated by spaces.
    #[arg(long, default_value = "openid email")]
    scopes: String,
}

#[derive(clap::Args)]
pub(crate) struct Named {
    #[command(flatten)]
    place: Place,
    /// Name of the organisation.
    #[arg(long)]
    tenant: String,
}

pub(crate) fn run(command: &Command) -> Outcome {
    let (Command::Set(Set { named, .. }) | Command::List(named) | Command::Remove(named)) = command;
    let config = named.place.config()?;
    let new = match command {
        Command::Set(set) => Some(set.read()?),
        _ => None,
    };
    wiring::runtime()?.block_on(async {
        let service = wiring::service(&config).await?;
        let tenant = tenant(&service, &named.tenant).await?;
        match (command, new) {
            (Command::Set(_), Some(new)) => {
                let set =
                    service.set_identity_provider(&tenant, new).await.map_err(|error| sentences(&error))?;
                exit::print(&shown(&set).to_string());
            }
            (Command::Remove(_), _) => {
                service.remove_identity_provider(&tenant).await.map_err(|error| sentences(&error))?;
            }
            _ => {
                let found = match service.identity_provider(&tenant).await {
                    Ok(found) => vec![shown(&found)],
                    Err(Error::NotFound { .. }) => Vec::new(),
                    Err(error) => return Err(error.to_string()),
                };
                exit::print(&serde_json::Value::from(found).to_string());
            }
        }
        service.store().close().await;
        Ok(Exit::DONE)
    })
}

impl Set {
    /// The secret never is an argument: those stand in the list of processes.
    fn read(&self) -> Result<NewIdentityProvider, String> {
        let mut secret = Zeroizing::new(String::new());
        match &self.secret_env {
            _ if self.public => {}
            Some(variable) => {
                *secret = std::env::var(variable).map_err(|_| {
                    format!("The variable {variable} is not set; put the client secret there.")
                })?;
            }
            None => {
                std::io::stdin().take(10_000).read_to_string(&mut secret).map_err(|error| {
                    format!("The client secret cannot be read from standard input: {error}.")
                })?;
            }
        }
        let secret = Zeroizing::new(secret.trim().to_owned());
        if secret.is_empty() && !self.public {
            return Err("There is no client secret; give it on standard input, name its variable with --secret-env, or say \
                        --public."
                .to_owned());
        }
        Ok(NewIdentityProvider {
            name: self.name.clone(),
            issuer: self.issuer.clone(),
            client_id: self.client_id.clone(),
            client_secret: Some(secret),
            claim: Some(self.claim.clone()),
            scopes: Some(self.scopes.clone()),
        })
    }
}

fn sentences(error: &Error) -> String {
    match error.findings() {
        [] => error.to_string(),
        found => found.iter().map(|it| it.sentence.as_str()).collect::<Vec<_>>().join(" "),
    }
}

fn shown(it: &IdentityProvider) -> serde_json::Value {
    serde_json::json!({
        "name": it.name, "issuer": it.issuer, "client_id": it.client_id, "client_secret_set": it.secret_set,
        "claim": it.claim, "scopes": it.scopes, "redirect_uri": it.redirect_uri,
    })
}
