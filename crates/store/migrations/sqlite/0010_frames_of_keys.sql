-- Pages that may show the signers' page of what a key makes: a JSON list of web origins.
ALTER TABLE api_keys ADD COLUMN frame_origins TEXT NOT NULL DEFAULT '[]';
