/**
 * When the manager of a channel was told that a digest is held, and when that is tried again; when
 * the slot of a digest was, which a digest that was made late is the older for; and an index for what
 * a service would not have.
 */
export const heldTold = `
  ALTER TABLE digests ADD COLUMN told_at TEXT;
  ALTER TABLE digests ADD COLUMN tell_at TEXT;
  ALTER TABLE digests ADD COLUMN due_at TEXT;
  CREATE INDEX digests_to_tell ON digests (tell_at) WHERE tell_at IS NOT NULL;
  CREATE INDEX deliveries_blocked ON deliveries (digest_id) WHERE state = 'blocked';
  `;
