-- Where its sender keeps an envelope: desk, archive, trash, or deleted. A projection, made again by `rebuild`.
ALTER TABLE envelopes ADD COLUMN shelf TEXT NOT NULL DEFAULT 'desk';
CREATE INDEX envelopes_by_shelf ON envelopes (tenant, shelf, updated_at, envelope);
