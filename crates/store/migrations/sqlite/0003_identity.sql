-- How recipients prove who they are. What is only compared is kept as an HMAC; what is used again is sealed.

-- Visits in which somebody proves or has proved who they are: only the HMAC of their tokens.
CREATE TABLE visits (
    tenant TEXT NOT NULL,
    digest TEXT NOT NULL,
    envelope TEXT NOT NULL,
    recipient INTEGER NOT NULL,
    visit INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX visits_by_end ON visits (tenant, expires_at);

-- The code that is out for a recipient; the next one takes its place.
CREATE TABLE codes (
    tenant TEXT NOT NULL,
    envelope TEXT NOT NULL,
    recipient INTEGER NOT NULL,
    visit INTEGER NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (tenant, envelope, recipient)
) STRICT, WITHOUT ROWID;

-- Answers to secret questions.
CREATE TABLE answers (
    tenant TEXT NOT NULL,
    answer TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (tenant, answer)
) STRICT, WITHOUT ROWID;

-- Authenticator apps and passkeys that people enrolled; the person is the HMAC of their address.
CREATE TABLE authenticators (
    tenant TEXT NOT NULL,
    person TEXT NOT NULL,
    kind TEXT NOT NULL,
    authenticator TEXT NOT NULL,
    sealed BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, person, kind, authenticator)
) STRICT;
