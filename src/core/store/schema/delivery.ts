import type { ColumnType, Generated } from 'kysely';

export interface SubscriptionTable {
  platform: string;
  tenant: string;
  channel: string;
  /** Local time `HH:MM`. */
  at: string;
  /** IANA name. */
  timezone: string;
  /** JSON list of ISO weekdays, 1 = Monday. */
  days: string;
  count: number;
  /** JSON list of queries. */
  topics: string;
  /** JSON list of queries. */
  muted: string;
  /** `settled` or `early`. */
  mode: string;
  /** `thread`, `channel` or `compact`. */
  layout: string;
  /** UTC instant of the next slot. */
  next_due: string;
  /** Who created it, or changed it last; empty where nobody is known to have. */
  created_by: string;
  /** The tenant in which `created_by` is unique; empty for that of the channel. */
  created_in: ColumnType<string, string | undefined, string>;
  created_at: string;
  /** 1 where the taste of `created_by` counts in place of the channel's. */
  personal: ColumnType<number, number | undefined, number>;
  /** 1 where days without papers pass in silence. */
  silent: ColumnType<number, number | undefined, number>;
  /** How often in a row its digest could not be planned. */
  plan_failures: ColumnType<number, number | undefined, number>;
  plan_failure: string | null;
  /** When that happened first. */
  plan_failed_at: string | null;
  /** Not planned before this instant. */
  plan_retry_at: string | null;
}

export interface DigestTable {
  id: Generated<number>;
  platform: string;
  tenant: string;
  channel: string;
  /** The slot's day in the channel's time zone. */
  local_date: string;
  /** `slot`, or `asked` for one that somebody asked for beside them. */
  occasion: ColumnType<string, string | undefined, string>;
  /** The newest list that the channel is done with once it has this digest. */
  list_date: string | null;
  /** The oldest list that it draws from; null for one of long ago. */
  first_list: string | null;
  planned_at: string;
  /** When its slot was; null for one that was asked for, or of long ago. */
  due_at: string | null;
  /** When the channel's manager was told that it is held. */
  told_at: string | null;
  /** Not told before this instant, after a failure. */
  tell_at: string | null;
}

export interface DeliveryTable {
  digest_id: number;
  position: number;
  /** JSON of a `Message`; empty once the page is long closed. */
  message: string;
  /** JSON list of the base ids that a reaction on this message means. */
  papers: string;
  /** `planned`, `sending`, `unknown`, `sent`, `held`, `blocked` or `skipped`. */
  state: ColumnType<string, string | undefined, string>;
  attempts: ColumnType<number, number | undefined, number>;
  /** 1 where it is posted in the overview's thread. */
  in_thread: number;
  /** When the first attempt began that may have reached the service. */
  attempted_at: string | null;
  /** Counts claims: who holds an older one may change nothing. */
  fence: ColumnType<number, number | undefined, number>;
  /** When a claim expires, so that another worker may take the page. */
  lease_until: string | null;
  /** Not before this instant, after a failure. */
  retry_at: string | null;
  /** The platform's name of the posted message. */
  message_ref: string | null;
  /** Where it stands, as the platform names it: a thread may be a place of its own. */
  message_channel: string | null;
  reason: string | null;
  sent_at: string | null;
  /** When the votes that it shows are next compared with the present ones. */
  refresh_at: string | null;
  /** When a person let it go although it may stand already. */
  released_at: string | null;
}

export interface PostedPaperTable {
  platform: string;
  tenant: string;
  channel: string;
  paper_id: string;
  digest_id: number;
}

export interface CircuitTable {
  platform: string;
  tenant: string;
  channel: string;
  /** Said to people. */
  reason: string;
  opened_at: string;
  failures: number;
  probe_at: string;
  /** When the channel's manager was told. */
  told_at: string | null;
  /** Not told before this instant, after a failure. */
  tell_at: string | null;
  /** 1 where the channel itself takes messages, and the threads of its digests don't. */
  threads_only: ColumnType<number, number | undefined, number>;
}

/** One row: how far the outbox has got. */
export interface OutboxMarkTable {
  id: number;
  /** Names this database and its copies. */
  database: string;
  /** How many pages were ever claimed. */
  claims: number;
  claimed_at: string | null;
  /** Slots up to then may have been posted by the database that a backup of this one replaced. */
  held_until: string | null;
}
