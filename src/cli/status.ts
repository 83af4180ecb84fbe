import type { StatusReport } from '../core/commands/command.ts';
import { configOf, withApp } from './app.ts';
import { parseArguments } from './arguments.ts';
import type { Call } from './call.ts';

/** `paperboy status`: what each source is doing, and how much the archive holds. */
export const status: Call = {
  usage: '[--json]',
  summary: 'Shows the state of each source and the size of the archive.',
  async run(argv, terminal) {
    const { values } = parseArguments({ args: [...argv], options: { json: { type: 'boolean' } } });
    await withApp(configOf(terminal), {}, async ({ paperboy }) => {
      const report = await paperboy.services.status(nowhere);
      terminal.out(values.json === true ? `${JSON.stringify(report, null, 2)}\n` : toText(report));
    });
  },
};

/** A terminal is no channel: it has no subscription and no deliveries. */
const nowhere = { platform: 'terminal', tenant: 'local', channel: 'terminal' };

function toText({ sources, paperCount }: StatusReport): string {
  const lines = sources.flatMap(({ name, kind, detail, skipped }) => [
    `${name}: ${kind}. ${detail}`,
    ...skipped.map(({ id, reason }) => `  left out ${id}: ${reason}`),
  ]);
  const held = paperCount === 1 ? '1 paper' : `${paperCount} papers`;
  return [...lines, `The archive holds ${held}.`, ''].join('\n');
}
