import { readdirSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { reply, startServer } from './faults.ts';
import type { TestServer } from './faults.ts';

/** The hand-written replies, of invented papers. */
export const FIXTURES = join(dirname(fileURLToPath(import.meta.url)), '../fixtures/hugging-face');

export interface HuggingFaceServerOptions {
  /** Folders of `daily_papers-date-D.json`; a later one wins. The fixtures alone by default. */
  readonly folders?: readonly string[];
  readonly port?: number;
  /** The shape of search results, of which both are met. */
  readonly searchShape?: 'nested' | 'flat';
  /** The largest page it gives, whatever `limit` says. */
  readonly maxLimit?: number;
}

export interface HuggingFaceServer extends TestServer {
  /** Date to items: change it to change the next answers. */
  readonly lists: Map<string, unknown[]>;
}

interface WireItem {
  readonly paper: Readonly<Record<string, unknown>>;
}

/** Answers as huggingface.co does, from recorded or hand-written lists. */
export async function startHuggingFaceServer(
  options: HuggingFaceServerOptions = {},
): Promise<HuggingFaceServer> {
  const lists = readLists(options.folders ?? [FIXTURES]);
  const server = await startServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname === '/api/daily_papers') daily(lists, url, response, options.maxLimit);
    else if (url.pathname === '/api/papers/search') search(lists, url, response, options);
    else if (url.pathname.startsWith('/api/papers/')) paper(lists, url, response);
    else fail(response, 404, 'Not Found');
  }, options.port);
  return Object.assign(server, { lists });
}

/** A recording taken the day after stands in where there is none of the day itself. */
function readLists(folders: readonly string[]): Map<string, unknown[]> {
  const lists = new Map<string, unknown[]>();
  const patterns = [
    /^daily_papers-date-(\d{4}-\d{2}-\d{2})-day-after\.json$/,
    /^daily_papers-date-(\d{4}-\d{2}-\d{2})\.json$/,
  ];
  for (const folder of folders) {
    for (const pattern of patterns) {
      for (const file of readdirSync(folder)) {
        const date = pattern.exec(file)?.[1];
        if (date) lists.set(date, readItems(join(folder, file)));
      }
    }
  }
  return lists;
}

export function readItems(path: string): unknown[] {
  return JSON.parse(readFileSync(path, 'utf8')) as unknown[];
}

function fail(response: ServerResponse, status: number, error: string): void {
  reply(response, JSON.stringify({ error }), { status });
}

function isDate(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) &&
    !Number.isNaN(time) &&
    new Date(time).toISOString().startsWith(text)
  );
}

function daily(
  lists: Map<string, unknown[]>,
  url: URL,
  response: ServerResponse,
  maxLimit = 100,
): void {
  const date = url.searchParams.get('date') ?? [...lists.keys()].sort().at(-1) ?? '';
  const limit = Math.min(Number(url.searchParams.get('limit') ?? 50), maxLimit);
  const p = Number(url.searchParams.get('p') ?? 0);
  if (!isDate(date)) {
    fail(response, 400, 'Invalid date');
    return;
  }
  if (!Number.isInteger(p) || p < 0 || !Number.isInteger(limit) || limit < 1) {
    fail(response, 400, 'Invalid page');
    return;
  }
  const items = lists.get(date) ?? [];
  reply(response, JSON.stringify(items.slice(p * limit, (p + 1) * limit)));
}

function papersOf(lists: Map<string, unknown[]>): WireItem[] {
  return [...lists.values()]
    .flat()
    .filter(
      (item): item is WireItem => typeof item === 'object' && item !== null && 'paper' in item,
    );
}

function paper(lists: Map<string, unknown[]>, url: URL, response: ServerResponse): void {
  const id = decodeURIComponent(url.pathname.slice('/api/papers/'.length));
  const item = papersOf(lists).find((candidate) => candidate.paper['id'] === id);
  if (!item) {
    fail(response, 404, 'Paper not found');
    return;
  }
  const linked = { linkedModels: [], linkedDatasets: [], linkedSpaces: [] };
  const totals = { numTotalModels: 0, numTotalDatasets: 0, numTotalSpaces: 0 };
  reply(response, JSON.stringify({ ...item.paper, ...linked, ...totals }));
}

function search(
  lists: Map<string, unknown[]>,
  url: URL,
  response: ServerResponse,
  options: HuggingFaceServerOptions,
): void {
  const words = (url.searchParams.get('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const limit = Number(url.searchParams.get('limit') ?? 120);
  const hits = papersOf(lists).filter(({ paper: { title, summary } }) => {
    const text = `${String(title)} ${String(summary)}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const shaped = options.searchShape === 'flat' ? hits.map((hit) => hit.paper) : hits;
  reply(response, JSON.stringify(shaped.slice(0, limit)));
}
