-- What the provider says again of whom a credential was issued to, and by what it can be asked.

ALTER TABLE issued_credential ADD COLUMN kind TEXT NOT NULL DEFAULT 'PERSON';
ALTER TABLE issued_credential ADD COLUMN provider_subject TEXT;
ALTER TABLE issued_credential ADD COLUMN provider_session TEXT;
ALTER TABLE issued_credential ADD COLUMN proved_at BIGINT;
ALTER TABLE issued_credential ADD COLUMN groups_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE issued_credential ADD COLUMN good_until BIGINT;

CREATE TABLE credential_refresh (
  name TEXT NOT NULL PRIMARY KEY,
  sealed TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  taken_until BIGINT NOT NULL,
  generation BIGINT NOT NULL
);

CREATE INDEX credential_refresh_due ON credential_refresh (due_at);
