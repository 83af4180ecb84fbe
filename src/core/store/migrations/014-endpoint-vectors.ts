/**
 * Vectors that an endpoint made, beside those learnt from the archive. What is due is noted only
 * once an endpoint was asked: `endpoint_model` is empty before.
 */
export const endpointVectors = `
  CREATE TABLE endpoint_model (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    maker TEXT NOT NULL,
    size INTEGER,
    problem TEXT
  ) STRICT;

  CREATE TABLE endpoint_vectors (
    paper_key INTEGER PRIMARY KEY,
    vector BLOB NOT NULL
  ) STRICT;

  CREATE TABLE endpoint_due (paper_key INTEGER PRIMARY KEY) STRICT;
  CREATE TRIGGER endpoint_due_insert AFTER INSERT ON papers
  WHEN EXISTS (SELECT 1 FROM endpoint_model) BEGIN
    INSERT INTO endpoint_due (paper_key)
      SELECT new.key WHERE NOT EXISTS (SELECT 1 FROM endpoint_due WHERE paper_key = new.key);
  END;
  CREATE TRIGGER endpoint_due_update AFTER UPDATE ON papers
  WHEN EXISTS (SELECT 1 FROM endpoint_model)
    AND (old.title IS NOT new.title OR old.abstract IS NOT new.abstract) BEGIN
    INSERT INTO endpoint_due (paper_key)
      SELECT new.key WHERE NOT EXISTS (SELECT 1 FROM endpoint_due WHERE paper_key = new.key);
  END;
  `;
