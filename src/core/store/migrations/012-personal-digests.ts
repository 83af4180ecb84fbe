/**
 * Digests in a direct message follow the taste of who subscribed. Their taste is looked up by reader,
 * which the reactions' key begins with the message for.
 */
export const personalDigests = `
  ALTER TABLE subscriptions ADD COLUMN personal INTEGER NOT NULL DEFAULT 0;

  CREATE INDEX reactions_by_reader ON reactions (platform, reader_tenant, reader);
  `;
