import { UserError } from '../../errors.ts';
import { code, paragraph, text, type Message } from '../../message.ts';
import type { Command, CommandArg, CommandContext, Subscription } from '../command.ts';
import { NO_DIGESTS } from '../output/describe.ts';
import { notice, privateReply, publicReply } from '../output/reply.ts';
import { mayManage } from './rights.ts';
import { suggestTopicList } from './suggestions.ts';
import { limited, parseTopics, splitTopics, writeTopic, writeTopics } from './topic-list.ts';
import { said } from './words.ts';

/** A list of topics that a channel keeps. */
export interface Preference {
  readonly name: string;
  readonly summary: string;
  readonly example: string;
  /** The part of the subscription that holds it. */
  readonly field: 'topics' | 'muted';
  /** What it does to papers: `come first here`. */
  readonly effect: string;
}

const ACTIONS = ['add', 'remove', 'list'] as const;

const ARGS: readonly CommandArg[] = [
  {
    name: 'action',
    summary: 'add, remove or list',
    kind: 'text',
    required: true,
    choices: ACTIONS,
    trust: () => 'doubtful',
  },
  {
    name: 'query',
    summary: 'topics, separated by commas: words, author:"Jane Doe" or org:Google',
    kind: 'text',
    required: false,
    rest: true,
    list: true,
    suggest: suggestTopicList,
  },
];

/** The command that adds to such a list, takes from it and shows it. */
export function preference(wanted: Preference): Command {
  const { name, summary, example } = wanted;
  return {
    name,
    summary,
    example,
    manages: 'partly',
    args: ARGS,
    async run(args, context) {
      const { action, query } = args as { action: string; query: string | undefined };
      const subscription = await subscribed(context);
      const now = subscription[wanted.field];
      if (action === 'list') return privateReply(describe(wanted, now));
      mayManage(context.call, name);
      const read = action === 'add' ? parseTopics : splitTopics;
      const changed = change(action, now, someOf(read(query ?? ''), wanted));
      const { channel, reader } = context.call;
      const { field } = wanted;
      await context.services.setTopics({ channel, reader, field, topics: changed });
      return publicReply(describe(wanted, changed));
    },
  };
}

async function subscribed({ call, services }: CommandContext): Promise<Subscription> {
  const subscription = await services.subscription(call.channel);
  if (subscription !== undefined) return subscription;
  throw new UserError(NO_DIGESTS);
}

function someOf(topics: string[], { name, example }: Preference): string[] {
  if (topics.length > 0) return topics;
  throw new UserError(`Which topics? For example: /papers ${example}. ${name} list shows them.`);
}

function change(action: string, now: readonly string[], topics: readonly string[]): string[] {
  const key = (topic: string) => topic.toLowerCase();
  const given = new Set(topics.map(key));
  const others = now.filter((topic) => !given.has(key(topic)));
  if (action === 'add') return limited([...others, ...topics]);
  const missing = topics.find((topic) => !now.some((each) => key(each) === key(topic)));
  if (missing === undefined) return others;
  const list = now.length === 0 ? 'There is nothing on it.' : `On it: ${writeTopics(now)}.`;
  throw new UserError(`${said(missing)} is not on the list. ${list}`);
}

function describe({ name, effect }: Preference, topics: readonly string[]): Message {
  if (topics.length === 0) {
    return notice(
      `There are no topics whose papers ${effect}. Add some: /papers ${name} add agents`,
    );
  }
  const title = `Papers about these topics ${effect}:`;
  return {
    summary: `${title} ${writeTopics(topics)}`,
    blocks: [
      paragraph(title),
      { type: 'list', ordered: false, items: topics.map((topic) => [text(topic)]) },
      paragraph('To take one off: ', code(`/papers ${name} remove ${writeTopic(topics[0] ?? '')}`)),
    ],
  };
}
