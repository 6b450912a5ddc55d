//! Runs the `openssl` command in a folder of its own: the second opinion on everything that is written here.

use std::path::PathBuf;
use std::process::Command;

/// A folder that goes away with the test, and the command in it.
pub struct OpenSsl(tempfile::TempDir);

impl OpenSsl {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), bytes).expect("written");
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).expect("the command wrote it")
    }

    /// Runs the words of `line` in the folder; what it printed, and whether it was content.
    pub fn run(&self, line: &str) -> (bool, String) {
        let out = Command::new("openssl")
            .args(line.split_whitespace())
            .current_dir(self.0.path())
            .output()
            .expect("openssl is installed where these tests run");
        let text = [out.stdout, out.stderr].concat();
        (out.status.success(), String::from_utf8_lossy(&text).into_owned())
    }

    /// As [`OpenSsl::run`], and it has to be content.
    pub fn must(&self, line: &str) -> String {
        let (content, text) = self.run(line);
        assert!(content, "openssl {line}: {text}");
        text
    }
}
