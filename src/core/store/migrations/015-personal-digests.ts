/** Digests in a direct message follow the taste of who subscribed there. */
export const personalDigests = `
  ALTER TABLE subscriptions ADD COLUMN personal INTEGER NOT NULL DEFAULT 0;
  `;
