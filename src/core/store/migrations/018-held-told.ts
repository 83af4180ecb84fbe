/** When the manager of a channel was told that a digest is held, and when that is tried again. */
export const heldTold = `
  ALTER TABLE digests ADD COLUMN told_at TEXT;
  ALTER TABLE digests ADD COLUMN tell_at TEXT;
  `;
