-- Times are milliseconds since 1970. Digests and verifiers are text, so that one text of SQL serves
-- SQLite and PostgreSQL. Rows are inserted and deleted; of what is there only revocations change,
-- and these only to say more.

CREATE TABLE control_state (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  version BIGINT NOT NULL,
  salt_key TEXT NOT NULL
);

CREATE TABLE issued_credential (
  name TEXT NOT NULL PRIMARY KEY,
  subject TEXT NOT NULL,
  actor TEXT,
  group_names TEXT NOT NULL,
  groups_as_of BIGINT NOT NULL,
  issuer TEXT NOT NULL,
  method TEXT NOT NULL,
  issued_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  scram_sha_256 TEXT NOT NULL,
  caching_sha2 TEXT NOT NULL,
  bearer TEXT NOT NULL
);

CREATE INDEX issued_credential_subject ON issued_credential (subject);
CREATE INDEX issued_credential_actor ON issued_credential (actor);
CREATE INDEX issued_credential_expiry ON issued_credential (expires_at);

CREATE TABLE revocation (
  kind TEXT NOT NULL,
  issuer TEXT NOT NULL,
  name TEXT NOT NULL,
  revoked_at BIGINT NOT NULL,
  kept_until BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (kind, issuer, name)
);

CREATE UNIQUE INDEX revocation_version ON revocation (version);
CREATE INDEX revocation_expiry ON revocation (kept_until);
