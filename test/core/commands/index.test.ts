import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commands, createDispatch, definitions } from '../../../src/core/commands/index.ts';
import { checkArgs } from '../../../src/core/commands/input/check.ts';
import { parseArgs, readLine } from '../../../src/core/commands/input/parse.ts';
import { callOf, createLog, createServices, createSubscription, NOW, textOf } from './services.ts';

/** What all commands share; every other file of the folder is one command. */
const SHARED = ['command', 'dispatch', 'index', 'nearest', 'subscription'];

describe('the list of commands', () => {
  it('is the folder', () => {
    const folder = new URL('../../../src/core/commands/', import.meta.url);
    const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
    const names = files.map((name) => name.slice(0, -3)).filter((name) => !SHARED.includes(name));
    expect(commands.map(({ name }) => name).sort()).toEqual(names.sort());
  });

  it.each(commands.map((command) => [command.name, command] as const))(
    'has an example for %s that its own arguments accept',
    (name, command) => {
      const [first, ...others] = readLine(command.example);
      expect(first?.value).toBe(name);
      expect(() => checkArgs(command, parseArgs(others, command))).not.toThrow();
    },
  );

  it('puts what must be given first, so that words find their places', () => {
    for (const { args } of commands) {
      const firstOptional = args.findIndex(({ required }) => !required);
      const later = firstOptional === -1 ? [] : args.slice(firstOptional);
      expect(later.filter(({ required }) => required)).toEqual([]);
    }
  });

  it('defines for platforms what each command takes and needs', () => {
    expect(definitions).toHaveLength(commands.length);
    expect(definitions.filter(({ manages }) => manages).map(({ name }) => name)).toEqual([
      'subscribe',
      'topics',
      'mute',
      'settings',
      'post',
      'unsubscribe',
    ]);
    expect(definitions.find(({ name }) => name === 'trending')?.args[0]?.choices).toEqual([
      'day',
      'week',
      'month',
    ]);
  });
});

describe('the right to manage a channel', () => {
  const lines = commands.flatMap(({ name, args, example }) => [
    [name, example] as const,
    ...(args[0]?.choices ?? []).map((choice) => [name, `${name} ${choice} agents`] as const),
  ]);

  it.each(lines)(
    'is told to platforms where %s refuses those without it: %j',
    async (name, text) => {
      const subscription = () => Promise.resolve(createSubscription());
      const services = createServices({ subscription });
      const dispatch = createDispatch({ services, clock: () => NOW, log: createLog() });
      const { message } = await dispatch(callOf({ text }, { canManage: false }));
      const refused = textOf(message).includes('Only people who may manage');
      const definition = definitions.find((each) => each.name === name);
      expect(refused && definition?.manages === false).toBe(false);
    },
  );
});

describe('help', () => {
  const dispatch = createDispatch({
    services: createServices(),
    clock: () => NOW,
    log: createLog(),
  });

  it('reads as agreed', async () => {
    const pages = ['', 'help topic', 'help subscribe', 'help status'];
    const replies = await Promise.all(pages.map((text) => dispatch(callOf({ text }))));
    expect(replies.every((reply) => reply.private)).toBe(true);
    const text = replies.map(({ message }) => textOf(message)).join('\n\n');
    await expect(`${text}\n`).toMatchFileSnapshot('../../golden/help.txt');
  });

  it('names the nearest command for an unknown one', async () => {
    const reply = await dispatch(callOf({ text: 'help tpoic' }));
    expect(textOf(reply.message)).toBe(
      'There is no “tpoic” command. Did you mean topic or topics?',
    );
  });
});
