import type { Clock } from '../../clock.ts';
import { messageOf } from '../../errors.ts';
import type { Log } from '../../log.ts';
import {
  beginEndpoint,
  countEndpointDue,
  findEndpointModel,
} from '../../store/endpoint-vectors.ts';
import type { Store } from '../../store/open.ts';
import type { Meaning, Text } from '../meaning.ts';
import type { Embedder } from './embedder.ts';
import { createHolder, type Holder } from './held.ts';
import { createQueries } from './queries.ts';
import { checkSizes, examine, fillDue } from './due.ts';
import { stateOf, type EndpointState } from './state.ts';
import { createTrouble, type Trouble } from './trouble.ts';

/** Vectors of papers that an endpoint made. Its methods reject with `StoreError` alone. */
export interface EndpointVectors {
  meaning(texts: readonly Text[]): Promise<EndpointMeaning>;
  /** Asks for the vectors that are due; what fails is told by `state`, and tried again later. */
  tend(): Promise<void>;
  /** Asks for one vector, to see whether it answers as it should. */
  examine(): Promise<void>;
  state(): Promise<EndpointState>;
  /** Resolves when nothing is asked or written any more. */
  stop(): Promise<void>;
}

/** Its vectors; nothing while some are due, and a line for readers where it doesn't answer. */
export interface EndpointMeaning {
  readonly found?: Pick<Meaning, 'rows' | 'directions'>;
  readonly note?: string;
}

export interface EndpointOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly embedder: Embedder;
}

const SILENT =
  'The service that compares meanings doesn’t answer, so what is close in meaning was found without it.';

/** Vectors of one archive. Nothing is asked before `tend`, and nothing is read before `meaning`. */
export function createEndpointVectors(options: EndpointOptions): EndpointVectors {
  const { store, embedder, log } = options;
  const trouble = createTrouble(options);
  const queries = createQueries(embedder, (vectors) => checkSizes(options, vectors));
  const holder = createHolder(store);
  const stopping = new AbortController();
  let filling: Promise<void> | undefined;
  let isTended = false;
  const tend = (): Promise<void> => {
    isTended = true;
    return (filling ??= fillOnce(options, { trouble, holder, signal: stopping.signal }).finally(
      () => {
        filling = undefined;
      },
    ));
  };
  return {
    tend,
    async meaning(texts) {
      const size = await servingSize(options);
      if (size === undefined) {
        // A search may have kept new papers: a running bot needn't wait for the next minute.
        if (isTended && !stopping.signal.aborted) void logged(tend(), log);
        return {};
      }
      const vectors = await patiently(trouble, texts.length, () => queries(texts));
      if (vectors === undefined) return { note: SILENT };
      const { rows, centre } = await holder.held(size);
      return { found: { rows, directions: vectors.map((each) => each && centre(each)) } };
    },
    examine: () => examine(options, trouble),
    state: async () => stateOf(store, embedder, await trouble.problem()),
    async stop() {
      stopping.abort();
      // What goes wrong is told to whoever waits for the work itself.
      await Promise.allSettled([filling]);
    },
  };
}

/** Begins anew where the vectors kept are another endpoint's, and asks for those that are due. */
async function fillOnce(
  options: EndpointOptions,
  { trouble, holder, signal }: { trouble: Trouble; holder: Holder; signal: AbortSignal },
): Promise<void> {
  if (await isForeign(options)) {
    holder.forget();
    await beginEndpoint(options.store, options.embedder.id);
  }
  await fillDue(options, trouble, signal, holder.put);
}

async function isForeign({ store, embedder }: EndpointOptions): Promise<boolean> {
  return (await findEndpointModel(store))?.maker !== embedder.id;
}

/** How many numbers its vectors have; undefined while any is due. */
async function servingSize(options: EndpointOptions): Promise<number | undefined> {
  if (await isForeign(options)) return undefined;
  if ((await countEndpointDue(options.store)) > 0) return undefined;
  return (await findEndpointModel(options.store))?.size;
}

/** What it answers; undefined where it fails, or failed a moment ago. */
async function patiently<Answer>(
  trouble: Trouble,
  texts: number,
  ask: () => Promise<Answer>,
): Promise<Answer | undefined> {
  if (texts > 0 && !trouble.mayAsk()) return undefined;
  try {
    return await ask();
  } catch (error) {
    await trouble.failed(error);
    return undefined;
  }
}

async function logged(work: Promise<void>, log: Log): Promise<void> {
  await work.catch((error: unknown) => {
    log.error({ reason: messageOf(error) }, 'vectors could not be asked for');
  });
}
