import { dayName, paperCard } from '../compose.ts';
import { paragraph, type Block, type Message } from '../message.ts';
import type { DateString } from '../paper.ts';
import { defineCommand, type SearchAnswer, type SearchHit } from './command.ts';
import { countArg, DEFAULT_COUNT } from './input/count.ts';
import { headline } from './output/ranked-message.ts';
import { publicReply } from './output/reply.ts';
import { parseSince } from './input/since.ts';
import { suggestTopics } from './input/suggestions.ts';
import { said } from './input/words.ts';

export const topic = defineCommand({
  name: 'topic',
  summary: 'Search papers by topic',
  args: [
    {
      name: 'query',
      summary: 'what to look for: words, "exact words", -word, author:"Jane Doe", org:Google',
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
  async run({ query, count = DEFAULT_COUNT, since }, { call, now, services }) {
    const from = since === undefined ? undefined : parseSince(since, now, call.timezone);
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
    ...(first === undefined ? [paragraph(nothingFound(since))] : answer.hits.map(toBlock)),
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
  return words.join(' and ');
}

function nothingFound(since: DateString | undefined): string {
  const tip = since === undefined ? 'fewer or other words' : 'an earlier day, or fewer words';
  return `I searched titles, abstracts, authors, organizations and keywords, and found nothing. Try ${tip}.`;
}
