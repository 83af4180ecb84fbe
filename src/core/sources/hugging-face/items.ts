import { z } from 'zod';
import type { DateString, Paper } from '../../paper.ts';
import { toPlainText } from '../../text/index.ts';
import type { Fetched } from '../source.ts';
import { toPaper } from './paper.ts';
import type { Item } from './schema.ts';

/** Gathers items over any number of pages, each paper once. */
export interface Collection {
  /** Takes a page; true when it held anything not seen before. */
  add(page: readonly unknown[]): boolean;
  /** In order of first appearance, each as it was last seen. */
  fetched(): Fetched;
}

type Outcome = { readonly paper: Paper } | { readonly id: string; readonly reason: string };

/**
 * Checks each item by itself with the schema. A paper that moved between pages, since votes change
 * the order while we read, is kept once with its newest numbers.
 */
export function collect(schema: z.ZodType<Item>, asked?: DateString): Collection {
  const papers = new Map<string, Paper>();
  const skipped = new Map<string, { id: string; reason: string }>();
  let position = 0;
  return {
    add(page) {
      const before = papers.size + skipped.size;
      for (const raw of page) {
        position += 1;
        const outcome = read(raw, schema, `#${position}`, asked);
        if ('paper' in outcome) papers.set(outcome.paper.id, outcome.paper);
        else skipped.set(outcome.id, outcome);
      }
      return papers.size + skipped.size > before;
    },
    fetched: () => ({ papers: [...papers.values()], skipped: [...skipped.values()] }),
  };
}

function read(
  raw: unknown,
  schema: z.ZodType<Item>,
  fallbackId: string,
  asked: DateString | undefined,
): Outcome {
  const parsed = schema.safeParse(raw);
  const id = idOf(raw) ?? fallbackId;
  if (!parsed.success) return { id, reason: reasonOf(parsed.error) };
  const paper = toPaper(parsed.data, asked);
  return paper ? { paper } : { id, reason: 'title: missing' };
}

const MAX_ID = 60;

const WithId = z.union([
  z.object({ paper: z.object({ id: z.string() }) }).transform(({ paper }) => paper.id),
  z.object({ id: z.string() }).transform(({ id }) => id),
]);

/** What the item calls itself, cleaned since it is shown, or undefined when that says nothing. */
function idOf(raw: unknown): string | undefined {
  const { data } = WithId.safeParse(raw);
  const id = toPlainText(data ?? '').slice(0, MAX_ID);
  return id === '' ? undefined : id;
}

/** The first problem as `paper.upvotes: Invalid input: expected number, received string`. */
export function reasonOf(error: z.ZodError): string {
  const issue = error.issues[0];
  const path = issue?.path.join('.') ?? '';
  const message = issue?.message ?? 'unreadable';
  return path === '' ? message : `${path}: ${message}`;
}
