/** Channels that want no note on days without papers. */
export const silent = `
  ALTER TABLE subscriptions ADD COLUMN silent INTEGER NOT NULL DEFAULT 0;
  `;
