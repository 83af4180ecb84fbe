import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { BotTask, Order } from './bot.ts';

/** The bot in a process of its own. */
export interface Bot {
  readonly url: string;
  ask<Answer>(order: Order): Promise<Answer>;
  stop(): Promise<void>;
}

export async function startBot(task: BotTask): Promise<Bot> {
  const child = fork(fileURLToPath(new URL('bot.ts', import.meta.url)), [JSON.stringify(task)], {
    execArgv: ['--import', 'tsx', '--expose-gc'],
  });
  const { port } = await answerOf<{ port: number }>(child);
  return {
    url: `http://127.0.0.1:${port}/slack/events`,
    ask: (order) => {
      const answer = answerOf<never>(child);
      child.send(order);
      return answer;
    },
    async stop() {
      child.send('stop' satisfies Order);
      await once(child, 'exit');
    },
  };
}

async function answerOf<Answer>(child: ChildProcess): Promise<Answer> {
  const ended = once(child, 'exit').then(() => {
    throw new Error('The bot’s process has ended');
  });
  const [answer] = (await Promise.race([once(child, 'message'), ended])) as [Answer];
  return answer;
}
