-- How often something was done of which only so much is allowed: mails to one address, codes for one link. The
-- subject is an HMAC; of the times (JSON, microseconds) only those are kept that still count, until `ends_at`.
CREATE TABLE allowances (
    tenant TEXT NOT NULL,
    subject TEXT NOT NULL,
    uses TEXT NOT NULL,
    ends_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX allowances_by_end ON allowances (tenant, ends_at);
