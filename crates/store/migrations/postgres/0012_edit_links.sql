-- Addresses by which somebody without an account works on one draft. `digest` is what one is found by, `signs_as` is an
-- HMAC of the address of whom its holder is. The same table stands in ../sqlite/0012_edit_links.sql.
CREATE TABLE edit_links (
    tenant TEXT NOT NULL,
    link TEXT NOT NULL,
    envelope TEXT NOT NULL,
    digest TEXT NOT NULL,
    return_url TEXT,
    frame_origins TEXT NOT NULL,
    signs_as TEXT,
    made_by TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant, link)
);
CREATE UNIQUE INDEX edit_links_by_digest ON edit_links (tenant, digest);
CREATE INDEX edit_links_of_envelope ON edit_links (tenant, envelope, created_at);
