import { paragraph, strong, text, type Block, type Message } from '../core/index.ts';
import { describeMoment, momentIn } from '../core/moment.ts';
import { MADE_WITHIN_MS, type Overview, type SourceState } from '../core/status.ts';
import { configuredPlatforms } from '../platforms.ts';
import { configOf, withApp } from './app.ts';
import { parseArguments } from './arguments.ts';
import type { Call } from './call.ts';
import { toTerminal } from './terminal.ts';

/** `paperboy status`: how the sources and the channels do, and how much the archive holds. */
export const status: Call = {
  summary: 'Shows how the sources and the channels do, and what needs a person.',
  options: [['--json', 'for programs']],
  async run(argv, terminal) {
    const { values } = parseArguments({ args: [...argv], options: { json: { type: 'boolean' } } });
    await withApp(configOf(terminal), {}, async ({ paperboy, clock, config }) => {
      const configured = configuredPlatforms(config).map(({ id }) => id);
      const overview = await paperboy.overview(configured);
      const { color, width } = terminal;
      if (values.json === true) terminal.out(`${JSON.stringify(overview, null, 2)}\n`);
      else terminal.out(toTerminal(toMessage(overview, clock()), { color, width }));
    });
  },
};

function toMessage(overview: Overview, now: Date): Message {
  const { sources, paperCount, meaning, channels, next, problems } = overview;
  const papers = paperCount === 1 ? '1 paper' : `${paperCount} papers`;
  const summary = `The archive holds ${papers}.`;
  const due = next && nextDigest(next.due, now);
  const subscribed = channels === 1 ? '1 channel gets digests' : `${channels} channels get digests`;
  return {
    summary,
    blocks: [
      ...sources.flatMap(sourceBlocks),
      paragraph(`${summary} ${meaning.detail}`),
      paragraph(due === undefined ? `${subscribed}.` : `${subscribed}; ${due}.`),
      ...problemBlocks(problems),
    ],
  };
}

function nextDigest(due: Date, now: Date): string {
  const isPast = now.getTime() - due.getTime() > MADE_WITHIN_MS;
  if (isPast) return `the next digest was due ${momentIn(due, 'UTC')}`;
  return `the next digest comes ${describeMoment(due, 'UTC', now)}`;
}

function problemBlocks(problems: Overview['problems']): Block[] {
  if (problems.length === 0) return [];
  const items = problems.map(({ channel, detail }) => [
    strong(`${channel.platform} ${channel.tenant}/${channel.channel}`),
    text(`: ${detail}`),
  ]);
  return [paragraph('What needs a person:'), { type: 'list', ordered: false, items }];
}

function sourceBlocks({ name, kind, detail, skipped }: SourceState): Block[] {
  const state = paragraph(strong(name), `: ${kind}. ${detail}`);
  if (skipped.length === 0) return [state];
  const items = skipped.map(({ id, reason }) => [text(`left out ${id}: ${reason}`)]);
  return [state, { type: 'list', ordered: false, items }];
}
