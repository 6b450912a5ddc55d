-- What comes back from the world. The same tables stand in ../sqlite/0008_returns.sql.

-- What left by mail or telephone, under the name that it has outside, so that a report of it finds its envelope. No
-- address is kept. `recipient` is null where it went to the sender, `kind` a word of `service`.
CREATE TABLE dispatches (
    tenant TEXT NOT NULL,
    dispatch TEXT NOT NULL,
    envelope TEXT NOT NULL,
    recipient BIGINT,
    kind TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, dispatch)
);
CREATE INDEX dispatches_by_name ON dispatches (dispatch);
CREATE INDEX dispatches_by_envelope ON dispatches (tenant, envelope);
CREATE INDEX dispatches_by_age ON dispatches (tenant, created_at);

-- Every attempt to tell a customer's program, and what it answered.
CREATE TABLE webhook_attempts (
    tenant TEXT NOT NULL,
    delivery TEXT NOT NULL,
    attempt BIGINT NOT NULL,
    webhook TEXT NOT NULL,
    at_micros BIGINT NOT NULL,
    status BIGINT,
    fault TEXT,
    answer TEXT NOT NULL,
    took_ms BIGINT,
    PRIMARY KEY (tenant, delivery, attempt)
);
CREATE INDEX webhook_attempts_by_webhook ON webhook_attempts (tenant, webhook, delivery);

-- Why a subscription was switched off by itself.
ALTER TABLE webhooks ADD COLUMN disabled_reason TEXT;
