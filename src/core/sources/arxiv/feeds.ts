import { messageOf, SourceError } from '../../errors.ts';

/** One paper as arXiv writes it: raw text, with line breaks and LaTeX. */
export interface Entry {
  /** An id or address with its version: `http://arxiv.org/abs/astro-ph/0601001v1`. */
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
  readonly comment?: string;
  readonly authors: readonly string[];
  /** Primary first; ACM and MSC classes may stand among them. */
  readonly categories: readonly string[];
  /** When version 1 was submitted, as written. */
  readonly published?: string;
  /** Where the reply names links at all. */
  readonly hasPdf?: boolean;
}

/** A reply of the query API. An error is an entry too, with the title `Error`. */
export interface ApiPage {
  /** How many entries the whole query has, over all pages. */
  readonly total: number;
  readonly entries: readonly Entry[];
}

/** One announcement batch. */
export interface BatchFeed {
  readonly title: string;
  readonly description: string;
  /** Midnight Eastern of the batch's day, as written. */
  readonly date?: string;
  readonly items: readonly BatchItem[];
}

export interface BatchItem extends Entry {
  /** `new`, `cross`, `replace` or `replace-cross`; empty when it isn't told. */
  readonly announced: string;
}

// feedsmith takes longer to load than most commands take to run, and most runs never meet arXiv.
const load = (): Promise<typeof import('feedsmith')> => import('feedsmith');

/** Reads a reply of the query API. Rejects with `SourceError` `unreadable`. */
export async function parseAtom(xml: string): Promise<ApiPage> {
  const { parseAtomFeed } = await load();
  const feed = readable(xml, 'feed', parseAtomFeed);
  const entries = (feed.entries ?? []).map((entry): Entry => {
    const primary = entry.arxiv?.primaryCategory?.term;
    const terms = (entry.categories ?? []).map(({ term }) => term);
    return {
      id: entry.id ?? '',
      title: entry.title?.value ?? '',
      abstract: entry.summary?.value ?? '',
      ...(entry.arxiv?.comment !== undefined && { comment: entry.arxiv.comment }),
      authors: present((entry.authors ?? []).map(({ name }) => name)),
      categories: [...new Set(present([primary, ...terms]))],
      ...(entry.published !== undefined && { published: entry.published }),
      hasPdf: (entry.links ?? []).some(({ title, type }) => (title ?? type ?? '').includes('pdf')),
    };
  });
  return { total: feed.opensearch?.totalResults ?? entries.length, entries };
}

/** Reads a feed of rss.arxiv.org. Rejects with `SourceError` `unreadable`. */
export async function parseRss(xml: string): Promise<BatchFeed> {
  const { parseRssFeed } = await load();
  const feed = readable(xml, 'rss', parseRssFeed);
  const date = feed.pubDate ?? feed.lastBuildDate;
  return {
    title: feed.title ?? '',
    description: feed.description ?? '',
    ...(date !== undefined && { date }),
    items: (feed.items ?? []).map((item): BatchItem => {
      // feedsmith leaves `arxiv:announce_type` out; the description repeats it.
      const [, announced = '', abstract = ''] = DESCRIPTION.exec(item.description ?? '') ?? [];
      return {
        id: item.guid?.value ?? item.link ?? '',
        title: item.title ?? '',
        abstract,
        announced,
        authors: splitNames((item.dc?.creators ?? []).join(', ')),
        categories: [...new Set(present((item.categories ?? []).map(({ name }) => name)))],
        ...(item.pubDate !== undefined && { published: item.pubDate }),
      };
    }),
  };
}

/** `arXiv:2604.21952v1 Announce Type: new \nAbstract: …`, as arXiv's feed service writes it. */
const DESCRIPTION = /Announce Type:\s*([a-z-]+)\s*Abstract:\s*(.*)$/is;

const SUFFIX = /^(?:Jr|Sr|II|III|IV)\.?$/i;

/** `A. B, C. D, Jr. , E (Lab, City)`: one comma list, affiliations in brackets. */
function splitNames(list: string): string[] {
  const names: string[] = [];
  for (const part of list.replace(/\([^()]*\)/g, '').split(',')) {
    const name = part.trim();
    const before = names.at(-1);
    if (before !== undefined && SUFFIX.test(name)) names[names.length - 1] = `${before}, ${name}`;
    else if (name !== '') names.push(name);
  }
  return names;
}

function present(values: readonly (string | undefined)[]): string[] {
  return values.flatMap((value) => (value === undefined || value === '' ? [] : [value]));
}

/** feedsmith reads a feed that breaks off as if it were whole; a half list must not pass for one. */
function readable<T>(xml: string, root: string, parse: (xml: string) => T): T {
  if (!new RegExp(`</${root}>\\s*$`).test(xml)) {
    throw new SourceError('unreadable', `arXiv’s reply is no ${root}, or breaks off`);
  }
  try {
    return parse(xml);
  } catch (cause) {
    const message = `arXiv’s reply is not the feed that we know (${messageOf(cause)})`;
    throw new SourceError('unreadable', message, { cause });
  }
}
