import { SourceError } from '../../errors.ts';
import { toPaperId } from '../../paper.ts';
import type { Paper } from '../../paper.ts';
import type { Fetched, PaperSource } from '../source.ts';
import { createAsk } from './api.ts';
import type { Ask, HuggingFaceOptions } from './api.ts';
import { huggingFaceDay } from './calendar.ts';
import { collect } from './items.ts';
import { fetchList } from './list.ts';
import { HUGGING_FACE, toPaper } from './paper.ts';
import { FlatPaper, Items, SearchItem } from './schema.ts';

/** Hugging Face Daily Papers, read through its public API. */
export function createHuggingFace(options: HuggingFaceOptions): Required<PaperSource> {
  const ask = createAsk(options);
  return {
    id: HUGGING_FACE,
    name: 'Hugging Face Daily Papers',
    day: huggingFaceDay,
    fetch: (date, signal) => fetchList(ask, date, signal),
    find: (id, signal) => find(ask, id, signal),
    search: (query, limit, signal) => search(ask, query, limit, signal),
  };
}

/** Each of 9,581 recorded papers has an id of the new style; it knows no `astro-ph/0601001`. */
const NEW_STYLE = /^\d{4}\./;

async function find(ask: Ask, text: string, signal?: AbortSignal): Promise<Paper | undefined> {
  const id = toPaperId(text);
  if (id === undefined || !NEW_STYLE.test(id)) return undefined;
  try {
    const paper = await ask(FlatPaper, `api/papers/${id}`, {}, signal);
    if (paper.id === id) return readable(toPaper({ paper }), id);
    throw new SourceError('unreadable', `Hugging Face answered ${paper.id} when asked for ${id}`);
  } catch (error) {
    if (error instanceof SourceError && error.kind === 'not-found') return undefined;
    throw error;
  }
}

function readable(paper: Paper | undefined, id: string): Paper {
  if (paper) return paper;
  throw new SourceError('unreadable', `Hugging Face gave no title for ${id}`);
}

/** Ours, not a documented limit: longer than any topic, short enough for any server's URL. */
const MAX_QUERY = 250;

const MAX_HITS = 100;

async function search(
  ask: Ask,
  query: string,
  limit: number,
  signal?: AbortSignal,
): Promise<Fetched> {
  const q = bounded(query);
  const wanted = Math.min(Math.max(Math.trunc(limit), 0), MAX_HITS);
  if (q === '' || wanted === 0) return { papers: [], skipped: [] };
  const collection = collect(SearchItem);
  collection.add(await ask(Items, 'api/papers/search', { q, limit: wanted }, signal));
  const { papers, skipped } = collection.fetched();
  return { papers: papers.slice(0, wanted), skipped };
}

/** One line of at most `MAX_QUERY` characters, cut between whole ones. */
function bounded(query: string): string {
  const line = query.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
  return Array.from(line).slice(0, MAX_QUERY).join('').trim();
}
