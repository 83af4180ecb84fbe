/**
 * Channels that refuse the bot only in the threads of their digests; when a person let a held page
 * go; when it is worth trying again to tell of a trouble; and since when a place counts as left for
 * long.
 */
export const threadRefusals = `
  ALTER TABLE circuits ADD COLUMN threads_only INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE circuits ADD COLUMN tell_at TEXT;
  ALTER TABLE departures ADD COLUMN tell_at TEXT;
  ALTER TABLE departures ADD COLUMN expired_at TEXT;
  ALTER TABLE deliveries ADD COLUMN released_at TEXT;
  `;
