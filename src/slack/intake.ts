import { setTimeout as delay } from 'node:timers/promises';
import { App, type AppOptions, type Context, type ReceiverEvent } from '@slack/bolt';
import type { Arrival, Clock, Journal, Log, OpenArrival } from '../core/index.ts';
import { tenantAsking, toArrival } from './arrival.ts';
import { createLanes, laneOf } from './lanes.ts';
import { SLACK } from './settings.ts';
import type { Workspaces } from './workspaces.ts';

/** How often dealing with one arrival is tried. */
const MOST_ATTEMPTS = 5;

/** The wait before the second attempt; it doubles with every further one. */
const FIRST_RETRY_MS = 1000;

export interface IntakeOptions {
  readonly journal: Journal;
  readonly workspaces: Workspaces;
  /** Throws for what is not to be trusted. */
  readonly check?: (event: ReceiverEvent) => void;
  /** What to answer in place of taking it, where the sender can mend it at once. */
  readonly refuse: (body: ReceiverEvent['body']) => Promise<object | undefined>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * A Bolt app that writes down what Slack sends before it acknowledges it, and deals with it
 * afterwards: Bolt itself acknowledges first, so that what its listeners then fail at is lost, and
 * it runs them again for an event that Slack sends again.
 */
export class Intake extends App {
  /** What was not for us, or not for a workspace that we are in; the log says so at the end. */
  #dropped = 0;
  readonly #options: IntakeOptions;
  readonly #lanes = createLanes();
  readonly #working = new Set<Promise<void>>();
  readonly #stopping = new AbortController();

  constructor(app: AppOptions, options: IntakeOptions) {
    super(app);
    this.#options = options;
    this.error((error) => Promise.reject(error));
  }

  /** Rejects, so that Slack is not told that all is well, when the arrival can't be written down. */
  override async processEvent(event: ReceiverEvent): Promise<void> {
    const { journal, workspaces, clock, check, refuse } = this.#options;
    check?.(event);
    const asking = tenantAsking(event.body);
    if (asking !== undefined && workspaces.get(asking)) return super.processEvent(event);
    const arrival = toArrival(event.body, workspaces);
    if (arrival === undefined) this.#dropped += 1;
    const refused = arrival && (await refuse(event.body));
    if (refused !== undefined) return event.ack(refused);
    const isNew = arrival !== undefined && (await journal.keep(arrival));
    await event.ack();
    if (isNew) this.#begin({ ...arrival, attempts: 0, receivedAt: clock() }, event.body);
  }

  /**
   * Deals with what was written down before a restart, which may have been begun then. To be called
   * before more can come in, so that it comes first.
   */
  async resume(): Promise<void> {
    for (const arrival of await this.#options.journal.open(SLACK)) {
      const body = JSON.parse(arrival.content) as ReceiverEvent['body'];
      this.#begin({ ...arrival, attempts: Math.max(1, arrival.attempts) }, body);
    }
  }

  /** Waits for what is being worked on, and starts nothing more. */
  async settle(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#working);
    this.#options.log.info({ dropped: this.#dropped }, 'events from Slack that were not for us');
  }

  #begin(arrival: OpenArrival, body: ReceiverEvent['body']): void {
    const lane = laneOf(arrival.tenant, body['event']);
    const work = this.#lanes
      .run(lane, () => this.#workOn(arrival, body))
      .finally(() => this.#working.delete(work));
    this.#working.add(work);
  }

  async #workOn(arrival: OpenArrival, body: ReceiverEvent['body']): Promise<void> {
    const { log } = this.#options;
    const { id, tenant } = arrival;
    const { signal } = this.#stopping;
    for (let { attempts } = arrival; attempts < MOST_ATTEMPTS; attempts++) {
      // It stays in the journal, and is dealt with after the restart.
      if (signal.aborted) return;
      if (await this.#try({ ...arrival, attempts }, body)) return;
      await delay(FIRST_RETRY_MS * 2 ** attempts, undefined, { signal }).catch(() => undefined);
    }
    log.error({ id, tenant }, 'something that Slack sent is given up');
    await this.#note('done', arrival);
  }

  async #try(arrival: OpenArrival, body: ReceiverEvent['body']): Promise<boolean> {
    const { id, tenant, attempts, receivedAt } = arrival;
    const attempt = new Attempt(id, attempts === 0 ? undefined : receivedAt);
    const ack = () => Promise.resolve();
    try {
      await super.processEvent({ body, ack, customProperties: { attempt } });
      await this.#note('done', arrival);
      return true;
    } catch (error) {
      const what = { id, tenant, attempts, err: error };
      this.#options.log.warn(what, 'something that Slack sent was not dealt with');
      await this.#note('failed', arrival);
      return false;
    }
  }

  /** What the journal can't take now is dealt with once more after a restart. */
  async #note(outcome: 'done' | 'failed', arrival: Arrival): Promise<void> {
    const { journal, log } = this.#options;
    await journal[outcome](arrival).catch((error: unknown) => {
      log.error({ id: arrival.id, err: error }, 'the journal could not be written');
    });
  }
}

/** Which arrival a listener is called for. */
export class Attempt {
  constructor(
    /** Slack's name of it. */
    readonly id: string,
    /** When the first attempt may have begun, where this is not the first. */
    readonly triedSince: Date | undefined,
  ) {}
}

/** Which arrival Bolt's context belongs to. */
export function attemptOf(context: Context): Attempt {
  const attempt: unknown = context['attempt'];
  if (attempt instanceof Attempt) return attempt;
  throw new Error('A listener was called for nothing that was written down');
}
