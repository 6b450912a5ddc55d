-- The first schema. The same tables stand in ../sqlite/0001_initial.sql; a test compares both.
-- Every primary key begins with the tenant, so that the schema can be distributed by it. Times are microseconds
-- since 1970 UTC, made by the server, never by the database. JSON is text.

-- The accounts.
CREATE TABLE tenants (
    tenant TEXT NOT NULL,
    name TEXT NOT NULL,
    settings TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant)
);

-- People of an account who sign in at the desk.
CREATE TABLE users (
    tenant TEXT NOT NULL,
    user_id TEXT NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (tenant, user_id)
);
CREATE INDEX users_by_email ON users (email);

-- Keys of the API: only their HMAC.
CREATE TABLE api_keys (
    tenant TEXT NOT NULL,
    key_id TEXT NOT NULL,
    digest TEXT NOT NULL,
    dialect TEXT NOT NULL,
    live BIGINT NOT NULL,
    label TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT,
    PRIMARY KEY (tenant, key_id)
);
CREATE UNIQUE INDEX api_keys_by_digest ON api_keys (tenant, digest);

-- One-time sign-in links and sessions: only the HMAC of their tokens.
CREATE TABLE sessions (
    tenant TEXT NOT NULL,
    digest TEXT NOT NULL,
    kind TEXT NOT NULL,
    user_id TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (tenant, digest)
);

-- Files that were uploaded, before and after they became documents.
CREATE TABLE uploads (
    tenant TEXT NOT NULL,
    upload TEXT NOT NULL,
    digest TEXT NOT NULL,
    size BIGINT NOT NULL,
    filename TEXT NOT NULL,
    facts TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, upload)
);

-- Projection of the events: one row an envelope, for lists and for the head of its chain.
CREATE TABLE envelopes (
    tenant TEXT NOT NULL,
    envelope TEXT NOT NULL,
    head_seq BIGINT NOT NULL,
    head_hash TEXT NOT NULL,
    status TEXT NOT NULL,
    title TEXT NOT NULL,
    test BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    expires_at BIGINT,
    search TEXT NOT NULL,
    summary TEXT NOT NULL,
    PRIMARY KEY (tenant, envelope)
);
CREATE INDEX envelopes_by_update ON envelopes (tenant, updated_at, envelope);

-- The audit trail. Rows are only ever added.
CREATE TABLE events (
    tenant TEXT NOT NULL,
    envelope TEXT NOT NULL,
    seq BIGINT NOT NULL,
    at_micros BIGINT NOT NULL,
    kind TEXT NOT NULL,
    entry TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (tenant, envelope, seq)
);

-- Values and salts of the commitments in events; can be erased while the chain still verifies.
CREATE TABLE disclosures (
    tenant TEXT NOT NULL,
    envelope TEXT NOT NULL,
    seq BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (tenant, envelope, seq)
);

-- Recipients' links: only the HMAC of their tokens.
CREATE TABLE links (
    tenant TEXT NOT NULL,
    digest TEXT NOT NULL,
    envelope TEXT NOT NULL,
    recipient BIGINT NOT NULL,
    purpose TEXT NOT NULL,
    expires_at BIGINT,
    ended_at BIGINT,
    PRIMARY KEY (tenant, digest)
);
CREATE INDEX links_by_envelope ON links (tenant, envelope, recipient);

-- A revision of a document: which blobs, one after the other, are its bytes.
CREATE TABLE revisions (
    tenant TEXT NOT NULL,
    digest TEXT NOT NULL,
    length BIGINT NOT NULL,
    base_digest TEXT,
    pieces TEXT NOT NULL,
    PRIMARY KEY (tenant, digest)
);

-- Homework for the world, with leases.
CREATE TABLE jobs (
    tenant TEXT NOT NULL,
    job TEXT NOT NULL,
    kind TEXT NOT NULL,
    dedup_key TEXT NOT NULL,
    payload TEXT NOT NULL,
    run_at BIGINT NOT NULL,
    leased_until BIGINT NOT NULL,
    lease_token TEXT NOT NULL,
    attempt BIGINT NOT NULL,
    max_attempts BIGINT NOT NULL,
    last_error TEXT,
    PRIMARY KEY (tenant, job)
);
CREATE UNIQUE INDEX jobs_by_dedup_key ON jobs (tenant, kind, dedup_key);
CREATE INDEX jobs_due ON jobs (run_at);

-- Messages that left, and test messages that did not.
CREATE TABLE messages (
    tenant TEXT NOT NULL,
    message TEXT NOT NULL,
    at_micros BIGINT NOT NULL,
    channel TEXT NOT NULL,
    recipient_address TEXT NOT NULL,
    subject TEXT NOT NULL,
    body_text TEXT NOT NULL,
    body_html TEXT NOT NULL,
    test BIGINT NOT NULL,
    PRIMARY KEY (tenant, message)
);
CREATE INDEX messages_by_address ON messages (tenant, recipient_address, at_micros);

-- Answers to requests that carried an Idempotency-Key.
CREATE TABLE idempotency (
    tenant TEXT NOT NULL,
    caller TEXT NOT NULL,
    request_key TEXT NOT NULL,
    request_digest TEXT NOT NULL,
    status BIGINT,
    body TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, caller, request_key)
);

-- Sealed under a key that is not in this database.
CREATE TABLE secrets (
    tenant TEXT NOT NULL,
    name TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (tenant, name)
);

-- Numbers that only grow, such as that of the next CRL.
CREATE TABLE counters (
    tenant TEXT NOT NULL,
    name TEXT NOT NULL,
    value BIGINT NOT NULL,
    PRIMARY KEY (tenant, name)
);
