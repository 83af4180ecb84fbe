import { UserError } from '../errors.ts';
import { code, paragraph, text, type Block, type Message } from '../message.ts';
import type { ArgDefinition } from '../platform.ts';
import { defineCommand, type Command } from './command.ts';
import { nearest } from './nearest.ts';
import { privateReply } from './output/reply.ts';
import { said } from './input/words.ts';

/** Help over `list()`, which is read when asked, since help itself stands in that list. */
export function createHelp(list: () => readonly Command[]): Command {
  return defineCommand({
    name: 'help',
    summary: 'Show what Paperboy can do',
    private: true,
    args: [{ name: 'command', summary: 'the command to explain', kind: 'text', required: false }],
    example: 'help topic',
    run({ command }) {
      const message = command === undefined ? overview(list()) : explain(find(command, list()));
      return Promise.resolve(privateReply(message));
    },
  });
}

function find(name: string, commands: readonly Command[]): Command {
  const wanted = name.toLowerCase().replace(/^\/?(?:papers )?/, '');
  const command = commands.find((each) => each.name === wanted);
  if (command !== undefined) return command;
  const names = commands.map((each) => each.name);
  const guesses = nearest(wanted, names, 2);
  throw new UserError(
    `There is no ${said(name)} command. ` +
      (guesses.length > 0
        ? `Did you mean ${guesses.join(' or ')}?`
        : `There are ${names.join(', ')}.`),
  );
}

function overview(commands: readonly Command[]): Message {
  return {
    summary: `Paperboy’s commands: ${commands.map(({ name }) => name).join(', ')}`,
    blocks: [
      { type: 'heading', text: 'What Paperboy can do' },
      {
        type: 'list',
        ordered: false,
        items: commands.map((command) => [code(usage(command)), text(` — ${command.summary}`)]),
      },
      paragraph('React with 🔖 to a posted paper to keep it; take the reaction back to let it go.'),
      paragraph('More about one command: ', code('/papers help topic')),
    ],
  };
}

function explain(command: Command): Message {
  const blocks: Block[] = [
    { type: 'heading', text: command.summary },
    paragraph(code(usage(command))),
    ...(command.args.length === 0 ? [] : [argList(command.args)]),
    paragraph('For example: ', code(`/papers ${command.example}`)),
  ];
  if (command.manages !== undefined) {
    const deed = command.manages === 'partly' ? 'change anything with it' : 'use it';
    blocks.push(paragraph(`Only people who may manage this channel can ${deed}.`));
  }
  return { summary: `${usage(command)}: ${command.summary}`, blocks };
}

function argList(args: readonly ArgDefinition[]): Block {
  return {
    type: 'list',
    ordered: false,
    items: args.map(({ name, summary }) => [code(name), text(` — ${summary}`)]),
  };
}

/**
 * `/papers topic <query> [count] [since]`: what must be given, and what may be everywhere. What only
 * some services offer stands in the explanation of the command alone.
 */
function usage({ name, args }: Command): string {
  const everywhere = args.filter(({ links }) => links !== true);
  const words = everywhere.map((arg) => {
    const choices = arg.choices?.join('|') ?? arg.name;
    return arg.required ? `<${choices}>` : `[${choices}]`;
  });
  return ['/papers', name, ...words].join(' ');
}
