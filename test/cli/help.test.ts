import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { displayWidth } from '../../src/cli/display-width.ts';
import packageJson from '../../package.json' with { type: 'json' };

async function paperboy(...args: readonly string[]) {
  let stdout = '';
  let stderr = '';
  const status = await run(args, {
    env: {},
    out: (text) => (stdout += text),
    err: (text) => (stderr += `${text}\n`),
    color: false,
    width: 80,
  });
  return { status, stdout, stderr };
}

const CALLS = [
  'start',
  'preview',
  'digest',
  'search',
  'fetch',
  'import',
  'status',
  'backup',
  'doctor',
];

describe('help', () => {
  it('shows every call, and each with all that may follow it', async () => {
    const pages = await Promise.all([
      paperboy('help'),
      ...CALLS.map((call) => paperboy('help', call)),
    ]);
    const text = pages.map(({ stdout }) => stdout).join(`${'~'.repeat(80)}\n`);
    await expect(text).toMatchFileSnapshot('../golden/command-line.txt');
    const widths = text.split('\n').map(displayWidth);
    expect(Math.max(...widths)).toBeLessThanOrEqual(80);
  });

  it.each([[[]], [['--help']], [['-h']]])('comes for %j', async (args) => {
    expect(await paperboy(...args)).toEqual(await paperboy('help'));
  });

  it.each(CALLS)('on %s comes for --help, whatever else is written', async (call) => {
    const wanted = { ...(await paperboy('help', call)), status: 0 };
    expect(await paperboy(call, '--help')).toEqual(wanted);
    expect(await paperboy(call, '--wrong', '-h')).toEqual(wanted);
  });

  it('on an unknown call names the likely one', async () => {
    const { status, stderr } = await paperboy('help', 'digset');
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'There is no call “digset”. Did you mean digest?\n',
    });
  });
});

it.each(['version', '--version', '-v'])('%s prints the version', async (word) => {
  const wanted = { status: 0, stdout: `paperboy ${packageJson.version}\n`, stderr: '' };
  expect(await paperboy(word)).toEqual(wanted);
});

describe('a slip', () => {
  it.each([
    [['hlep'], 'There is no call “hlep”. Did you mean help?'],
    [['sing'], `There is no call “sing”. The calls are: ${CALLS.join(', ')}.`],
    [['constructor'], `There is no call “constructor”. The calls are: ${CALLS.join(', ')}.`],
    [['digest', '--dat', '2026-08-20'], 'There is no option --dat. Did you mean --date?'],
    [['fetch', '--colour', 'red'], 'There is no option --colour. The options are: --from, --to.'],
    [['start', '--fast'], 'There is no option --fast. This call has none.'],
    [['digest', '2026-08-20'], 'I don’t know what “2026-08-20” is for.'],
    [['start', 'xoxb-1234-5678-abc'], 'I don’t know what “[redacted]” is for.'],
    [['digest', '--count'], '--count needs a value.'],
    [['digest', '--date', '-3'], '--date needs a value.'],
    [['status', '--json=1'], '--json takes no value.'],
  ])('in %j is told in one line, with a hint', async (args, line) => {
    expect(await paperboy(...args)).toEqual({ status: 2, stdout: '', stderr: `${line}\n` });
  });
});
