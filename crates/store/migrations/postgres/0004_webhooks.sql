-- What customers' programs are told, and what became of it. The same tables stand in ../sqlite/0004_webhooks.sql.

-- Subscriptions. `envelope` is empty where one is about all of an account's envelopes, `events` is JSON, an empty list
-- for all of them. The secrets are sealed; for a while after a change the one before signs too.
CREATE TABLE webhooks (
    tenant TEXT NOT NULL,
    webhook TEXT NOT NULL,
    envelope TEXT NOT NULL,
    url TEXT NOT NULL,
    events TEXT NOT NULL,
    mode TEXT NOT NULL,
    secret BYTEA NOT NULL,
    previous_secret BYTEA,
    previous_until BIGINT,
    created_at BIGINT NOT NULL,
    disabled_at BIGINT,
    PRIMARY KEY (tenant, webhook)
);
CREATE INDEX webhooks_by_envelope ON webhooks (tenant, envelope);

-- The log: one row for each event and subscription, and for each that was sent again by hand. `seq` and `part` are the
-- order within the envelope; what went wrong at last, and what was answered, stand beside.
CREATE TABLE webhook_deliveries (
    tenant TEXT NOT NULL,
    delivery TEXT NOT NULL,
    webhook TEXT NOT NULL,
    envelope TEXT NOT NULL,
    seq BIGINT NOT NULL,
    part BIGINT NOT NULL,
    message TEXT NOT NULL,
    event TEXT NOT NULL,
    body TEXT NOT NULL,
    replay_of TEXT,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    first_at BIGINT,
    last_at BIGINT,
    next_at BIGINT,
    status BIGINT,
    fault TEXT,
    answer TEXT NOT NULL,
    took_ms BIGINT,
    PRIMARY KEY (tenant, delivery)
);
CREATE INDEX webhook_deliveries_by_age ON webhook_deliveries (tenant, webhook, created_at, delivery);
CREATE INDEX webhook_deliveries_in_order ON webhook_deliveries (tenant, envelope, webhook, seq, part);
