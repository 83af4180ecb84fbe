import { describe, expect, it } from 'vitest';
import type { CommandServices } from '../../../src/core/commands/command.ts';
import { createDispatch } from '../../../src/core/commands/index.ts';
import type { Joining, Libraries } from '../../../src/core/library.ts';
import type { ReaderRef } from '../../../src/core/platform.ts';
import { callOf, createLog, createPaper, createServices, NOW, READER, textOf } from './services.ts';

const OTHERS: readonly ReaderRef[] = [
  { platform: 'other', tenant: 'all', user: '17' },
  { platform: 'test', tenant: 'guest-lab', user: 'ada' },
  { platform: 'other', tenant: 'all', user: '18' },
];

async function run(text: string, over: Partial<Libraries> = {}) {
  const services = createServices();
  const papers: CommandServices['bookmarks'] = (reader) =>
    Promise.resolve(reader === READER ? [createPaper(), createPaper({ id: '2608.1' })] : []);
  const dispatch = createDispatch({
    services: {
      ...services,
      bookmarks: papers,
      nameOf: (platform) => (platform === 'other' ? 'Other' : 'Test'),
      libraries: { ...services.libraries, ...over },
    },
    clock: () => NOW,
    log: createLog(),
  });
  const reply = await dispatch(callOf({ text }));
  expect(reply.private).toBe(true);
  return { summary: reply.message.summary, said: textOf(reply.message) };
}

const joining = (result: Joining) => ({ join: () => Promise.resolve(result) });
const joined = (...others: ReaderRef[]) => ({ others: () => Promise.resolve(others) });

describe('link', () => {
  it('gives a code, and says what to do with it', async () => {
    const { said, summary } = await run('link');
    expect(said.split('\n')).toEqual([
      'Write this as your other account, on another platform, or in another workspace:',
      '/papers link ABCD-EFGH',
      'It works once, within 10 minutes, and joins what you saved there and here into one library. ' +
        'Whoever writes it sees what you keep, so show it to nobody.',
    ]);
    expect(summary).toBe('Write /papers link ABCD-EFGH as your other account, within 10 minutes');
  });

  it('says with whom the reader is joined already', async () => {
    expect((await run('link', joined(OTHERS[0]!))).said).toContain(
      'Your library here is joined with your account on Other. /papers link off parts',
    );
    expect((await run('link', joined(...OTHERS))).said).toContain(
      'Your library here is joined with your 3 accounts on Other and Test.',
    );
  });

  it('joins with a code of several words, and says what the library holds', async () => {
    const asked: string[] = [];
    const { said } = await run('link abcd efgh', {
      join(reader, code) {
        expect(reader).toBe(READER);
        asked.push(code);
        return Promise.resolve({ outcome: 'joined' });
      },
      ...joined(OTHERS[0]!),
    });
    expect(asked).toEqual(['abcd efgh']);
    expect(said.split('\n')).toEqual([
      'Done: your library now holds 2 papers.',
      'Your library here is joined with your account on Other. What you save or remove in one, you ' +
        'save or remove in all. /papers link off parts this account again: it keeps what you saved ' +
        'with it, and the others keep theirs.',
    ]);
    const again = await run('link ABCD-EFGH', joining({ outcome: 'joined-before' }));
    expect(again.said).toMatch(/^They were joined before: your library now holds 2 papers\./);
  });

  it.each<[Joining, RegExp]>([
    [{ outcome: 'own' }, /^This code is your own\. Write it as your other account/],
    [{ outcome: 'old' }, /^This code is old: each is good for 10 minutes.* to get a new one\.$/],
    [{ outcome: 'used' }, /^This code was used already.* to get a new one\.$/],
    [{ outcome: 'malformed' }, /^“hello” is no code\. Codes look like ABCD-EFGH\. .* new one\.$/],
    [{ outcome: 'unknown' }, /^There is no code “hello”\. Look whether .* to get a new one\.$/],
    [
      { outcome: 'too-many', until: new Date(NOW.getTime() + 61_000) },
      /^Those were too many wrong codes\. Try again in 2 minutes\.$/,
    ],
  ])('says why not: $outcome', async (result, answer) => {
    expect((await run('link hello', joining(result))).said).toMatch(answer);
  });

  it.each(['off', 'OFF', 'code:off'])('parts again: %s', async (word) => {
    expect((await run(`link ${word}`)).said).toBe(
      'Parted: here you keep the 2 papers that you saved here, and your other accounts keep what ' +
        'you saved there.',
    );
  });

  it('says when there is nothing to part', async () => {
    expect((await run('link off', { part: () => Promise.resolve(false) })).said).toBe(
      'Your library here is joined with no other. /papers link joins it.',
    );
  });
});
