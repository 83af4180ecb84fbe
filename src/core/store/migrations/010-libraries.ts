/**
 * Readers whose libraries are joined into one, the one-time codes that join them, and how often a
 * reader guessed wrong. What a reader reacted to is now found by the reader, too.
 */
export const libraries = `
  CREATE TABLE library_readers (
    platform TEXT NOT NULL,
    tenant TEXT NOT NULL,
    reader TEXT NOT NULL,
    library TEXT NOT NULL,
    PRIMARY KEY (platform, tenant, reader)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX library_readers_by_library ON library_readers (library);

  CREATE TABLE link_codes (
    platform TEXT NOT NULL,
    tenant TEXT NOT NULL,
    reader TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    made_at TEXT NOT NULL,
    ended TEXT CHECK (ended IN ('used', 'replaced')),
    PRIMARY KEY (platform, tenant, reader, hash)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE wrong_codes (
    platform TEXT NOT NULL,
    tenant TEXT NOT NULL,
    reader TEXT NOT NULL,
    count INTEGER NOT NULL,
    since TEXT NOT NULL,
    PRIMARY KEY (platform, tenant, reader)
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX reactions_by_reader ON reactions (platform, reader_tenant, reader);
  `;
