import { dayName, paperCard } from '../compose.ts';
import { paragraph, type Block, type Message } from '../message.ts';
import { toAskedId, type DateString } from '../paper.ts';
import { parseQuery } from '../query.ts';
import { defineCommand, type SearchAnswer, type SearchHit } from './command.ts';
import { countArg, DEFAULT_COUNT } from './input/count.ts';
import { headline } from './output/ranked-message.ts';
import { publicReply } from './output/reply.ts';
import { parseSince, takeSince } from './input/since.ts';
import { suggestTopics } from './input/suggestions.ts';
import { said } from './input/words.ts';

export const topic = defineCommand({
  name: 'topic',
  summary: 'Search papers by topic',
  args: [
    {
      name: 'query',
      summary: 'words, "exact words", -word, author:"Jane Doe", org:Google, since:7d',
      kind: 'text',
      required: true,
      rest: true,
      suggest: suggestTopics,
    },
    countArg,
    {
      name: 'since',
      summary: 'only papers from this day on: 2026-03-10, 7d, 3 months',
      kind: 'text',
      required: false,
    },
  ],
  example: 'topic "video generation" --count 3',
  async run({ query: asked, count = DEFAULT_COUNT, since }, { call, now, services }) {
    const { query, since: span = since } = takeSince(asked);
    const from = span === undefined ? undefined : parseSince(span, now, call.timezone);
    const answer = await services.search(query, {
      limit: count,
      ...(from !== undefined && { since: from }),
      channel: call.channel,
    });
    return publicReply(searchMessage(query, answer, from));
  },
});

/** What a search found, card by card, with where each is from and what went wrong. */
export function searchMessage(query: string, answer: SearchAnswer, since?: DateString): Message {
  const title = `Papers on ${said(query)}${since === undefined ? '' : ` since ${dayName(since)}`}`;
  const [first] = answer.hits;
  const blocks: Block[] = [
    { type: 'heading', text: title },
    ...answer.hits.map(toBlock),
    ...(first === undefined && answer.allMuted !== true
      ? [paragraph(nothingFound(query, answer, since))]
      : []),
    ...answer.notes.map((note) => paragraph(note)),
  ];
  const found =
    first === undefined ? 'nothing found' : headline(first.paper.title, answer.hits.length);
  return { summary: `${title}: ${found}`, blocks };
}

function toBlock({ paper, from, why: reason, postedOn }: SearchHit, index: number): Block {
  const posted = postedOn === undefined ? [] : [`posted here on ${dayName(postedOn)}`];
  const reasons = reason === undefined ? [] : [reason];
  const why = [...reasons, ...(from.length === 0 ? [] : [`from ${listed(from)}`]), ...posted].join(
    '; ',
  );
  return {
    type: 'paper',
    paper: paperCard(paper, { rank: index + 1, ...(why !== '' && { why }) }),
  };
}

function listed(names: readonly string[]): string {
  const words = names.map((name) => (name === 'archive' ? 'the archive' : name));
  return [words.slice(0, -1).join(', '), ...words.slice(-1)].filter(Boolean).join(' and ');
}

/** What was tried, and what to do next. */
function nothingFound(
  query: string,
  { tried }: SearchAnswer,
  since: DateString | undefined,
): string {
  if (parseQuery(query).every(({ excluded }) => excluded === true)) {
    return 'There is no word in that to look for. Try a topic, such as video generation.';
  }
  const places = tried.places.length === 0 ? 'anywhere' : `in ${listed(tried.places)}`;
  const id = toAskedId(query);
  if (id !== undefined) {
    const from = since === undefined ? '' : ' from that day on';
    return `No paper ${id}${from} ${places}. Please check the number.`;
  }
  const ways = tried.ways.map((way) => said(way)).join(', ');
  const also = ways === '' ? '' : `, nor for ${ways}`;
  const tip = since === undefined ? 'fewer or other words' : 'an earlier day, or fewer words';
  return (
    `Nothing close to that ${places}${also}. I looked at titles, abstracts, authors, ` +
    `organizations and keywords. Try ${tip}.`
  );
}
