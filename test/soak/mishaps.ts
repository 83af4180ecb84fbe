import type { RestFault } from '../fakes/discord-server/http/faults.ts';
import type { SlackFault } from '../fakes/slack-server/index.ts';
import type { Random } from './random.ts';
import type { Stage } from './stage.ts';

/** What goes wrong with a request; where `acted`, the service did what was asked all the same. */
const onDiscord: readonly ((random: Random) => RestFault)[] = [
  (random) => ({ kind: 'reset', acted: random.chance(0.5) }),
  (random) => ({ kind: 'hang', acted: random.chance(0.5) }),
  (random) => ({
    kind: 'status',
    status: random.pick([500, 503, 504]),
    acted: random.chance(0.5),
  }),
  // A bad gateway has passed nothing on: it is taken for a request that was not made.
  () => ({ kind: 'status', status: 502 }),
  (random) => ({
    kind: 'rate-limit',
    scope: random.pick(['user', 'shared'] as const),
    retryAfterMs: random.whole(1, 70) * 1000,
  }),
  // Short, since a start sits it out.
  (random) => ({ kind: 'rate-limit', scope: 'global', retryAfterMs: random.whole(1, 10) * 1000 }),
  (random) => ({ kind: 'delay', ms: random.whole(5, 500) }),
];

const onSlack: readonly ((random: Random) => SlackFault)[] = [
  (random) => ({ kind: 'reset', posted: random.chance(0.5) }),
  (random) => ({ kind: 'hang', posted: random.chance(0.5) }),
  (random) => ({ kind: 'status', status: random.pick([500, 503]), posted: random.chance(0.5) }),
  (random) => ({
    kind: 'error',
    error: random.pick(['internal_error', 'fatal_error', 'service_unavailable']),
    posted: random.chance(0.5),
  }),
  (random) => ({ kind: 'garbage', posted: random.chance(0.5) }),
  (random) => ({ kind: 'rate-limit', retryAfter: random.whole(1, 70) }),
];

/** What a digest takes: its messages, its threads, and the looking back after an attempt. */
const DISCORD_REQUESTS = /^(POST .*\/(messages|threads)|GET .*\/messages)$/;
const SLACK_CALLS = [
  'chat.postMessage',
  'chat.postMessage',
  'chat.postMessage',
  'conversations.history',
  'conversations.replies',
];

/** Spoils some of the next requests. */
export function spoilRequests({ discord, slack }: Stage, random: Random): void {
  for (let left = random.whole(0, 2); left > 0; left -= 1) {
    discord.fail(random.pick(onDiscord)(random), { on: DISCORD_REQUESTS });
  }
  for (let left = random.whole(0, 2); left > 0; left -= 1) {
    slack.fail(random.pick(SLACK_CALLS), random.pick(onSlack)(random));
  }
}
