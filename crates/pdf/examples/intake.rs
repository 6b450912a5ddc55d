//! Says of each file named on the command line whether it can be signed: one line each, tab separated.
//!
//! `cargo run -p countersign-pdf --example intake -- *.pdf`

#![expect(clippy::print_stdout, reason = "an example talks to the person who runs it")]

use std::sync::Arc;
use std::time::Instant;

fn main() {
    for path in std::env::args().skip(1) {
        let started = Instant::now();
        let answer = match std::fs::File::open(&path) {
            Err(error) => format!("unreadable\t{error}"),
            Ok(file) => match pdf::intake::intake(Arc::new(file)) {
                Ok(intake) => {
                    let reasons: Vec<_> = intake.rewrite.iter().map(|reason| reason.as_str()).collect();
                    format!(
                        "accepted\tpages {}\tsignatures {}\trewrite [{}]\tencrypted {}",
                        intake.pages.len(),
                        intake.signatures,
                        reasons.join(" "),
                        intake.encrypted
                    )
                }
                Err(refusal) => format!("{}\t{refusal}", refusal.code()),
            },
        };
        println!("{path}\t{answer}\t{} ms", started.elapsed().as_millis());
    }
}
