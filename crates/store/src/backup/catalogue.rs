//! The tables as a backup sees them. A test compares this list with the schema.

/// A table: its columns in the order of a backup's rows.
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) columns: &'static [(&'static str, Kind)],
    pub(super) key: &'static str,
}

/// How a column's values are written in a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// As a JSON string.
    Text,
    /// As a JSON number.
    Int,
    /// As a JSON string of lower-case hex digits.
    Bytes,
}

use Kind::{Bytes, Int, Text};

/// Every table, in the order in which it is written.
pub(super) const TABLES: &[Table] = &[
    Table {
        name: "tenants",
        columns: &[("tenant", Text), ("name", Text), ("settings", Text), ("created_at", Int)],
        key: "tenant",
    },
    Table {
        name: "users",
        columns: &[
            ("tenant", Text),
            ("user_id", Text),
            ("email", Text),
            ("name", Text),
            ("role", Text),
            ("disabled_at", Int),
        ],
        key: "tenant, user_id",
    },
    Table {
        name: "api_keys",
        columns: &[
            ("tenant", Text),
            ("key_id", Text),
            ("digest", Text),
            ("dialect", Text),
            ("live", Int),
            ("label", Text),
            ("created_at", Int),
            ("revoked_at", Int),
            ("frame_origins", Text),
        ],
        key: "tenant, key_id",
    },
    Table {
        name: "sessions",
        columns: &[
            ("tenant", Text),
            ("digest", Text),
            ("kind", Text),
            ("user_id", Text),
            ("expires_at", Int),
            ("used_at", Int),
        ],
        key: "tenant, digest",
    },
    Table {
        name: "uploads",
        columns: &[
            ("tenant", Text),
            ("upload", Text),
            ("digest", Text),
            ("size", Int),
            ("filename", Text),
            ("facts", Text),
            ("created_at", Int),
        ],
        key: "tenant, upload",
    },
    Table {
        name: "envelopes",
        columns: &[
            ("tenant", Text),
            ("envelope", Text),
            ("head_seq", Int),
            ("head_hash", Text),
            ("status", Text),
            ("title", Text),
            ("test", Int),
            ("created_by", Text),
            ("created_at", Int),
            ("updated_at", Int),
            ("expires_at", Int),
            ("search", Text),
            ("summary", Text),
            ("shelf", Text),
        ],
        key: "tenant, envelope",
    },
    Table {
        name: "events",
        columns: &[
            ("tenant", Text),
            ("envelope", Text),
            ("seq", Int),
            ("at_micros", Int),
            ("kind", Text),
            ("entry", Text),
            ("prev_hash", Text),
            ("hash", Text),
        ],
        key: "tenant, envelope, seq",
    },
    Table {
        name: "disclosures",
        columns: &[("tenant", Text), ("envelope", Text), ("seq", Int), ("body", Text)],
        key: "tenant, envelope, seq",
    },
    Table {
        name: "links",
        columns: &[
            ("tenant", Text),
            ("digest", Text),
            ("envelope", Text),
            ("recipient", Int),
            ("purpose", Text),
            ("expires_at", Int),
            ("ended_at", Int),
        ],
        key: "tenant, digest",
    },
    Table {
        name: "revisions",
        columns: &[
            ("tenant", Text),
            ("digest", Text),
            ("length", Int),
            ("base_digest", Text),
            ("pieces", Text),
        ],
        key: "tenant, digest",
    },
    Table {
        name: "jobs",
        columns: &[
            ("tenant", Text),
            ("job", Text),
            ("kind", Text),
            ("dedup_key", Text),
            ("payload", Text),
            ("run_at", Int),
            ("leased_until", Int),
            ("lease_token", Text),
            ("attempt", Int),
            ("max_attempts", Int),
            ("last_error", Text),
        ],
        key: "tenant, job",
    },
    Table {
        name: "messages",
        columns: &[
            ("tenant", Text),
            ("message", Text),
            ("at_micros", Int),
            ("channel", Text),
            ("recipient_address", Text),
            ("subject", Text),
            ("body_text", Text),
            ("body_html", Text),
            ("test", Int),
        ],
        key: "tenant, message",
    },
    Table {
        name: "idempotency",
        columns: &[
            ("tenant", Text),
            ("caller", Text),
            ("request_key", Text),
            ("request_digest", Text),
            ("status", Int),
            ("body", Text),
            ("created_at", Int),
        ],
        key: "tenant, caller, request_key",
    },
    Table {
        name: "secrets",
        columns: &[("tenant", Text), ("name", Text), ("sealed", Bytes)],
        key: "tenant, name",
    },
    Table {
        name: "counters",
        columns: &[("tenant", Text), ("name", Text), ("value", Int)],
        key: "tenant, name",
    },
    Table {
        name: "allowances",
        columns: &[("tenant", Text), ("subject", Text), ("uses", Text), ("ends_at", Int)],
        key: "tenant, subject",
    },
    Table {
        name: "visits",
        columns: &[
            ("tenant", Text),
            ("digest", Text),
            ("envelope", Text),
            ("recipient", Int),
            ("visit", Int),
            ("expires_at", Int),
        ],
        key: "tenant, digest",
    },
    Table {
        name: "codes",
        columns: &[
            ("tenant", Text),
            ("envelope", Text),
            ("recipient", Int),
            ("visit", Int),
            ("digest", Text),
        ],
        key: "tenant, envelope, recipient",
    },
    Table {
        name: "answers",
        columns: &[("tenant", Text), ("answer", Text), ("digest", Text)],
        key: "tenant, answer",
    },
    Table {
        name: "authenticators",
        columns: &[
            ("tenant", Text),
            ("person", Text),
            ("kind", Text),
            ("authenticator", Text),
            ("sealed", Bytes),
            ("created_at", Int),
        ],
        key: "tenant, person, kind, authenticator",
    },
    Table {
        name: "identity_providers",
        columns: &[
            ("tenant", Text),
            ("name", Text),
            ("issuer", Text),
            ("client", Text),
            ("secret", Bytes),
            ("claim", Text),
            ("scopes", Text),
            ("changed_at", Int),
        ],
        key: "tenant",
    },
    Table {
        name: "sign_in_attempts",
        columns: &[
            ("tenant", Text),
            ("digest", Text),
            ("envelope", Text),
            ("recipient", Int),
            ("visit", Int),
            ("sealed", Bytes),
            ("expires_at", Int),
        ],
        key: "tenant, digest",
    },
    Table {
        name: "webhooks",
        columns: &[
            ("tenant", Text),
            ("webhook", Text),
            ("envelope", Text),
            ("url", Text),
            ("events", Text),
            ("mode", Text),
            ("secret", Bytes),
            ("previous_secret", Bytes),
            ("previous_until", Int),
            ("created_at", Int),
            ("disabled_at", Int),
            ("disabled_reason", Text),
        ],
        key: "tenant, webhook",
    },
    Table {
        name: "webhook_deliveries",
        columns: &[
            ("tenant", Text),
            ("delivery", Text),
            ("webhook", Text),
            ("envelope", Text),
            ("seq", Int),
            ("part", Int),
            ("message", Text),
            ("event", Text),
            ("body", Text),
            ("replay_of", Text),
            ("state", Text),
            ("attempts", Int),
            ("created_at", Int),
            ("first_at", Int),
            ("last_at", Int),
            ("next_at", Int),
            ("status", Int),
            ("fault", Text),
            ("answer", Text),
            ("took_ms", Int),
        ],
        key: "tenant, delivery",
    },
    Table {
        name: "webhook_attempts",
        columns: &[
            ("tenant", Text),
            ("delivery", Text),
            ("attempt", Int),
            ("webhook", Text),
            ("at_micros", Int),
            ("status", Int),
            ("fault", Text),
            ("answer", Text),
            ("took_ms", Int),
        ],
        key: "tenant, delivery, attempt",
    },
    Table {
        name: "dispatches",
        columns: &[
            ("tenant", Text),
            ("dispatch", Text),
            ("envelope", Text),
            ("recipient", Int),
            ("kind", Text),
            ("created_at", Int),
        ],
        key: "tenant, dispatch",
    },
    Table {
        name: "consent_texts",
        columns: &[
            ("tenant", Text),
            ("language", Text),
            ("version", Int),
            ("paragraphs", Text),
            ("made_by", Text),
            ("created_at", Int),
        ],
        key: "tenant, language, version",
    },
    Table {
        name: "mail_templates",
        columns: &[
            ("tenant", Text),
            ("kind", Text),
            ("language", Text),
            ("words", Text),
            ("updated_at", Int),
        ],
        key: "tenant, kind, language",
    },
    Table {
        name: "draft_defaults",
        columns: &[("tenant", Text), ("wishes", Text), ("updated_at", Int)],
        key: "tenant",
    },
    Table {
        name: "contacts",
        columns: &[
            ("tenant", Text),
            ("contact", Text),
            ("test", Int),
            ("email", Text),
            ("name", Text),
            ("phone", Text),
            ("language", Text),
            ("company", Text),
            ("title", Text),
            ("search", Text),
            ("sort_key", Bytes),
            ("created_at", Int),
            ("updated_at", Int),
        ],
        key: "tenant, contact",
    },
    Table {
        name: "templates",
        columns: &[
            ("tenant", Text),
            ("template", Text),
            ("test", Int),
            ("name", Text),
            ("version", Int),
            ("archived_at", Int),
            ("created_at", Int),
            ("updated_at", Int),
        ],
        key: "tenant, template",
    },
    Table {
        name: "template_versions",
        columns: &[
            ("tenant", Text),
            ("template", Text),
            ("version", Int),
            ("draft", Bytes),
            ("uploads", Text),
            ("made_by", Text),
            ("created_at", Int),
        ],
        key: "tenant, template, version",
    },
    Table {
        name: "template_uses",
        columns: &[
            ("tenant", Text),
            ("envelope", Text),
            ("template", Text),
            ("version", Int),
            ("link", Text),
            ("whom", Text),
            ("created_at", Int),
        ],
        key: "tenant, envelope",
    },
    Table {
        name: "edit_links",
        columns: &[
            ("tenant", Text),
            ("link", Text),
            ("envelope", Text),
            ("digest", Text),
            ("return_url", Text),
            ("frame_origins", Text),
            ("signs_as", Text),
            ("made_by", Text),
            ("expires_at", Int),
            ("ended_at", Int),
            ("created_at", Int),
        ],
        key: "tenant, link",
    },
    Table {
        name: "template_links",
        columns: &[
            ("tenant", Text),
            ("link", Text),
            ("template", Text),
            ("version", Int),
            ("digest", Text),
            ("token", Bytes),
            ("label", Text),
            ("wishes", Bytes),
            ("uses_max", Int),
            ("uses", Int),
            ("expires_at", Int),
            ("ended_at", Int),
            ("made_by", Text),
            ("created_at", Int),
        ],
        key: "tenant, link",
    },
    Table {
        name: "bulk_sends",
        columns: &[
            ("tenant", Text),
            ("bulk", Text),
            ("test", Int),
            ("template", Text),
            ("version", Int),
            ("status", Text),
            ("file_name", Text),
            ("wishes", Bytes),
            ("rows_all", Int),
            ("created_at", Int),
            ("updated_at", Int),
        ],
        key: "tenant, bulk",
    },
    Table {
        name: "bulk_rows",
        columns: &[
            ("tenant", Text),
            ("bulk", Text),
            ("row_number", Int),
            ("status", Text),
            ("given", Bytes),
            ("envelope", Text),
            ("problem", Text),
        ],
        key: "tenant, bulk, row_number",
    },
];

