-- The people around an account: its address book, and users who may sign in no more. The same tables stand in
-- ../sqlite/0009_people.sql.

-- The address book; that of tests is apart. `search` and `sort_key` are made from the rest: without accents and spaces.
CREATE TABLE contacts (
    tenant TEXT NOT NULL,
    contact TEXT NOT NULL,
    test BIGINT NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    phone TEXT NOT NULL,
    language TEXT NOT NULL,
    company TEXT NOT NULL,
    title TEXT NOT NULL,
    search TEXT NOT NULL,
    sort_key BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, contact)
);
CREATE UNIQUE INDEX contacts_by_email ON contacts (tenant, test, email);
CREATE INDEX contacts_in_order ON contacts (tenant, test, sort_key);

ALTER TABLE users ADD COLUMN disabled_at BIGINT;
