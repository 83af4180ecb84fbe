/** What a channel never wants to see, and whether it gets settled lists or today's so far. */
export const preferences = `
  ALTER TABLE subscriptions ADD COLUMN muted TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE subscriptions ADD COLUMN mode TEXT NOT NULL DEFAULT 'settled';
  `;
