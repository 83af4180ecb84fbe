import { dayAndMonth } from '../compose.ts';
import type { DateString } from '../paper.ts';
import type { ChannelRef, ReaderRef } from '../platform.ts';
import type { Profile } from '../ranking/signal.ts';
import { claimedPapers, type ClaimedPaper } from '../store/posted-papers.ts';
import type { Store } from '../store/open.ts';
import type { ListedPaper } from '../store/papers.ts';
import type { ListAt } from '../store/standings.ts';
import type { Tastes, Whose } from '../tastes/index.ts';
import { buildDigest } from './build.ts';
import type { DigestContent } from './compose.ts';

/** What every digest is made with. */
export interface DigestSettings {
  readonly weights: Readonly<Record<string, number>>;
  /** Mutes and follows of every channel, and the topics of a channel that names none. */
  readonly profile: Profile;
}

/** What digests made at the same moment share. */
export interface SelectOptions {
  readonly store: Store;
  readonly settings: DigestSettings;
  readonly now: Date;
  /** The papers of some lists, read once however many digests draw from them. */
  listed(dates: readonly DateString[]): Promise<readonly ListedPaper[]>;
  /** The papers that have entered the top of a list since that moment, read once likewise. */
  entered(since: ListAt): Promise<readonly string[]>;
  /** For ranking by meaning and by what was liked; by words alone without them. */
  readonly tastes?: Tastes;
}

/** What one digest is asked to hold. */
export interface DigestWish {
  readonly count: number;
  readonly topics: readonly string[];
  /** In addition to what is muted everywhere. */
  readonly muted?: readonly string[];
  /** The lists to draw from, newest first; none on a quiet day. */
  readonly dates: readonly DateString[];
  /** Papers already posted here are left out. */
  readonly channel?: ChannelRef;
  /** Whose taste counts; that of `channel` unless told. */
  readonly whose?: Whose | undefined;
  /** Digests of `channel` that this one stands in for: as if they had never been planned. */
  readonly without?: readonly number[];
}

/** The taste that a subscription's digests follow: its reader's, or else that of its channel. */
export function whoseTaste({ channel, reader, personal }: Subscriber): Whose {
  return personal === true && reader !== undefined ? { reader } : { channel };
}

interface Subscriber {
  readonly channel: ChannelRef;
  readonly reader?: ReaderRef;
  readonly personal?: boolean;
}

/** Ranks the papers of some lists for one channel. What is missing, and why, is the caller's to add. */
export async function selectDigest(
  options: SelectOptions,
  wish: DigestWish,
): Promise<DigestContent> {
  const { settings, now } = options;
  const { count, dates } = wish;
  const { unseen, seen } = await split(options, wish);
  const profile = profileOf(settings.profile, wish);
  const aim = await withTaste(options, wish, profile, unseen);
  const outcome = buildDigest(unseen, { ...aim, count, weights: settings.weights, now });
  return {
    dates: dates.filter((date) => unseen.some(({ paper }) => paper.listDate === date)),
    ranked: outcome.ranked,
    dropped: [...outcome.dropped, ...seen],
    total: unseen.length,
    sample: unseen.some(({ paper }) => paper.source === 'sample'),
  };
}

/** A channel's own topics stand in place of everybody's; what it mutes comes on top. */
function profileOf(profile: Profile, { topics, muted = [] }: DigestWish): Profile {
  return {
    ...profile,
    topics: topics.length === 0 ? profile.topics : topics,
    muted: [...profile.muted, ...muted],
  };
}

async function split(
  { store, ...options }: SelectOptions,
  { dates, channel, without }: DigestWish,
) {
  const papers = dates.length === 0 ? [] : await options.listed(dates);
  const ids = papers.map(({ paper }) => paper.id);
  const claimed =
    channel === undefined
      ? new Map<string, ClaimedPaper>()
      : await claimedPapers(store, channel, ids, without);
  return {
    unseen: papers.filter(({ paper }) => !claimed.has(paper.id)),
    seen: papers.flatMap(({ paper }) => {
      const claim = claimed.get(paper.id);
      return claim === undefined ? [] : [{ paper, reason: whyNotAgain(claim) }];
    }),
  };
}

function whyNotAgain({ localDate, stands }: ClaimedPaper): string {
  const day = dayAndMonth(localDate);
  return stands ? `posted here on ${day}` : `planned for the digest of ${day}`;
}

async function withTaste(
  { tastes }: SelectOptions,
  { channel, whose = channel && { channel } }: DigestWish,
  profile: Profile,
  listed: readonly ListedPaper[],
): Promise<{ profile: Profile; directions?: ReadonlyMap<string, Float32Array> }> {
  const papers = listed.map(({ paper }) => paper);
  const aim = await tastes?.aim({ whose, topics: profile.topics, papers });
  if (aim === undefined) return { profile };
  const { taste, topics, directions } = aim;
  return { profile: { ...profile, directions: topics, ...(taste && { taste }) }, directions };
}
