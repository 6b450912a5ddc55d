-- Where the people that a tenant invites can sign in: one identity provider for each tenant. The secret is sealed.
CREATE TABLE identity_providers (
    tenant TEXT NOT NULL,
    name TEXT NOT NULL,
    issuer TEXT NOT NULL,
    client TEXT NOT NULL,
    secret BLOB,
    claim TEXT NOT NULL,
    scopes TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (tenant)
) STRICT, WITHOUT ROWID;

-- Sign-ins that have begun and from which nobody has come back yet: the HMAC of their state, and what belongs to it, sealed.
CREATE TABLE sign_in_attempts (
    tenant TEXT NOT NULL,
    digest TEXT NOT NULL,
    envelope TEXT NOT NULL,
    recipient INTEGER NOT NULL,
    visit INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_attempts_by_end ON sign_in_attempts (tenant, expires_at);
