import type { SourceState, StatusReport } from '../core/commands/command.ts';
import { paragraph, strong, text, type Block, type Message } from '../core/index.ts';
import { configOf, withApp } from './app.ts';
import { parseArguments } from './arguments.ts';
import type { Call } from './call.ts';
import { toTerminal } from './terminal.ts';

/** `paperboy status`: what each source is doing, and how much the archive holds. */
export const status: Call = {
  summary: 'Shows the state of each source and the size of the archive.',
  options: [['--json', 'for programs']],
  async run(argv, terminal) {
    const { values } = parseArguments({ args: [...argv], options: { json: { type: 'boolean' } } });
    await withApp(configOf(terminal), {}, async ({ paperboy }) => {
      const report = await paperboy.services.status(nowhere);
      const { color, width } = terminal;
      if (values.json === true) terminal.out(`${JSON.stringify(report, null, 2)}\n`);
      else terminal.out(toTerminal(toMessage(report), { color, width }));
    });
  },
};

/** A terminal is no channel: it has no subscription and no deliveries. */
const nowhere = { platform: 'terminal', tenant: 'local', channel: 'terminal' };

function toMessage({ sources, paperCount }: StatusReport): Message {
  const papers = paperCount === 1 ? '1 paper' : `${paperCount} papers`;
  const summary = `The archive holds ${papers}.`;
  return { summary, blocks: [...sources.flatMap(sourceBlocks), paragraph(summary)] };
}

function sourceBlocks({ name, kind, detail, skipped }: SourceState): Block[] {
  const state = paragraph(strong(name), `: ${kind}. ${detail}`);
  if (skipped.length === 0) return [state];
  const items = skipped.map(({ id, reason }) => [text(`left out ${id}: ${reason}`)]);
  return [state, { type: 'list', ordered: false, items }];
}
