import type { IncomingMessage, ServerResponse } from 'node:http';
import { checkMessage } from './block-limits.ts';
import type { Faults } from './faults.ts';
import { readArgs } from './http.ts';
import { checkImages } from './images.ts';
import { objectsOf, textOf, type Json } from './json.ts';
import type { Limits } from './limits.ts';
import { misbehave, sitOut } from './misbehave.ts';
import { Refusal } from './refusal.ts';
import { nextId, nextTs, type World } from './world.ts';

/** https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
const MOST_USES = 5;
const LIFE_MS = 30 * 60_000;

/** Refusals of the address; the others are of what was sent to it. */
const GONE = new Set(['expired_url', 'used_url']);

interface Origin {
  readonly team: string;
  readonly channel: string;
  readonly user: string;
  /** The message whose button was pressed: `replace_original` changes it. */
  readonly ts?: string;
}

export interface ResponseUrls {
  /** A new address that answers for this command or press. */
  make(origin: Origin): string;
  answer(id: string, request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** What a fault of these addresses is planned for, as if it were a method. */
const METHOD = 'response_url';

export function createResponseUrls(
  world: World,
  host: () => string,
  limits: Limits,
  faults: Faults,
): ResponseUrls {
  const urls = new Map<string, { readonly origin: Origin; readonly until: number; uses: number }>();

  function take(id: string): Origin {
    const url = urls.get(id);
    if (url === undefined || url.until < world.clock.now()) throw new Refusal('expired_url');
    if (url.uses >= MOST_USES) throw new Refusal('used_url');
    url.uses += 1;
    return url.origin;
  }

  return {
    make(origin) {
      const id = nextId(world, 'response-');
      urls.set(id, { origin, until: world.clock.now() + LIFE_MS, uses: 0 });
      return `http://${host()}/actions/${origin.team}/${id}`;
    },
    async answer(id, request, response) {
      const args = await readArgs(request);
      const fault = await sitOut(faults.take(METHOD, undefined, ''));
      if (fault !== undefined) {
        misbehave(fault, response);
        return;
      }
      try {
        respond(world, take(id), args, limits);
        response.writeHead(200).end('ok');
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        response
          .writeHead(GONE.has(error.error) ? 404 : 400)
          .end(JSON.stringify({ ok: false, error: error.error }));
      }
    },
  };
}

function respond(world: World, origin: Origin, args: Json, limits: Limits): void {
  const old = world.messages.find(
    ({ ts, channel }) => ts === origin.ts && channel === origin.channel,
  );
  if (args['delete_original'] === true) {
    if (old !== undefined) world.messages.splice(world.messages.indexOf(old), 1);
    return;
  }
  checkMessage(textOf(args['text']), args['blocks']);
  checkImages(world, args['blocks']);
  if (args['replace_original'] === true && old !== undefined) {
    Object.assign(old, { text: textOf(args['text']), blocks: objectsOf(args['blocks']), args });
    old.edited += 1;
    return;
  }
  const isPublic = args['response_type'] === 'in_channel';
  const verdict = isPublic ? limits.post(origin.team, origin.channel) : 'taken';
  const bot = world.installs.get(origin.team)?.botUser ?? '';
  world.messages.push({
    ts: nextTs(world),
    channel: origin.channel,
    team: origin.team,
    user: bot,
    text: textOf(args['text']),
    blocks: objectsOf(args['blocks']),
    args,
    hidden: verdict !== 'taken',
    edited: 0,
    unfurls: {},
    reactions: new Map(),
    ...(textOf(args['thread_ts']) !== '' && { threadTs: textOf(args['thread_ts']) }),
    ...(!isPublic && { onlyFor: origin.user }),
  });
}
