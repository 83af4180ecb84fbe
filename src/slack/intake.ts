import { setTimeout as delay } from 'node:timers/promises';
import { App, UnknownError, type AppOptions, type ReceiverEvent } from '@slack/bolt';
import { messageOf } from '../core/index.ts';
import type { Arrival, Clock, DeliveryError, Journal, Log, OpenArrival } from '../core/index.ts';
import { tenantAsking, toArrival } from './arrival.ts';
import { Attempt } from './attempt.ts';
import { toDeliveryError } from './errors.ts';
import { createLanes, laneOf } from './lanes.ts';
import { waitAfter } from './retries.ts';
import { SLACK } from './settings.ts';
import type { Workspaces } from './workspaces.ts';

export interface IntakeOptions {
  readonly journal: Journal;
  readonly workspaces: Workspaces;
  /** Throws for what is not to be trusted. */
  readonly check?: (event: ReceiverEvent) => void;
  /** What to answer in place of taking it, where the sender can mend it at once. */
  readonly refuse: (body: ReceiverEvent['body']) => Promise<object | undefined>;
  /** From a first try that failed to the second, in milliseconds. */
  readonly retryMs?: number | undefined;
  /** How long a stop may wait for what is being worked on, in milliseconds. */
  readonly closingMs: number;
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
    this.error((error) => Promise.reject(error instanceof UnknownError ? error.original : error));
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
    await this.#acknowledge(event);
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

  /** Where the connection is lost by then, Slack sends it again; it is written down all the same. */
  async #acknowledge({ ack }: ReceiverEvent): Promise<void> {
    await ack().catch((error: unknown) => {
      const fields = { detail: messageOf(error) };
      this.#options.log.warn(fields, 'Slack could not be told that its event has arrived');
    });
  }

  /** Starts nothing more, and waits for what is being worked on, though not for ever. */
  async settle(): Promise<void> {
    const { log, closingMs } = this.#options;
    this.#stopping.abort();
    await Promise.race([Promise.all(this.#working), delay(closingMs, undefined, { ref: false })]);
    const left = this.#working.size;
    if (left > 0) log.warn({ left }, 'left for the next start, since it took too long');
    log.info({ dropped: this.#dropped }, 'events from Slack that were not for us');
  }

  #begin(arrival: OpenArrival, body: ReceiverEvent['body']): void {
    const lane = laneOf(arrival.tenant, body['event']);
    const work = this.#lanes
      .run(lane, () => this.#workOn(arrival, body))
      .finally(() => this.#working.delete(work));
    this.#working.add(work);
  }

  /** Leaves what is not dealt with in the journal when it is to stop: the restart resumes it. */
  async #workOn(arrival: OpenArrival, body: ReceiverEvent['body']): Promise<void> {
    const { signal } = this.#stopping;
    if (this.#options.workspaces.get(arrival.tenant) === undefined) {
      this.#dropped += 1;
      return this.#note('done', arrival);
    }
    const attempt = new Attempt(arrival.id);
    for (let { attempts } = arrival; !signal.aborted;) {
      if (attempts > 0) attempt.triedSince = arrival.receivedAt;
      const failure = await this.#try(arrival, body, attempt);
      if (failure === undefined) return;
      attempts += 1;
      const wait = waitAfter(attempts, failure, this.#options.retryMs);
      if (wait === undefined) return this.#giveUp(arrival, attempt, failure);
      await delay(wait, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Why it failed; undefined where it did not. */
  async #try(
    arrival: OpenArrival,
    body: ReceiverEvent['body'],
    attempt: Attempt,
  ): Promise<DeliveryError | undefined> {
    const { id, tenant } = arrival;
    const ack = () => Promise.resolve();
    try {
      await super.processEvent({ body, ack, customProperties: { attempt } });
      await this.#note('done', arrival);
      return undefined;
    } catch (error) {
      this.#options.log.warn(
        { id, tenant, err: error },
        'something that Slack sent was not dealt with',
      );
      await this.#note('failed', arrival);
      return toDeliveryError(error);
    }
  }

  async #giveUp(arrival: Arrival, attempt: Attempt, failure: DeliveryError): Promise<void> {
    const { log } = this.#options;
    const { id, tenant } = arrival;
    const { kind, message: detail } = failure;
    log.error({ id, tenant, kind, detail }, 'something that Slack sent is given up');
    await attempt.apologize?.().catch((error: unknown) => {
      log.warn({ id, tenant, err: error }, 'nobody could be told that it is given up');
    });
    await this.#note('done', arrival);
  }

  /** What the journal can't take now is dealt with once more after a restart. */
  async #note(outcome: 'done' | 'failed', arrival: Arrival): Promise<void> {
    const { journal, log } = this.#options;
    await journal[outcome](arrival).catch((error: unknown) => {
      log.error({ id: arrival.id, err: error }, 'the journal could not be written');
    });
  }
}
