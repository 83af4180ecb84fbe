import { afterEach, describe, expect, it } from 'vitest';
import { createRecordingInbox } from '../contract/recording-inbox.ts';
import { definitions, lineMessage } from '../fixtures/messages.ts';
import { failureOf, openScene, type Scene, type SceneOptions } from './open-discord.ts';
import { wordsOf } from './screen.ts';

const HOUR_MS = 3_600_000;

let scene: Scene;

async function open(server: NonNullable<SceneOptions['server']>): Promise<void> {
  scene = await openScene({ server });
  await scene.platform.start(createRecordingInbox(), definitions);
}

afterEach(() => scene.close());

function post(key: string) {
  return scene.platform.post(scene.ref, lineMessage(key), { key });
}

function edits(): number {
  return scene.server.requests.filter(({ method }) => method === 'PATCH').length;
}

describe('The quota of edits to messages older than an hour', () => {
  it('puts off those of its channel at the cost of one request, and no younger ones', async () => {
    await open({ oldEditsPerHour: 1 });
    const { server, platform } = scene;
    const old = [await post('a'), await post('b'), await post('c')];
    server.clock.advance(HOUR_MS + 1);
    const young = await post('d');
    await platform.update(old[0]!, lineMessage('a again'));

    const refused = await failureOf(platform.update(old[1]!, lineMessage('b again')));
    expect(refused.kind).toBe('rate-limited');
    expect(refused.message).toMatch(/edits .* older than an hour/);
    expect(refused.retryAfterMs).toBeGreaterThan(HOUR_MS - 60_000);
    const spent = edits();
    await failureOf(platform.update(old[2]!, lineMessage('c again')));
    expect(edits()).toBe(spent);

    await platform.update(young, lineMessage('d again'));
    server.clock.advance(HOUR_MS + 1);
    await platform.update(old[1]!, lineMessage('b again'));
    const shown = server.messagesIn(scene.channel.id).map(wordsOf);
    expect(shown).toEqual(['a again', 'b again', 'c', 'd again']);
  });
});

describe('The quota of active threads', () => {
  it('is told with what to do, and the papers follow once there is room', async () => {
    await open({ maxActiveThreads: 1 });
    const { server, platform, ref, channel } = scene;
    const other = server.addThread(channel, { name: 'talk' });
    const overview = await post('a');
    const below = () => platform.post(ref, lineMessage('paper'), { key: 'p', thread: overview });
    const { kind, message } = await failureOf(below());
    expect([kind, message]).toEqual(['no-access', expect.stringMatching(/archive some/)]);
    server.setThread(other, { archived: true });
    await below();
    expect(server.messagesIn(overview.message).map(wordsOf)).toEqual(['paper']);
  });
});
