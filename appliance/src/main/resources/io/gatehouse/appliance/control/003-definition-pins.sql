-- What servers say of their tools and prompts, as somebody or the first use accepted it, and what
-- they say instead now. Names and definitions are JSON without control characters; a name's digest
-- is its key, because an index takes no long ones. A row with neither is one that was forgotten:
-- it stays, so that all gates hear of it.

CREATE TABLE definition_pin (
  target TEXT NOT NULL,
  server TEXT NOT NULL,
  kind TEXT NOT NULL,
  name_digest TEXT NOT NULL,
  name TEXT NOT NULL,
  pinned_digest TEXT,
  pinned TEXT,
  pinned_at BIGINT,
  pinned_by TEXT,
  pending_digest TEXT,
  pending TEXT,
  pending_at BIGINT,
  version BIGINT NOT NULL,
  PRIMARY KEY (target, server, kind, name_digest)
);

CREATE UNIQUE INDEX definition_pin_version ON definition_pin (version);
