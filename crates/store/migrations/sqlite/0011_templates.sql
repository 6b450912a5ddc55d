-- Templates, the links by which strangers start envelopes from them, and lists of envelopes that are made at once. The
-- same tables stand in ../postgres/0011_templates.sql.

-- A template; what it holds stands in its versions. `archived_at` takes it out of the list.
CREATE TABLE templates (
    tenant TEXT NOT NULL,
    template TEXT NOT NULL,
    test INTEGER NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    archived_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, template)
) STRICT;
CREATE INDEX templates_in_order ON templates (tenant, test, updated_at, template);

-- Nothing is ever changed here but when a person is erased: each save is a new version. `draft` is sealed JSON.
CREATE TABLE template_versions (
    tenant TEXT NOT NULL,
    template TEXT NOT NULL,
    version INTEGER NOT NULL,
    draft BLOB NOT NULL,
    uploads TEXT NOT NULL,
    made_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, template, version)
) STRICT;

-- Which envelope came from which version, by whose link. `whom` is an HMAC of a visitor's address.
CREATE TABLE template_uses (
    tenant TEXT NOT NULL,
    envelope TEXT NOT NULL,
    template TEXT NOT NULL,
    version INTEGER NOT NULL,
    link TEXT,
    whom TEXT,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, envelope)
) STRICT;
CREATE INDEX template_uses_of_template ON template_uses (tenant, template, created_at);
CREATE INDEX template_uses_of_link ON template_uses (tenant, link, whom);

-- Links that start an envelope for whoever opens them. `token` and `wishes` are sealed; `digest` is what it is found by.
CREATE TABLE template_links (
    tenant TEXT NOT NULL,
    link TEXT NOT NULL,
    template TEXT NOT NULL,
    version INTEGER NOT NULL,
    digest TEXT NOT NULL,
    token BLOB NOT NULL,
    label TEXT NOT NULL,
    wishes BLOB NOT NULL,
    uses_max INTEGER,
    uses INTEGER NOT NULL,
    expires_at INTEGER,
    ended_at INTEGER,
    made_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, link)
) STRICT;
CREATE UNIQUE INDEX template_links_by_digest ON template_links (tenant, digest);
CREATE INDEX template_links_of_template ON template_links (tenant, template, created_at);

-- A list that becomes one envelope a row. `wishes` is sealed JSON: what is the same for all rows.
CREATE TABLE bulk_sends (
    tenant TEXT NOT NULL,
    bulk TEXT NOT NULL,
    test INTEGER NOT NULL,
    template TEXT NOT NULL,
    version INTEGER NOT NULL,
    status TEXT NOT NULL,
    file_name TEXT NOT NULL,
    wishes BLOB NOT NULL,
    rows_all INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, bulk)
) STRICT;
CREATE INDEX bulk_sends_in_order ON bulk_sends (tenant, test, created_at, bulk);

-- A row of a list. `given` is sealed JSON, and gone as soon as the row is done.
CREATE TABLE bulk_rows (
    tenant TEXT NOT NULL,
    bulk TEXT NOT NULL,
    row_number INTEGER NOT NULL,
    status TEXT NOT NULL,
    given BLOB,
    envelope TEXT,
    problem TEXT,
    PRIMARY KEY (tenant, bulk, row_number)
) STRICT;
CREATE INDEX bulk_rows_by_status ON bulk_rows (tenant, bulk, status, row_number);
