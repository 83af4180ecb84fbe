/**
 * The outbox: pages whose outcome is unknown or that are skipped, claims that expire, and channels
 * that refuse the bot. The table is made anew, as SQLite can't change a CHECK.
 */
export const outbox = `
  CREATE TABLE deliveries_with_claims (
    digest_id INTEGER NOT NULL REFERENCES digests (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    message TEXT NOT NULL,
    papers TEXT NOT NULL,
    in_thread INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'planned'
      CHECK (state IN ('planned', 'sending', 'unknown', 'sent', 'blocked', 'skipped')),
    attempts INTEGER NOT NULL DEFAULT 0,
    attempted_at TEXT,
    fence INTEGER NOT NULL DEFAULT 0,
    lease_until TEXT,
    retry_at TEXT,
    message_ref TEXT,
    reason TEXT,
    sent_at TEXT,
    PRIMARY KEY (digest_id, position)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO deliveries_with_claims (digest_id, position, message, papers, in_thread, state,
      attempts, attempted_at, retry_at, message_ref, reason, sent_at)
    SELECT digest_id, position, message, papers, in_thread, state,
      attempts, attempted_at, retry_at, message_ref, reason, sent_at
    FROM deliveries;
  DROP TABLE deliveries;
  ALTER TABLE deliveries_with_claims RENAME TO deliveries;
  CREATE INDEX deliveries_open ON deliveries (digest_id, position)
    WHERE state IN ('planned', 'sending', 'unknown');

  CREATE TABLE circuits (
    platform TEXT NOT NULL,
    tenant TEXT NOT NULL,
    channel TEXT NOT NULL,
    reason TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    failures INTEGER NOT NULL,
    probe_at TEXT NOT NULL,
    PRIMARY KEY (platform, tenant, channel)
  ) STRICT, WITHOUT ROWID;
  `;
