import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { ArgValues, CommandCall } from '../command-call.ts';
import { UserError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Reply } from '../platform.ts';
import { shorten } from '../text/index.ts';
import { MOST_WAITING, type Turns } from '../turns.ts';
import { checkArgs } from './input/check.ts';
import type { Command, CommandServices } from './command.ts';
import { mayManage } from './input/rights.ts';
import { nearest } from './nearest.ts';
import { formatCall, parseArgs, readLine } from './input/parse.ts';
import { notice, privateReply } from './output/reply.ts';
import type { Token } from './input/tokens.ts';
import { clean, said } from './input/words.ts';

export interface DispatchOptions {
  readonly services: CommandServices;
  readonly clock: Clock;
  /** Without it nobody waits. */
  readonly turns?: Pick<Turns, 'take'>;
  readonly log: Log;
  /** Names one failure to the reader and in the log; eight random characters by default. */
  readonly reference?: () => string;
}

/** How much of a line is offered back as a search, in UTF-16 units. */
const QUERY_MAX = 60;

/** Runs calls; never rejects. */
export type Dispatch = (call: CommandCall) => Promise<Reply>;

interface Wish {
  readonly command: Command;
  readonly values: () => ArgValues;
}

/**
 * Answers calls with one of `commands`. A `UserError` becomes a private reply, word for word; any
 * other error one apology with a reference number that stands in the log next to the error.
 */
export function createDispatcher(commands: readonly Command[], options: DispatchOptions): Dispatch {
  return async (call) => {
    let name = call.name;
    try {
      const { command, values } = understand(call, commands);
      name = command.name;
      await awaitTurn(call, command, options);
      if (command.manages === true) mayManage(call, name);
      const args = checkArgs(command, values());
      return await command.run(args, { call, now: options.clock(), services: options.services });
    } catch (error) {
      return privateReply(notice(toSentence(error, name, options)));
    }
  };
}

/** Throws `UserError` where too many of the reader's calls wait already. */
async function awaitTurn(
  { reader }: CommandCall,
  { keeps = false }: Command,
  { turns }: DispatchOptions,
): Promise<void> {
  const deed = keeps ? 'bookmark' : 'command';
  if ((await turns?.take(reader, deed, MOST_WAITING)) !== false) return;
  throw new UserError(
    `That was too fast for me: ${MOST_WAITING} things that you asked for wait already, and this one ` +
      'is left out. Wait until they are answered, then ask again.',
  );
}

/** Eight hexadecimal characters: short enough to read out, rare enough to find in a log. */
function randomReference(): string {
  return randomBytes(4).toString('hex');
}

function toSentence(error: unknown, command: string, options: DispatchOptions): string {
  const { log, reference = randomReference } = options;
  if (error instanceof UserError) {
    if (error.cause !== undefined) log.warn({ command, err: error.cause }, 'command refused');
    return error.message;
  }
  const name = reference();
  log.error({ reference: name, command, err: error }, 'command failed');
  return (
    'Sorry, something went wrong on our side, and trying again may help. ' +
    `If it doesn’t, tell whoever runs Paperboy this reference: ${name}.`
  );
}

function understand(call: CommandCall, commands: readonly Command[]): Wish {
  if ('args' in call.input) {
    const { args } = call.input;
    return { command: findCommand(call.name, commands), values: () => args };
  }
  const tokens = readLine(call.input.text);
  if (call.name !== '') return fromTokens(call.name, tokens, commands);
  const [first, ...others] = tokens;
  return fromTokens(first?.value ?? 'help', others, commands);
}

function fromTokens(name: string, tokens: readonly Token[], commands: readonly Command[]): Wish {
  if (/^(?:\?|-h|--?help)$/i.test(name)) return fromTokens('help', tokens, commands);
  const command = findCommand(name, commands, tokens);
  if (tokens.some(({ raw }) => raw === '--help') && command.name !== 'help') {
    return { command: findCommand('help', commands), values: () => ({ command: command.name }) };
  }
  return { command, values: () => parseArgs(tokens, command) };
}

function findCommand(
  name: string,
  commands: readonly Command[],
  tokens: readonly Token[] = [],
): Command {
  const wanted = name.toLowerCase();
  const command = commands.find((each) => each.name === wanted);
  if (command !== undefined) return command;
  throw new UserError(`There is no ${said(name)} command. ${advice(name, commands, tokens)}`);
}

/** The nearest names, or a search for the words of somebody who left out the subcommand. */
function advice(name: string, commands: readonly Command[], tokens: readonly Token[]): string {
  const names = commands.map((command) => command.name);
  const guesses = nearest(name, names, 2);
  if (guesses.length > 0) return `Did you mean ${guesses.join(' or ')}?`;
  const search = commands.find((command) => command.name === 'topic');
  if (search === undefined) return 'Write /papers help to see them all.';
  const query = shorten(clean([name, ...tokens.map(({ value }) => value)].join(' ')), QUERY_MAX);
  return `To search, write ${formatCall(search, { query })} – or /papers help to see all commands.`;
}
