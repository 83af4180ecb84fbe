import { Temporal } from 'temporal-polyfill';
import type { Archive } from '../../../src/core/archive/index.ts';
import { createDeliverer } from '../../../src/core/digest/index.ts';
import { silentLog } from '../../../src/core/log.ts';
import { openDoors } from '../../../src/core/paperboy/doors.ts';
import { createParts } from '../../../src/core/paperboy/parts.ts';
import type { Paper } from '../../../src/core/paper.ts';
import { planDue } from '../../../src/core/schedule/index.ts';
import type { SourceState } from '../../../src/core/status.ts';
import { latestDigests } from '../../../src/core/store/digest-history.ts';
import type { Store } from '../../../src/core/store/open.ts';
import { createFakePlatform, type FakePlatform } from '../../fakes/fake-platform.ts';
import { textOf } from '../commands/services.ts';
import { aStore } from '../store-fixtures.ts';

/** A channel whose people write commands, and whose minutes pass when they are told to. */
export interface AChannel {
  readonly store: Store;
  readonly platform: FakePlatform;
  /** Types a command at that time; resolves with what it answers, in one line. */
  type(time: string, text: string): Promise<string>;
  /** All that the status says. */
  status(time: string): Promise<string>;
  /** What happens at the start of a minute: due slots are planned, and what is planned is posted. */
  tick(time: string): Promise<void>;
  /** Done once, after the next tick has found the channel due and before it is planned. */
  beforePlanning(work: () => Promise<unknown>): void;
  /** What the sources say of themselves from now on; nothing before. */
  sources(states: readonly SourceState[]): void;
  /** The local days of its digests and notes, newest first, each with its problem, if any. */
  days(): Promise<(readonly [localDate: string, problem: string | undefined])[]>;
  /** What was posted by digests, oldest first: the summary of each message. */
  posted(): string[];
  /** The whole text of each. */
  shown(): string[];
  nextDue(): Promise<string | undefined>;
}

const settings = { weights: {}, profile: { topics: [], muted: [], follows: [] } };

export async function aChannel(papers: readonly Paper[] = []): Promise<AChannel> {
  const store = await aStore(papers);
  const platform = createFakePlatform();
  let now = new Date(0);
  let said: readonly SourceState[] = [];
  let work: (() => Promise<unknown>) | undefined;
  const clock = () => now;
  const options = { store, sources: [], platforms: [platform], settings, clock, log: silentLog };
  // Nobody waits for a turn here: the minutes between commands are not those of the machine.
  const parts = createParts({ ...options, turns: { sleep: () => Promise.resolve() } });
  const deliverer = createDeliverer({ ...options, patienceMs: 0 });
  const archive: Archive = {
    ...parts.archive,
    newestClosed: (moment = now) => dayBefore(moment),
    newestOpened: (moment = now) => moment.toISOString().slice(0, 10),
    async states(): Promise<SourceState[]> {
      await work?.();
      work = undefined;
      return [...said];
    },
  };
  const { inbox } = await openDoors(options, parts);
  await platform.start(inbox, []);
  return {
    store,
    platform,
    async type(time, text) {
      now = new Date(time);
      return (await platform.type(text)).message.summary;
    },
    async status(time) {
      now = new Date(time);
      return textOf((await platform.type('status')).message);
    },
    async tick(time) {
      now = new Date(time);
      await planDue({ ...options, archive });
      await deliverer.deliver();
    },
    beforePlanning: (given) => (work = given),
    sources: (states) => (said = states),
    async days() {
      const digests = await latestDigests(store, platform.channel, 99);
      return digests.map(({ localDate, problem }) => [localDate, problem] as const);
    },
    shown: () =>
      platform.messages.flatMap(({ key, message }) => (key === undefined ? [] : textOf(message))),
    posted: () =>
      platform.messages.flatMap(({ key, message }) => (key === undefined ? [] : message.summary)),
    async nextDue() {
      const subscription = await parts.services.subscription(platform.channel);
      return subscription?.nextDue.toISOString();
    },
  };
}

function dayBefore(moment: Date): string {
  return Temporal.PlainDate.from(moment.toISOString().slice(0, 10))
    .subtract({ days: 1 })
    .toString();
}
