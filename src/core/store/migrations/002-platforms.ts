/**
 * What chat services need: layouts, when a page was last tried, who reacted with what, places that
 * the bot has left, and what a platform must remember.
 */
export const platforms = `
  ALTER TABLE subscriptions ADD COLUMN layout TEXT NOT NULL DEFAULT 'thread';
  ALTER TABLE deliveries ADD COLUMN in_thread INTEGER NOT NULL DEFAULT 1;
  ALTER TABLE deliveries ADD COLUMN attempted_at TEXT;
  ALTER TABLE message_papers ADD COLUMN posted_at TEXT NOT NULL DEFAULT '';
  CREATE INDEX message_papers_by_posted_at ON message_papers (platform, posted_at);

  CREATE TABLE reactions (
    platform TEXT NOT NULL,
    tenant TEXT NOT NULL,
    channel TEXT NOT NULL,
    message TEXT NOT NULL,
    emoji TEXT NOT NULL,
    reader_tenant TEXT NOT NULL,
    reader TEXT NOT NULL,
    PRIMARY KEY (platform, tenant, channel, message, emoji, reader_tenant, reader)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE departures (
    platform TEXT NOT NULL,
    tenant TEXT NOT NULL,
    channel TEXT NOT NULL,
    left_at TEXT NOT NULL,
    PRIMARY KEY (platform, tenant, channel)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE platform_memory (
    platform TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (platform, key)
  ) STRICT, WITHOUT ROWID;
  `;
