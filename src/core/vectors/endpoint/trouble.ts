import type { Clock } from '../../clock.ts';
import { SourceError, type SourceErrorKind } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { findEndpointModel, noteEndpointProblem } from '../../store/endpoint-vectors.ts';
import type { Store } from '../../store/open.ts';
import type { Embedder } from './embedder.ts';

/** What is wrong with the endpoint, and from when on it may be asked again. */
export interface Trouble {
  /** Not for a while after it failed, so that no reader waits for what is down. */
  mayAsk(): boolean;
  /** Notes that it failed; throws anything else than a `SourceError`. */
  failed(error: unknown): Promise<void>;
  /** Notes that it works. */
  well(): Promise<void>;
  /** What was noted last, a sentence or two for the operator; undefined where nothing is wrong. */
  problem(): Promise<string | undefined>;
}

/** The first pause after a failure; each next one is twice as long, up to the longest. */
const PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 600_000;

const ADVICE: Readonly<Record<SourceErrorKind, string>> = {
  unreachable: 'It is asked again by itself.',
  'rate-limited': 'It is asked again by itself.',
  late: 'It is asked again by itself.',
  refused: 'Check PAPERBOY_EMBEDDINGS_KEY, embeddings.model and embeddings.dimensions.',
  'not-found': 'Check embeddings.url, which ends before /embeddings, and embeddings.model.',
  unreadable: 'Check that embeddings.url is that of an OpenAI-compatible service.',
};

export function createTrouble(options: {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly embedder: Embedder;
}): Trouble {
  const { store, clock, log, embedder } = options;
  let failures = 0;
  let notBefore = 0;
  /** Null where it works; undefined before it was asked. */
  let noted: string | null | undefined;
  const note = async (problem: string | null): Promise<void> => {
    if (problem === noted) return;
    const fields = { endpoint: embedder.name };
    if (problem !== null) log.warn({ ...fields, problem }, 'the embedding endpoint fails');
    else if (noted !== undefined) log.info(fields, 'the embedding endpoint works again');
    noted = problem;
    await noteEndpointProblem(store, embedder.id, problem);
  };
  return {
    mayAsk: () => clock().getTime() >= notBefore,
    async failed(error) {
      if (!(error instanceof SourceError)) throw error;
      const pause = Math.min(LONGEST_PAUSE_MS, PAUSE_MS * 2 ** failures);
      failures += 1;
      notBefore = clock().getTime() + Math.max(pause, error.retryAfterMs ?? 0);
      await note(`${error.message}. ${ADVICE[error.kind]}`);
    },
    async well() {
      failures = 0;
      notBefore = 0;
      await note(null);
    },
    async problem() {
      if (noted !== undefined) return noted ?? undefined;
      const model = await findEndpointModel(store);
      return model?.maker === embedder.id ? model.problem : undefined;
    },
  };
}
