/**
 * Digests that were asked for beside those of a slot; pages that are held, since they may stand
 * already; where a posted page stands and when its votes are next looked at; who is told of a
 * trouble; and how far the outbox has got. Tables with a CHECK or a key that changes are made anew,
 * the children first, so that dropping the old ones deletes nothing.
 */
export const delivery = `
  CREATE TABLE digests_with_occasion (
    id INTEGER PRIMARY KEY,
    platform TEXT NOT NULL,
    tenant TEXT NOT NULL,
    channel TEXT NOT NULL,
    local_date TEXT NOT NULL,
    occasion TEXT NOT NULL DEFAULT 'slot' CHECK (occasion IN ('slot', 'asked')),
    list_date TEXT,
    planned_at TEXT NOT NULL,
    UNIQUE (platform, tenant, channel, local_date, occasion)
  ) STRICT;
  INSERT INTO digests_with_occasion
      (id, platform, tenant, channel, local_date, list_date, planned_at)
    SELECT id, platform, tenant, channel, local_date, list_date, planned_at FROM digests;

  CREATE TABLE deliveries_with_held (
    digest_id INTEGER NOT NULL REFERENCES digests_with_occasion (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    message TEXT NOT NULL,
    papers TEXT NOT NULL,
    in_thread INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'planned'
      CHECK (state IN ('planned', 'sending', 'unknown', 'sent', 'held', 'blocked', 'skipped')),
    attempts INTEGER NOT NULL DEFAULT 0,
    attempted_at TEXT,
    fence INTEGER NOT NULL DEFAULT 0,
    lease_until TEXT,
    retry_at TEXT,
    message_ref TEXT,
    message_channel TEXT,
    reason TEXT,
    sent_at TEXT,
    refresh_at TEXT,
    PRIMARY KEY (digest_id, position)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO deliveries_with_held (digest_id, position, message, papers, in_thread, state,
      attempts, attempted_at, fence, lease_until, retry_at, message_ref, reason, sent_at)
    SELECT digest_id, position, message, papers, in_thread, state,
      attempts, attempted_at, fence, lease_until, retry_at, message_ref, reason, sent_at
    FROM deliveries;
  DROP TABLE deliveries;

  CREATE TABLE posted_papers_of_digests (
    platform TEXT NOT NULL,
    tenant TEXT NOT NULL,
    channel TEXT NOT NULL,
    paper_id TEXT NOT NULL,
    digest_id INTEGER NOT NULL REFERENCES digests_with_occasion (id) ON DELETE CASCADE,
    PRIMARY KEY (platform, tenant, channel, paper_id)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO posted_papers_of_digests SELECT * FROM posted_papers;
  DROP TABLE posted_papers;

  DROP TABLE digests;
  ALTER TABLE digests_with_occasion RENAME TO digests;
  ALTER TABLE deliveries_with_held RENAME TO deliveries;
  ALTER TABLE posted_papers_of_digests RENAME TO posted_papers;
  CREATE INDEX deliveries_open ON deliveries (digest_id, position)
    WHERE state IN ('planned', 'sending', 'unknown');
  CREATE INDEX deliveries_held ON deliveries (digest_id) WHERE state = 'held';
  CREATE INDEX deliveries_to_refresh ON deliveries (refresh_at) WHERE refresh_at IS NOT NULL;

  ALTER TABLE subscriptions ADD COLUMN created_in TEXT NOT NULL DEFAULT '';
  ALTER TABLE circuits ADD COLUMN told_at TEXT;
  ALTER TABLE departures ADD COLUMN reason TEXT;
  ALTER TABLE departures ADD COLUMN told_at TEXT;

  CREATE TABLE outbox_mark (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    database TEXT NOT NULL,
    claims INTEGER NOT NULL,
    claimed_at TEXT,
    held_until TEXT
  ) STRICT;
  INSERT INTO outbox_mark (id, database, claims) VALUES (1, lower(hex(randomblob(16))), 0);
  `;