impl Table {
    /// The columns' names, as a statement lists them.
    pub(super) fn names(&self) -> String {
        self.columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_backup_knows_every_column_of_the_schema() {
        let mut schema = String::new();
        let mut trees: Vec<_> =
            std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/postgres"))
                .expect("the tree is there")
                .map(|entry| entry.expect("it can be read").path())
                .collect();
        trees.sort();
        for file in trees {
            schema.push_str(&std::fs::read_to_string(file).expect("migrations are UTF-8"));
        }
        assert_eq!(schema.matches("CREATE TABLE").count(), TABLES.len());
        for table in TABLES {
            let columns: String = table
                .columns
                .iter()
                .map(|(name, kind)| {
                    let kind = match kind {
                        Text => "TEXT",
                        Int => "BIGINT",
                        Bytes => "BYTEA",
                    };
                    format!("{name} {kind};")
                })
                .collect();
            let start = format!("CREATE TABLE {} (\n", table.name);
            let (_, rest) = schema.split_once(&start).expect("the table is in the schema");
            let (body, _) = rest.split_once("\n);").expect("it ends");
            let (body, key) = body.split_once("    PRIMARY KEY (").expect("it has a key");
            let added = format!("ALTER TABLE {} ADD COLUMN ", table.name);
            let later = schema.lines().filter_map(|line| line.strip_prefix(&added));
            let later = later.map(|line| line.split(" NOT NULL").next().unwrap_or(line));
            let written: String = body
                .lines()
                .map(|line| line.trim().trim_end_matches(',').replace(" NOT NULL", ""))
                .chain(later.map(|line| line.trim_end_matches(';').to_owned()))
                .map(|line| format!("{line};"))
                .collect();
            assert_eq!(columns, written, "{}", table.name);
            assert_eq!(table.key, key.trim_end_matches(')'), "{}", table.name);
        }
    }
}
