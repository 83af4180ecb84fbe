import type { Clock } from '../clock.ts';
import type { Http } from '../http.ts';
import { ARXIV, ARXIV_INTERVAL_MS, createArxiv } from './arxiv/index.ts';
import { createGate } from './gate.ts';
import { createHuggingFace } from './hugging-face/index.ts';
import { createSample } from './sample/index.ts';
import type { PaperFinder, PaperSource } from './source.ts';

/** Which sources are asked, and where they are. */
export interface SourceSettings {
  /** The built-in sample instead of the network. */
  readonly offline: boolean;
  readonly huggingFace: { readonly url: string; readonly token?: string };
  readonly arxiv: {
    /** The query API without its path: `https://export.arxiv.org`. */
    readonly url: string;
    /** The feeds without their path: `https://rss.arxiv.org`. */
    readonly rssUrl: string;
    /** Whose lists are read; none for no lists of arXiv. */
    readonly categories: readonly string[];
  };
}

/** Makes one source, or none where the settings leave it out. */
type SourceFactory = (
  settings: SourceSettings,
  http: Http,
  clock: Clock,
) => PaperSource | undefined;

/** One for the whole process, however often sources are made: arXiv counts all of our requests. */
const arxivGate = createGate({ intervalMs: ARXIV_INTERVAL_MS });

/** Every source there is; the first that is not left out leads. A new one is one more entry. */
const factories: readonly SourceFactory[] = [
  ({ offline }) => (offline ? createSample() : undefined),
  ({ offline, huggingFace: { url, ...rest } }, http) =>
    offline ? undefined : createHuggingFace({ http, baseUrl: url, ...rest }),
  ({ offline, arxiv: { url, rssUrl, categories } }, http, clock) =>
    offline || categories.length === 0
      ? undefined
      : createArxiv({ http, apiUrl: url, rssUrl, categories, gate: arxivGate, clock }),
];

/** The sources to ask, the leading one first; offline, the built-in sample alone. */
export function createSources(settings: SourceSettings, http: Http, clock: Clock): PaperSource[] {
  return factories.flatMap((create) => create(settings, http, clock) ?? []);
}

/**
 * Where more is looked for when the archive has found little: arXiv, be it one of the sources or
 * not.
 */
export function createBeyond(
  sources: readonly PaperSource[],
  { offline, arxiv: { url, rssUrl } }: SourceSettings,
  http: Http,
  clock: Clock,
): PaperFinder[] {
  if (offline) return [];
  const known = sources.find(({ id }) => id === ARXIV);
  const options = { http, apiUrl: url, rssUrl, categories: [], gate: arxivGate, clock };
  return [known ?? createArxiv(options)];
}
