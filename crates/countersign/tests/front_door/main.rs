//! Through the front door: the real binary, used over HTTP and the command line as strangers use it, and what comes
//! out judged by those who know nothing of us.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod acts;
mod allowances;
mod anchors;
mod app;
mod attached;
mod audit;
mod backup;
mod bounces;
mod brute_force;
mod commands;
mod contacts;
mod contrary;
mod deadlines;
mod deliveries;
mod desk;
mod erase;
mod find_text;
mod flow;
mod frames;
mod given;
mod judges;
mod key_elsewhere;
mod key_service;
mod kill;
mod logs;
mod mails;
mod modes;
mod once;
mod operation;
mod outside;
mod parts;
mod people;
mod person;
mod proof_limits;
mod proofs;
mod provider;
mod receipts;
mod receiver;
mod refusals;
mod replicas;
mod same_instant;
mod settings;
mod settings_mails;
mod shelf;
mod sign_in_elsewhere;
mod sign_in_faults;
mod tags;
mod telephones;
mod users;
mod webhook_faults;
mod webhook_log;
mod webhooks;
mod who_may;
