import { eventually } from '../e2e/paperboy-process.ts';
import type { RecordedRequest } from '../fakes/discord-server/http/rest.ts';
import { createOpenApi } from '../fakes/discord-server/openapi.ts';
import { startBot, type Bot } from './bot.ts';
import { openLedger } from './ledger.ts';
import { openStage, type Stage, type StageOptions } from './stage.ts';

export interface CrowdOptions extends Pick<StageOptions, 'folder' | 'channels'> {
  /** How long after the crowd's slot the program starts, in milliseconds; below 0, before it. */
  readonly lateMs: number;
}

/** What Discord saw of a crowd that was due at one moment. */
export interface Crowd {
  /** Requests of any kind in the fullest second. */
  readonly mostInASecond: number;
  /** From the program's start to its last message, in milliseconds. */
  readonly tookMs: number;
  /** Requests that met a limit. */
  readonly refused: number;
  /** How many messages stand in each channel. */
  readonly messages: readonly number[];
}

/** Longer than a crowd may take, so that it is seen how late the last one was. */
const PATIENCE_MS = 1_200_000;

/** Has the program post the digests of a crowd. */
export async function postCrowd({ lateMs, ...options }: CrowdOptions): Promise<Crowd> {
  const stage = await openStage({ ...options, isCrowd: true });
  warmUp();
  const ledger = openLedger(stage.database);
  const due = ledger.nextDue();
  await stage.advance(due + lateMs - stage.now());
  const began = Date.now();
  const bot = startBot({ ...stage.env, NODE_OPTIONS: `--import ${STAMP}` });
  try {
    bot.go(stage.ahead());
    const isOver = () => ledger.nextDue() > due && ledger.open() === 0;
    await eventually(() => isOver() || hasEnded(bot) || undefined, PATIENCE_MS, bot.said);
    await bot.end('SIGTERM');
    return seenOf(stage, began);
  } finally {
    await bot.end('SIGKILL');
    ledger.close();
    await stage.close();
  }
}

const SENT_AT = 'x-sent-at';

/**
 * Runs before the program, and writes on each request when it is sent: what comes in while the
 * server is busy with something else is read all at once.
 */
const STAMP = `data:text/javascript,${encodeURIComponent(`
  import { subscribe } from 'node:diagnostics_channel';
  subscribe('undici:request:create', ({ request }) => {
    request.addHeader('${SENT_AT}', String(performance.timeOrigin + performance.now()));
  });
`)}`;

/** The server reads Discord's description with its first message, and takes no request meanwhile. */
function warmUp(): void {
  createOpenApi().check('POST', '/channels/1/messages', { content: 'A digest' });
}

function hasEnded(bot: Bot): boolean {
  if (bot.ended() === undefined) return false;
  throw new Error(`Paperboy ended by itself: ${bot.said()}`);
}

function seenOf({ discord, channels }: Stage, began: number): Crowd {
  const sentAt = ({ headers }: RecordedRequest) => Number(headers[SENT_AT]);
  const posts = discord.requests.filter(({ path }) => path.endsWith('/messages'));
  return {
    mostInASecond: mostInASecond(discord.requests.map(sentAt)),
    tookMs: Math.max(...posts.map(sentAt)) - began,
    refused: discord.countOf429(),
    messages: channels.map(({ channel }) => discord.messagesIn(channel).length),
  };
}

const SECOND_MS = 1_000;

/** Of moments in milliseconds. */
function mostInASecond(moments: readonly number[]): number {
  const times = moments.toSorted((one, other) => one - other);
  let [most, first] = [0, 0];
  for (const [index, time] of times.entries()) {
    while (time - times[first]! >= SECOND_MS) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}
