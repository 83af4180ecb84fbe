import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerResponse } from 'node:http';
import { reply, startServer } from './faults.ts';
import type { TestServer } from './faults.ts';

interface ArxivReply {
  readonly body: string;
  readonly status?: number;
}

/** What the fake arXiv knows. A missing answer is an empty result, or an error feed. */
export interface ArxivReplies {
  /** `GET /api/query?…` */
  api?(query: URLSearchParams): ArxivReply | string | undefined;
  /** `GET /rss/cs.AI+cs.CL` */
  rss?(categories: string): ArxivReply | string | undefined;
}

/** Starts an arXiv on 127.0.0.1 whose query API and feeds have the same base address. */
export async function startArxivServer(replies: ArxivReplies, port = 0): Promise<TestServer> {
  return startServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname === '/api/query') {
      answer(response, replies.api?.(url.searchParams) ?? emptyResult());
    } else if (url.pathname.startsWith('/rss/')) {
      const categories = decodeURIComponent(url.pathname.slice('/rss/'.length));
      answer(response, replies.rss?.(categories) ?? errorFeed(categories));
    } else {
      reply(response, 'Not Found', { status: 404, type: 'text/plain' });
    }
  }, port);
}

function answer(response: ServerResponse, given: ArxivReply | string): void {
  const { body, status = 200 } = typeof given === 'string' ? { body: given } : given;
  reply(response, body, { status, type: 'application/atom+xml; charset=utf-8' });
}

/** Answers with the replies recorded in a directory of the shape of data/arxiv. */
export function recordedArxiv(directory: string): ArxivReplies {
  const index = readIndex(join(directory, 'recorded'));
  const files = readdirSync(directory);
  return {
    api(query) {
      const wanted = keyOf(query);
      const known = index.find(({ url }) => keyOf(new URL(url).searchParams) === wanted);
      if (known) {
        const path = join(directory, 'recorded', known.file);
        if (existsSync(path)) return { body: readFileSync(path, 'utf8'), status: known.status };
      }
      const single = `api_id_${query.get('id_list') ?? ''}.xml`;
      return files.includes(single) ? readFileSync(join(directory, single), 'utf8') : undefined;
    },
    rss(categories) {
      const end = `_${categories.toLowerCase().replaceAll('.', '_')}_3.xml`;
      const file = files.find((name) => name.startsWith('rss_') && name.endsWith(end));
      return file === undefined ? undefined : readFileSync(join(directory, file), 'utf8');
    },
  };
}

interface Recorded {
  readonly file: string;
  readonly url: string;
  readonly status: number;
}

function readIndex(directory: string): readonly Recorded[] {
  const path = join(directory, 'index.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as readonly Recorded[]) : [];
}

function keyOf(query: URLSearchParams): string {
  const [search = '', ids = ''] = ['search_query', 'id_list'].map((name) => query.get(name) ?? '');
  return [search, ids, query.get('start') ?? '0'].join('|');
}

/** A result without entries, in the shape of the real one. */
export function emptyResult(total = 0): string {
  return atomPage([], { total });
}

/** A reply of the query API around whole `<entry>` elements. */
export function atomPage(
  entries: readonly string[],
  { total = entries.length, start = 0 }: { total?: number; start?: number } = {},
): string {
  return `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/abcdefghijklmnopqrstuvwxyz0</id>
  <title>arXiv Query: search_query=&amp;id_list=&amp;start=${start}&amp;max_results=10</title>
  <updated>2026-05-11T23:51:23Z</updated>
  <link href="https://arxiv.org/api/query?search_query=" type="application/atom+xml"/>
  <opensearch:itemsPerPage>10</opensearch:itemsPerPage>
  <opensearch:totalResults>${total}</opensearch:totalResults>
  <opensearch:startIndex>${start}</opensearch:startIndex>
${entries.join('\n')}
</feed>
`;
}

/** One `<entry>`; `text` is put in as it is, so escape it. */
export function atomEntry(id: string, title: string, published: string): string {
  return `  <entry>
    <id>http://arxiv.org/abs/${id}v1</id>
    <title>${title}</title>
    <updated>${published}</updated>
    <link href="https://arxiv.org/abs/${id}v1" rel="alternate" type="text/html"/>
    <link href="https://arxiv.org/pdf/${id}v1" rel="related" type="application/pdf" title="pdf"/>
    <summary>About ${title}.</summary>
    <category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
    <published>${published}</published>
    <arxiv:primary_category term="cs.CL"/>
    <author>
      <name>Ada Example</name>
    </author>
  </entry>`;
}

/** A batch feed of the day `date` (an RFC 822 date) around items of `[id, announce type]`. */
export function rssFeed(date: string, items: readonly (readonly [string, string])[]): string {
  return `<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">
  <channel>
    <title>cs.CL updates on arXiv.org</title>
    <link>http://rss.arxiv.org/rss/cs.CL</link>
    <description>cs.CL updates on the arXiv.org e-print archive.</description>
    <lastBuildDate>${date}</lastBuildDate>
    <pubDate>${date}</pubDate>
    <skipDays>
      <day>Sunday</day>
      <day>Saturday</day>
    </skipDays>
${items.map(([id, type]) => rssItem(id, type, date)).join('\n')}
  </channel>
</rss>
`;
}

function rssItem(id: string, type: string, date: string): string {
  return `    <item>
      <title>Paper ${id}</title>
      <link>https://arxiv.org/abs/${id}</link>
      <description>arXiv:${id}v1 Announce Type: ${type} \nAbstract: About ${id}.</description>
      <guid isPermaLink="false">oai:arXiv.org:${id}v1</guid>
      <category>cs.CL</category>
      <pubDate>${date}</pubDate>
      <arxiv:announce_type>${type}</arxiv:announce_type>
      <dc:creator>Ada Example, Bob Sample</dc:creator>
    </item>`;
}

function errorFeed(categories: string): ArxivReply {
  const body = `<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:atom="http://www.w3.org/2005/Atom" version="2.0">
  <channel>
    <title>Feed error for query: http://rss.arxiv.org/rss/${categories}</title>
    <link>http://rss.arxiv.org/rss/${categories}</link>
    <description>Bad archive '${categories}'. Valid archive names are: cs, math, stat.</description>
    <pubDate>Mon, 27 Apr 2026 00:00:00 -0400</pubDate>
  </channel>
</rss>
`;
  return { body, status: 400 };
}
