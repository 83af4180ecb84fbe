import type { DigestContent } from '../core/digest/index.ts';
import { composeDigest } from '../core/digest/index.ts';
import { findPlatform } from '../platforms.ts';
import { clockOf, configOf, withApp } from './app.ts';
import { parseArguments, parseChoice, parseDate, parseList, parseNumber } from './arguments.ts';
import type { Call, Terminal } from './call.ts';
import { digestOf } from './digest-of.ts';
import { toTerminal } from './terminal.ts';

const FORMATS = ['text', 'json', 'discord', 'slack'] as const;
const MOST_PAPERS = 20;

/** `paperboy digest`: prints what a channel would get, and posts nothing. */
export const digest: Call = {
  summary: 'Prints the digest that a channel would get; posts nothing.',
  options: [
    ['--date D', 'the day of the list as YYYY-MM-DD; the newest closed one unless given'],
    ['--format F', 'text for people, json for programs; discord or slack: the bodies as sent'],
    ['--topics "a, b"', 'what to prefer: words, author:… or org:…, separated by commas'],
    ['--count N', 'papers, 1 to 20; 5 unless configured'],
  ],
  async run(argv, terminal) {
    const { values } = parseArguments({
      args: [...argv],
      options: {
        date: { type: 'string' },
        format: { type: 'string', default: 'text' },
        topics: { type: 'string' },
        count: { type: 'string' },
      },
    });
    const format = parseChoice('--format', values.format, FORMATS);
    const config = configOf(terminal);
    const { count = String(config.digest.count), date } = values;
    const request = {
      date: date === undefined ? undefined : parseDate('--date', date, clockOf(config)()),
      topics: parseList(values.topics ?? ''),
      count: parseNumber('--count', count, 1, MOST_PAPERS),
    };
    await withApp(config, {}, async (app) => {
      const content = await digestOf(app, request);
      terminal.out(await show(content, format, terminal));
    });
  },
};

async function show(
  content: DigestContent,
  format: (typeof FORMATS)[number],
  terminal: Terminal,
): Promise<string> {
  if (format === 'text') return digestText(content, terminal);
  if (format === 'json') return toJson(content);
  const bodies = await findPlatform(format)?.payloads?.(composeDigest(content));
  return `${JSON.stringify(bodies ?? [], null, 2)}\n`;
}

/** The digest as a reader in a terminal sees it: the cards under their heading. */
export function digestText(content: DigestContent, { color, width }: Terminal): string {
  // The compact overview, since nothing follows here in messages of its own.
  const [overview] = composeDigest(content, 'compact').map((page) => page.message);
  const cards = composeDigest(content).map((page) => page.message);
  const frame = (overview?.blocks ?? []).filter((block) => block.type !== 'list');
  const [heading, ...rest] = frame;
  const papers = cards.flatMap((card) => card.blocks.filter(({ type }) => type === 'paper'));
  const blocks = [...(heading === undefined ? [] : [heading]), ...papers, ...rest];
  return toTerminal({ summary: overview?.summary ?? '', blocks }, { color, width });
}

function toJson(content: DigestContent): string {
  const { dates, total, note, sample, ranked } = content;
  const papers = ranked.map(({ paper, score, why }, index) => ({
    rank: index + 1,
    score,
    why,
    ...paper,
  }));
  const messages = composeDigest(content).map((page) => page.message);
  return `${JSON.stringify({ dates, total, note, sample, papers, messages }, null, 2)}\n`;
}
