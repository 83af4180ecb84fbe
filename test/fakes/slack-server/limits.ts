import type { ServerClock } from './clock.ts';

/** Calls a minute, a method and workspace: https://docs.slack.dev/apis/web-api/rate-limits */
const TIERS = { 1: 1, 2: 20, 3: 50, 4: 100 } as const;

const TIER_OF: Readonly<Record<string, keyof typeof TIERS>> = {
  'apps.connections.open': 1,
  'conversations.list': 2,
  'users.list': 2,
  'chat.update': 3,
  'chat.delete': 3,
  'chat.unfurl': 3,
  'conversations.info': 3,
  'conversations.history': 3,
  'conversations.replies': 3,
  'conversations.join': 3,
  'conversations.open': 3,
  'reactions.add': 3,
  'reactions.get': 3,
  'reactions.remove': 2,
  'users.info': 4,
  'views.open': 4,
  'views.update': 4,
  'views.publish': 4,
  'chat.postEphemeral': 4,
  'oauth.v2.access': 4,
};

/** Posts that one workspace takes in a minute, all channels together: “several hundred”. */
const POSTS_A_MINUTE = 600;

/** Posts that come too soon after the last of their channel and are still taken, though hidden. */
const BURST = 5;

/** Apps reconnect in bursts, so the tier of `apps.connections.open` is not kept to the letter. */
const CONNECTIONS_A_MINUTE = 30;

export type Verdict = 'taken' | 'hidden' | { readonly retryAfter: number };

export interface Limits {
  /** What becomes of a call that posts nothing. */
  call(method: string, team: string): Verdict;
  /** What becomes of a post in this channel. */
  post(team: string, channel: string): Verdict;
}

/**
 * Once a minute for apps that are distributed outside the Marketplace, and 15 messages at a time:
 * https://docs.slack.dev/changelog/2025/05/29/rate-limit-changes-for-non-marketplace-apps
 */
const READING = new Set(['conversations.history', 'conversations.replies']);
export const NARROW_PAGE = 15;

/**
 * Slack's limits; `secondMs` is how long one of its seconds lasts here, so that tests are fast.
 * With `narrow`, those of an app that is distributed outside the Marketplace.
 */
export function createLimits(clock: ServerClock, secondMs: number, narrow = false): Limits {
  const windows = new Map<string, number[]>();
  const channels = new Map<string, { last: number; burst: number }>();

  function within(key: string, most: number): Verdict {
    const now = clock.now();
    const minute = 60 * secondMs;
    const recent = (windows.get(key) ?? []).filter((at) => now - at < minute);
    windows.set(key, recent);
    const [oldest = now] = recent;
    if (recent.length >= most) {
      // In real seconds, since that is what a client waits.
      return { retryAfter: Math.max(1, Math.ceil((minute - (now - oldest)) / 1000)) };
    }
    recent.push(now);
    return 'taken';
  }

  return {
    call: (method, team) => {
      if (method === 'apps.connections.open') return within(method, CONNECTIONS_A_MINUTE);
      const tier = narrow && READING.has(method) ? 1 : TIER_OF[method];
      return tier === undefined ? 'taken' : within(`${team} ${method}`, TIERS[tier]);
    },
    post: (team, channel) => {
      const verdict = within(`${team} post`, POSTS_A_MINUTE);
      if (verdict !== 'taken') return verdict;
      const now = clock.now();
      const pace = channels.get(channel) ?? { last: -Infinity, burst: 0 };
      const isSoon = now - pace.last < secondMs;
      const burst = isSoon ? pace.burst + 1 : 0;
      if (burst > BURST) return { retryAfter: 1 };
      channels.set(channel, { last: now, burst });
      return isSoon ? 'hidden' : 'taken';
    },
  };
}
