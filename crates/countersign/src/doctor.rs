//! `countersign doctor`

use crate::config::{Config, Overrides};
use crate::exit::{self, Exit, Outcome};
use crate::wiring;
use std::path::PathBuf;
use std::time::Duration;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A TOML file.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    overrides: Overrides,
}

/// A check waits so long for the other side.
const PATIENCE: Duration = Duration::from_secs(10);

struct Finding {
    what: &'static str,
    result: Result<String, String>,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let config = Config::load(arguments.config.as_deref(), &arguments.overrides)?;
    let findings = wiring::runtime()?.block_on(examine(&config));
    let mut good = true;
    for Finding { what, result } in &findings {
        let (mark, sentence) = match result {
            Ok(sentence) => ("works", sentence),
            Err(sentence) => {
                good = false;
                ("FAILS", sentence)
            }
        };
        exit::print(&format!("{mark}  {what:<15} {sentence}"));
    }
    exit::print("      time stamp      not used: this version signs at level B-B");
    Ok(if good { Exit::DONE } else { Exit::NO })
}

async fn examine(config: &Config) -> Vec<Finding> {
    let service = match wiring::service(config).await {
        Ok(service) => service,
        Err(sentence) => return vec![Finding { what: "store and key", result: Err(sentence) }],
    };
    let key = service.authority().await.map(|it| it.certificate().subject());
    let database = service.store().ping().await;
    let blobs = probe_blobs(service.store()).await;
    let mut findings = vec![
        Finding {
            what: "database",
            result: database.map(|()| "answers".to_owned()).map_err(|it| it.to_string()),
        },
        Finding { what: "blobs", result: blobs },
        Finding { what: "key", result: key.map_err(|error| error.to_string()) },
        Finding { what: "page pictures", result: crate::pictures::probe().await },
        Finding { what: "mail", result: mail(config).await },
    ];
    findings.push(Finding { what: "public address", result: public_address(config).await });
    service.store().close().await;
    findings
}

async fn probe_blobs(store: &store::Store) -> Result<String, String> {
    let failed = |fault: store::Fault| fault.to_string();
    let digest = store.blobs().put_bytes("system", &b"doctor"[..]).await.map_err(failed)?;
    let back = store.blobs().get("system", &digest).await.map_err(failed)?;
    if &back[..] == b"doctor" {
        Ok("writes and reads".to_owned())
    } else {
        Err("reads something else".to_owned())
    }
}

async fn mail(config: &Config) -> Result<String, String> {
    let Some(mail) = &config.mail else {
        return Err("no mail server is configured; set mail.host and mail.from".to_owned());
    };
    let mailer = deliver::Mailer::new(&mail.smtp).map_err(|error| error.to_string())?;
    let place = format!("{}:{}", mail.smtp.host, mail.smtp.port());
    match tokio::time::timeout(PATIENCE, mailer.try_connection()).await {
        Ok(Ok(())) => Ok(format!("{place} takes us as a sender")),
        Ok(Err(fault)) => Err(format!("{place} cannot be used: {fault}")),
        Err(_) => Err(format!("{place} does not answer")),
    }
}

async fn public_address(config: &Config) -> Result<String, String> {
    let url = config.public_url();
    let (scheme, rest) = url.split_once("://").ok_or("public_url begins with http:// or https://")?;
    let place = rest.split('/').next().unwrap_or_default();
    let (host, port) = match place.rsplit_once(':') {
        Some((host, port)) => (host, port.parse().map_err(|_| "public_url has a port that is no number")?),
        None => (place, if scheme == "https" { 443 } else { 80 }),
    };
    reach(host, port).await.map(|()| format!("{url} can be reached"))
}

async fn reach(host: &str, port: u16) -> Result<(), String> {
    match tokio::time::timeout(PATIENCE, tokio::net::TcpStream::connect((host, port))).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(format!("{host}:{port} cannot be reached: {error}")),
        Err(_) => Err(format!("{host}:{port} does not answer")),
    }
}
