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

/// `NAME (KEY) COLUMN KIND, ...`: a table as one reads it in the migrations.
macro_rules! tables {
    ($($name:ident ($key:literal) { $($column:ident $kind:ident),+ })+) => {
        &[$(Table {
            name: stringify!($name),
            columns: &[$((stringify!($column), $kind)),+],
            key: $key,
        }),+]
    };
}

/// Every table, in the order in which it is written.
pub(super) const TABLES: &[Table] = tables! {
    tenants ("tenant") {
        tenant Text, name Text, settings Text, created_at Int
    }
    users ("tenant, user_id") {
        tenant Text, user_id Text, email Text, name Text, role Text, disabled_at Int
    }
    api_keys ("tenant, key_id") {
        tenant Text, key_id Text, digest Text, dialect Text, live Int, label Text, created_at Int,
        revoked_at Int, frame_origins Text
    }
    sessions ("tenant, digest") {
        tenant Text, digest Text, kind Text, user_id Text, expires_at Int, used_at Int
    }
    uploads ("tenant, upload") {
        tenant Text, upload Text, digest Text, size Int, filename Text, facts Text, created_at Int
    }
    envelopes ("tenant, envelope") {
        tenant Text, envelope Text, head_seq Int, head_hash Text, status Text, title Text, test Int,
        created_by Text, created_at Int, updated_at Int, expires_at Int, search Text, summary Text,
        shelf Text
    }
    events ("tenant, envelope, seq") {
        tenant Text, envelope Text, seq Int, at_micros Int, kind Text, entry Text, prev_hash Text, hash Text
    }
    disclosures ("tenant, envelope, seq") {
        tenant Text, envelope Text, seq Int, body Text
    }
    links ("tenant, digest") {
        tenant Text, digest Text, envelope Text, recipient Int, purpose Text, expires_at Int, ended_at Int
    }
    revisions ("tenant, digest") {
        tenant Text, digest Text, length Int, base_digest Text, pieces Text
    }
    jobs ("tenant, job") {
        tenant Text, job Text, kind Text, dedup_key Text, payload Text, run_at Int, leased_until Int,
        lease_token Text, attempt Int, max_attempts Int, last_error Text
    }
    messages ("tenant, message") {
        tenant Text, message Text, at_micros Int, channel Text, recipient_address Text, subject Text,
        body_text Text, body_html Text, test Int
    }
    idempotency ("tenant, caller, request_key") {
        tenant Text, caller Text, request_key Text, request_digest Text, status Int, body Text,
        created_at Int
    }
    secrets ("tenant, name") {
        tenant Text, name Text, sealed Bytes
    }
    counters ("tenant, name") {
        tenant Text, name Text, value Int
    }
    allowances ("tenant, subject") {
        tenant Text, subject Text, uses Text, ends_at Int
    }
    visits ("tenant, digest") {
        tenant Text, digest Text, envelope Text, recipient Int, visit Int, expires_at Int
    }
    codes ("tenant, envelope, recipient") {
        tenant Text, envelope Text, recipient Int, visit Int, digest Text
    }
    answers ("tenant, answer") {
        tenant Text, answer Text, digest Text
    }
    authenticators ("tenant, person, kind, authenticator") {
        tenant Text, person Text, kind Text, authenticator Text, sealed Bytes, created_at Int
    }
    identity_providers ("tenant") {
        tenant Text, name Text, issuer Text, client Text, secret Bytes, claim Text, scopes Text,
        changed_at Int
    }
    sign_in_attempts ("tenant, digest") {
        tenant Text, digest Text, envelope Text, recipient Int, visit Int, sealed Bytes, expires_at Int
    }
    webhooks ("tenant, webhook") {
        tenant Text, webhook Text, envelope Text, url Text, events Text, mode Text, secret Bytes,
        previous_secret Bytes, previous_until Int, created_at Int, disabled_at Int, disabled_reason Text
    }
    webhook_deliveries ("tenant, delivery") {
        tenant Text, delivery Text, webhook Text, envelope Text, seq Int, part Int, message Text,
        event Text, body Text, replay_of Text, state Text, attempts Int, created_at Int, first_at Int,
        last_at Int, next_at Int, status Int, fault Text, answer Text, took_ms Int
    }
    webhook_attempts ("tenant, delivery, attempt") {
        tenant Text, delivery Text, attempt Int, webhook Text, at_micros Int, status Int, fault Text,
        answer Text, took_ms Int
    }
    dispatches ("tenant, dispatch") {
        tenant Text, dispatch Text, envelope Text, recipient Int, kind Text, created_at Int
    }
    consent_texts ("tenant, language, version") {
        tenant Text, language Text, version Int, paragraphs Text, made_by Text, created_at Int
    }
    mail_templates ("tenant, kind, language") {
        tenant Text, kind Text, language Text, words Text, updated_at Int
    }
    draft_defaults ("tenant") {
        tenant Text, wishes Text, updated_at Int
    }
    contacts ("tenant, contact") {
        tenant Text, contact Text, test Int, email Text, name Text, phone Text, language Text, company Text,
        title Text, search Text, sort_key Bytes, created_at Int, updated_at Int
    }
    templates ("tenant, template") {
        tenant Text, template Text, test Int, name Text, version Int, archived_at Int, created_at Int,
        updated_at Int
    }
    template_versions ("tenant, template, version") {
        tenant Text, template Text, version Int, draft Bytes, uploads Text, made_by Text, created_at Int
    }
    template_uses ("tenant, envelope") {
        tenant Text, envelope Text, template Text, version Int, link Text, whom Text, created_at Int
    }
    edit_links ("tenant, link") {
        tenant Text, link Text, envelope Text, digest Text, return_url Text, frame_origins Text,
        signs_as Text, made_by Text, expires_at Int, ended_at Int, created_at Int
    }
    template_links ("tenant, link") {
        tenant Text, link Text, template Text, version Int, digest Text, token Bytes, label Text,
        wishes Bytes, uses_max Int, uses Int, expires_at Int, ended_at Int, made_by Text, created_at Int
    }
    bulk_sends ("tenant, bulk") {
        tenant Text, bulk Text, test Int, template Text, version Int, status Text, file_name Text,
        wishes Bytes, rows_all Int, created_at Int, updated_at Int
    }
    bulk_rows ("tenant, bulk, row_number") {
        tenant Text, bulk Text, row_number Int, status Text, given Bytes, envelope Text, problem Text
    }
};

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
