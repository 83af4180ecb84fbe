/**
 * When a paper was first seen on a list, so that one that comes late is known; why a channel's
 * digest could not be planned; and indexes that keep a long past from slowing the next digest.
 */
export const planning = `
  ALTER TABLE listings ADD COLUMN listed_at TEXT;

  ALTER TABLE subscriptions ADD COLUMN plan_failures INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE subscriptions ADD COLUMN plan_failure TEXT;
  ALTER TABLE subscriptions ADD COLUMN plan_failed_at TEXT;
  ALTER TABLE subscriptions ADD COLUMN plan_retry_at TEXT;

  CREATE INDEX digests_by_list ON digests (platform, tenant, channel, list_date);
  CREATE INDEX digests_by_planned_at ON digests (planned_at);
  CREATE INDEX deliveries_with_message ON deliveries (digest_id) WHERE message <> '';
  `;
