//! An e-signature server in one binary.

mod admin;
mod certify;
mod config;
mod doctor;
mod environment;
mod exit;
mod find_text;
mod inspect;
mod master_key;
mod pictures;
mod serve;
mod sign;
mod verify;
mod wiring;
mod world;

use clap::{Parser, Subcommand};
use exit::Exit;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "countersign", version, about = "Send documents to be signed, sign PDFs, check signatures.")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the server.
    Serve(serve::Arguments),
    /// What operators do: tenants, keys, backups.
    #[command(subcommand)]
    Admin(admin::Command),
    /// Sign a PDF file.
    Sign(sign::Arguments),
    /// Check the signatures of a PDF file.
    Verify(verify::Arguments),
    /// Say what a PDF file is made of.
    Inspect(inspect::Arguments),
    /// Say where a text stands in a PDF file.
    FindText(find_text::Arguments),
    /// Say what of the configuration works, and what does not.
    Doctor(doctor::Arguments),
    /// Draw one page of a PDF file as a PNG to standard output. The server starts it.
    #[command(hide = true)]
    DrawPage(pictures::Arguments),
    /// Print the description of the native API (OpenAPI 3.1).
    Openapi,
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let wrong = error.use_stderr();
            // The parser's own way of writing: help to standard output, errors to standard error.
            let _ = error.print();
            return if wrong { Exit::WRONG_USE.into() } else { Exit::DONE.into() };
        }
    };
    let exit = match arguments.command {
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Admin(command) => admin::run(&command),
        Command::Sign(arguments) => sign::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::Inspect(arguments) => inspect::run(&arguments),
        Command::FindText(arguments) => find_text::run(&arguments),
        Command::Doctor(arguments) => doctor::run(&arguments),
        Command::DrawPage(arguments) => pictures::run(&arguments),
        Command::Openapi => {
            exit::print(&http_api::openapi().to_pretty_json().unwrap_or_default());
            Ok(Exit::DONE)
        }
    };
    exit.unwrap_or_else(|message| {
        exit::complain(&message);
        Exit::WRONG_USE
    })
    .into()
}
