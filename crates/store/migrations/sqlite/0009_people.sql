-- The people around an account: its address book, and users who may sign in no more. The same tables stand in
-- ../postgres/0009_people.sql.

-- The address book; that of tests is apart. `search` and `sort_key` are made from the rest: without accents and spaces.
CREATE TABLE contacts (
    tenant TEXT NOT NULL,
    contact TEXT NOT NULL,
    test INTEGER NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    phone TEXT NOT NULL,
    language TEXT NOT NULL,
    company TEXT NOT NULL,
    title TEXT NOT NULL,
    search TEXT NOT NULL,
    sort_key BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, contact)
) STRICT;
CREATE UNIQUE INDEX contacts_by_email ON contacts (tenant, test, email);
CREATE INDEX contacts_in_order ON contacts (tenant, test, sort_key);

ALTER TABLE users ADD COLUMN disabled_at INTEGER;
