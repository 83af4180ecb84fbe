/** What services sent: written down before it is acknowledged, forgotten but for its id once done. */
export const arrivals = `
  CREATE TABLE arrivals (
    platform TEXT NOT NULL,
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    content TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    received_at TEXT NOT NULL,
    PRIMARY KEY (platform, tenant, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX arrivals_open ON arrivals (platform, received_at) WHERE content IS NOT NULL;
  CREATE INDEX arrivals_by_received_at ON arrivals (received_at);
  `;
