/** Who had everything about them deleted, as hashes: their old reactions still stand on messages. */
export const erasures = `
  CREATE TABLE erasures (
    reader TEXT NOT NULL PRIMARY KEY,
    erased_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `;
