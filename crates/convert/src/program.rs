//! Another program, held on a short leash.

use crate::fault::Fault;
use crate::settings::Settings;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::process::Command;

/// Where programs are looked for. Not in PATH: what a service finds there depends on who started it.
const FOLDERS: [&str; 3] = ["/usr/bin", "/usr/local/bin", "/opt/libreoffice/program"];

/// The program of this name or path, where it is there.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    if name.contains('/') {
        return Some(PathBuf::from(name)).filter(|it| it.is_file());
    }
    FOLDERS.iter().map(|folder| Path::new(folder).join(name)).find(|it| !name.is_empty() && it.is_file())
}

/// Limits within which a program runs.
#[derive(Clone, Debug)]
pub(crate) struct Leash {
    timeout: Duration,
    memory: u64,
    output: u64,
    isolate: bool,
}

impl Leash {
    pub(crate) fn of(settings: &Settings) -> Self {
        let megabytes = |count: u64| count.saturating_mul(1024 * 1024);
        Self {
            timeout: Duration::from_secs(settings.timeout_s.max(1)),
            memory: megabytes(settings.memory_mb),
            output: megabytes(settings.output_mb),
            isolate: settings.isolate,
        }
    }

    /// Runs a program in a folder that is its home as well, with nothing of our environment, our network or our time.
    /// The folder belongs to whoever calls, and is looked into afterwards: how the program ends says little.
    pub(crate) async fn run(&self, program: &Path, arguments: &[String], folder: &Path) -> Result<(), Fault> {
        let mut command = Command::new("/usr/bin/prlimit");
        command.arg(format!("--as={}", self.memory)).arg(format!("--fsize={}", self.output));
        // A core dump would hold the document.
        command.arg("--core=0").arg(format!("--cpu={}", self.timeout.as_secs().saturating_mul(2)));
        if self.isolate {
            // A network of its own, with nobody in it; and a tree of processes of its own, which ends with its first.
            command.args([
                "/usr/bin/unshare",
                "--user",
                "--map-root-user",
                "--net",
                "--pid",
                "--fork",
                "--kill-child",
            ]);
        }
        command.arg(program).args(arguments);
        command
            .env_clear()
            .env("HOME", folder)
            .env("TMPDIR", folder)
            .env("PATH", "/usr/bin:/bin")
            .env("LANG", "C.UTF-8");
        command.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.kill_on_drop(true).process_group(0);
        let mut child = command.spawn().map_err(|_| Fault::Machine)?;
        match tokio::time::timeout(self.timeout, child.wait()).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(_)) => Err(Fault::Machine),
            Err(_) => {
                end_group(child.id()).await;
                child.kill().await.map_err(|_| Fault::Machine)?;
                Err(Fault::TooSlow)
            }
        }
    }

    /// Whether the network can be kept away from a program here, or need not be.
    pub(crate) async fn holds(&self) -> Result<(), Fault> {
        if !self.isolate {
            return Ok(());
        }
        let mut command = Command::new("/usr/bin/unshare");
        command.args(["--user", "--map-root-user", "--net", "--pid", "--fork", "--kill-child", "/bin/true"]);
        command
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true);
        match command.status().await {
            Ok(status) if status.success() => Ok(()),
            _ => Err(Fault::NotIsolated),
        }
    }
}

/// Ends the whole group of a program: without a tree of its own, its children would live on.
async fn end_group(id: Option<u32>) {
    let Some(id) = id else { return };
    let mut command = Command::new("/bin/kill");
    command
        .args(["-KILL", "--", &format!("-{id}")])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let _ = command.status().await;
}
