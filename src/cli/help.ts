import type { Call, Terminal } from './call.ts';
import { wrap } from './wrap.ts';

/** Every call with its one sentence. */
export function overview(calls: readonly (readonly [string, Call])[], terminal: Terminal): string {
  const rows = calls.map(([name, { summary }]) => [name, summary] as const);
  return [
    'Paperboy brings each day’s research papers to your channels.',
    '',
    ...table(rows, terminal.width),
    '',
    'paperboy <call> --help explains one; paperboy --version says which this is.',
    '',
  ].join('\n');
}

/** One call: how it is written, what it does, and what each part of it means. */
export function explain(name: string, { summary, options }: Call, terminal: Terminal): string {
  const forms = options.map(([form]) => (form.startsWith('<') ? form : `[${form}]`));
  const usage = ['paperboy', name, ...forms].join(' ');
  const rows = options.length === 0 ? [] : ['', ...table(options, terminal.width)];
  return [usage, '', summary, ...rows, ''].join('\n');
}

/** Two columns, the second one wrapped. */
function table(rows: readonly (readonly [string, string])[], width: number): string[] {
  const first = Math.max(0, ...rows.map(([name]) => name.length)) + 2;
  return rows.flatMap(([name, text]) =>
    wrap([{ text }], width - first - 2).map((line, index) => {
      const words = line.map((run) => run.text).join('');
      return `  ${(index === 0 ? name : '').padEnd(first)}${words}`;
    }),
  );
}
