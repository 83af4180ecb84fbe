import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { silentLog } from '../../src/core/log.ts';
import { connect, disconnect } from '../../src/discord/connection.ts';
import { createHandlers } from '../../src/discord/handlers.ts';
import { createHealth } from '../../src/discord/health.ts';
import { createWire } from '../../src/discord/wire.ts';
import { createRecordingInbox } from '../contract/recording-inbox.ts';
import { definitions } from '../fixtures/messages.ts';
import { startDiscordServer } from '../fakes/discord-server/index.ts';

/** The bot lives on, and with it its signal; whoever made the connection keeps nothing of it. */
it('A connection that was replaced is forgotten, with all servers and channels that it knew', async () => {
  const server = await startDiscordServer();
  const stopping = new AbortController();
  const clock = () => new Date();
  const ask = () => Promise.reject(new Error('Nobody asks'));
  const settings = { token: server.token, apiUrl: server.url, requestsPerSecond: 25 };
  const connectOnce = async () => {
    const { wire } = createWire({ ask, inbox: createRecordingInbox(), clock, log: silentLog });
    const client = await connect(
      { ...settings, crosspost: false, clock, log: silentLog },
      createHealth(clock, silentLog),
      createHandlers(wire, definitions, () => true),
      { shards: 1, signal: stopping.signal },
    );
    await disconnect(client);
    return new WeakRef(client);
  };
  const replaced = await connectOnce();
  expect(await isForgotten(replaced)).toBe(true);
  await server.close();
});

async function isForgotten(held: WeakRef<object>): Promise<boolean> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let tries = 0; tries < 50 && held.deref() !== undefined; tries += 1) {
    await delay(100);
    collect();
  }
  return held.deref() === undefined;
}
