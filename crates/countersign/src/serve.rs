//! `countersign serve`

use crate::config::{Config, LogFormat, Overrides, Role};
use crate::exit::{self, Exit, Outcome};
use crate::wiring;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use http_api::{App, TrustedProxies};
use service::{Service, fault_point};
use std::fs::File;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;
use store::jobs;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A TOML file.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    overrides: Overrides,
    /// What this process does, separated by commas: api, worker.
    #[arg(long, value_name = "ROLES")]
    role: Option<String>,
    /// Nothing leaves; everything that would be sent lies at /dev/outbox. Only on a loopback address.
    #[arg(long)]
    dev: bool,
    /// Print the configuration in force, without its secrets, and end.
    #[arg(long)]
    print_config: bool,
}

/// Requests under way get so long when the server is asked to stop.
const GRACE: Duration = Duration::from_secs(20);

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let config = configuration(arguments)?;
    if arguments.print_config {
        exit::print(&config.shown());
        return Ok(Exit::DONE);
    }
    check(&config)?;
    start_log(&config);
    wiring::runtime()?.block_on(serve(config))?;
    Ok(Exit::DONE)
}

fn configuration(arguments: &Arguments) -> Result<Config, String> {
    let mut config = Config::load(arguments.config.as_deref(), &arguments.overrides)?;
    config.dev |= arguments.dev;
    if let Some(roles) = &arguments.role {
        let role = |word: &str| match word.trim() {
            "api" => Ok(Role::Api),
            "worker" => Ok(Role::Worker),
            other => Err(format!("`{other}` is no role; use api, worker or both.")),
        };
        config.role = roles.split(',').map(role).collect::<Result<_, _>>()?;
    }
    Ok(config)
}

/// What must not be started.
fn check(config: &Config) -> Result<(), String> {
    if config.dev && !config.listen.ip().is_loopback() {
        return Err(format!(
            "--dev shows everybody's links, so it listens on a loopback address only; {} is none.",
            config.listen
        ));
    }
    if !config.dev && config.mail.is_none() {
        return Err("No way to deliver mail is configured. Set mail.host and mail.from (or \
                    COUNTERSIGN_MAIL__HOST and COUNTERSIGN_MAIL__FROM), or use --dev to try it out."
            .to_owned());
    }
    Ok(())
}

fn start_log(config: &Config) {
    use tracing_subscriber::EnvFilter;
    // Libraries below us may log what they carry; they speak up only when something is wrong.
    let filter =
        format!("sqlx=warn,hyper=warn,lettre=warn,reqwest=warn,rustls=warn,object_store=warn,{}", config.log);
    let filter = EnvFilter::try_new(&filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match config.log_format {
        LogFormat::Json => builder.json().init(),
        LogFormat::Text => builder.init(),
    }
}

async fn serve(config: Config) -> Result<(), String> {
    if let Ok(name) = std::env::var("COUNTERSIGN_STOP_AT") {
        fault_point::stop_at(name);
    }
    let _alone = hold_data_folder(&config)?;
    let service = wiring::service(&config).await?;
    service.authority().await.map_err(|error| format!("The authority cannot be made: {error:?}"))?;
    if _alone.is_some() {
        // No other process uses this database: what was held when it last stopped is free.
        let released = service.store().write(|tx| Box::pin(jobs::release_all(tx))).await;
        released.map_err(|fault: store::Fault| format!("Jobs cannot be taken up again: {fault}."))?;
    }
    let workers = if config.role.contains(&Role::Worker) {
        Some(service.start_workers().map_err(|error| error.to_string())?)
    } else {
        None
    };
    if config.dev {
        announce(&config, &service).await?;
    }
    if config.role.contains(&Role::Api) {
        listen(&config, service.clone()).await?;
    } else {
        stop_asked_for().await;
    }
    if let Some(workers) = workers {
        workers.stop().await;
    }
    service.store().close().await;
    tracing::info!("stopped");
    Ok(())
}

/// With SQLite one process serves a data folder; a second one is told so instead of stepping on its toes.
fn hold_data_folder(config: &Config) -> Result<Option<File>, String> {
    if config.store().database.starts_with("postgres") {
        return Ok(None);
    }
    let path = config.data.join("serve.lock");
    let failed = |error: std::io::Error| format!("{} cannot be made: {error}.", path.display());
    std::fs::create_dir_all(&config.data).map_err(failed)?;
    let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(failed)?;
    file.try_lock().map_err(|_| {
        format!(
            "Another server uses {}; stop it first, or use PostgreSQL to run several.",
            config.data.display()
        )
    })?;
    Ok(Some(file))
}

/// Tells a developer what is needed for the first signature.
async fn announce(config: &Config, service: &Service) -> Result<(), String> {
    let failed = |error: service::Error| format!("The first tenant cannot be made: {error:?}");
    let first = service.bootstrap("Example Inc.", "owner@example.org").await.map_err(failed)?;
    let token = service.sign_in_token(&first.tenant, &first.user).await.map_err(failed)?;
    exit::print(&format!(
        "Countersign   {}\nSign in once  {}\nAPI key       {}\nOutbox        {}/dev/outbox",
        config.public_url(),
        service.sign_in_url(&token),
        first.api_key,
        config.public_url(),
    ));
    Ok(())
}

async fn listen(config: &Config, service: Service) -> Result<(), String> {
    let proxies = TrustedProxies::new(config.trusted_proxies.iter().map(String::as_str))
        .map_err(|error| format!("trusted_proxies: {error}."))?;
    let router = http_api::router(App::new(service, proxies));
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let handle = Handle::new();
    tokio::spawn({
        let handle = handle.clone();
        async move {
            stop_asked_for().await;
            tracing::info!("stopping");
            handle.graceful_shutdown(Some(GRACE));
        }
    });
    tokio::spawn({
        let handle = handle.clone();
        async move {
            if let Some(address) = handle.listening().await {
                tracing::info!(%address, "listening");
            }
        }
    });
    let ended = match &config.tls {
        None => axum_server::bind(config.listen).handle(handle).serve(service).await,
        Some(tls) => {
            let keys = RustlsConfig::from_pem_file(&tls.certificate, &tls.key)
                .await
                .map_err(|error| format!("The TLS certificate or key cannot be read: {error}."))?;
            axum_server::bind_rustls(config.listen, keys).handle(handle).serve(service).await
        }
    };
    ended.map_err(|error| format!("The server cannot listen on {}: {error}.", config.listen))
}

async fn stop_asked_for() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut term), Ok(mut interrupt)) =
        (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = term.recv() => {}
        _ = interrupt.recv() => {}
    }
}
