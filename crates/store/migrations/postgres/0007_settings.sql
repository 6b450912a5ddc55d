-- What an account sets for itself. The same tables stand in ../sqlite/0007_settings.sql.

-- What recipients agree to before they sign electronically, in words of the account's own. Nothing is ever changed here:
-- each change is a new version. `paragraphs` is a JSON list; an empty one means the built-in words again.
CREATE TABLE consent_texts (
    tenant TEXT NOT NULL,
    language TEXT NOT NULL,
    version BIGINT NOT NULL,
    paragraphs TEXT NOT NULL,
    made_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, language, version)
);

-- The words of mails, where the account changed them; JSON.
CREATE TABLE mail_templates (
    tenant TEXT NOT NULL,
    kind TEXT NOT NULL,
    language TEXT NOT NULL,
    words TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, kind, language)
);

-- What drafts begin with where they say nothing themselves; JSON.
CREATE TABLE draft_defaults (
    tenant TEXT NOT NULL,
    wishes TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (tenant)
);
