/**
 * Vectors learnt from the archive. `vectors_due` holds the papers whose vector is missing or of an
 * older text; triggers keep it, so that finding nothing to do costs nothing.
 * No OR IGNORE: within an upsert of papers SQLite would put the upsert's own rule in its place.
 */
export const vectors = `
  CREATE TABLE vector_model (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    learnt_at TEXT NOT NULL,
    paper_count INTEGER NOT NULL,
    size INTEGER NOT NULL,
    vocabulary TEXT NOT NULL,
    words BLOB NOT NULL,
    scales BLOB NOT NULL
  ) STRICT;

  CREATE TABLE paper_vectors (
    paper_key INTEGER PRIMARY KEY,
    vector BLOB NOT NULL
  ) STRICT;

  CREATE TABLE vectors_due (paper_key INTEGER PRIMARY KEY) STRICT;
  INSERT INTO vectors_due (paper_key) SELECT key FROM papers;
  CREATE TRIGGER vectors_due_insert AFTER INSERT ON papers BEGIN
    INSERT INTO vectors_due (paper_key)
      SELECT new.key WHERE NOT EXISTS (SELECT 1 FROM vectors_due WHERE paper_key = new.key);
  END;
  CREATE TRIGGER vectors_due_update AFTER UPDATE ON papers
  WHEN old.title IS NOT new.title OR old.abstract IS NOT new.abstract BEGIN
    INSERT INTO vectors_due (paper_key)
      SELECT new.key WHERE NOT EXISTS (SELECT 1 FROM vectors_due WHERE paper_key = new.key);
  END;
  `;
