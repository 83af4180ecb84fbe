import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBookmarks } from '../../../src/core/bookmarks/index.ts';
import { createLibraries } from '../../../src/core/bookmarks/libraries.ts';
import { selectDigest } from '../../../src/core/digest/index.ts';
import type { Paper } from '../../../src/core/paper.ts';
import type { ChannelRef } from '../../../src/core/platform.ts';
import { nextContent, readOnce } from '../../../src/core/schedule/index.ts';
import type { Store } from '../../../src/core/store/open.ts';
import { savePapers } from '../../../src/core/store/papers.ts';
import { createTastes, type Tastes, type Whose } from '../../../src/core/tastes/index.ts';
import { createVectors } from '../../../src/core/vectors/index.ts';
import { createLog } from '../commands/services.ts';
import { aStore } from '../store-fixtures.ts';
import { themedPapers, themeOf } from '../vectors/themes.ts';

const NOW = '2026-08-21T12:00:00.000Z';
const clock = () => new Date(NOW);
const archive = themedPapers(240);
const tomorrow = themedPapers(60, 1001).map((paper) => ({ ...paper, listDate: '2026-08-21' }));

const LAB: ChannelRef = { platform: 'test', tenant: 'lab', channel: 'papers' };

let store: Store;
let tastes: Tastes;
beforeEach(async () => {
  store = await aStore([...archive, ...tomorrow]);
  const vectors = createVectors({ store, clock, log: createLog() });
  await vectors.tend();
  tastes = createTastes(store, vectors);
});
afterEach(() => store.destroy());

/** Posts papers to a channel, and lets a reader react to each. */
async function react(channel: ChannelRef, papers: readonly string[], emoji: string) {
  const { platform, tenant } = channel;
  const digest = await store
    .insertInto('digests')
    .values({
      ...channel,
      local_date: `${emoji}${papers.join()}`,
      list_date: null,
      planned_at: NOW,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (const paper of papers) {
    await store
      .insertInto('posted_papers')
      .values({ ...channel, paper_id: paper, digest_id: digest.id })
      .execute();
    const message = { ...channel, message: paper };
    const bookmarks = createBookmarks(store, clock);
    await bookmarks.remember(message, [paper]);
    await bookmarks.react({
      emoji,
      added: true,
      message,
      reader: { platform, tenant, user: 'ada' },
    });
  }
}

function options() {
  const profile = { topics: [], muted: [], follows: [] };
  const settings = { weights: {}, profile };
  return { store, settings, now: clock(), ...readOnce(store), tastes };
}

/** Tomorrow's digest of a channel. */
function digest(channel: ChannelRef) {
  return selectDigest(options(), { count: 2, topics: [], dates: ['2026-08-21'], channel });
}

async function tasteOf(whose: Whose) {
  return (await tastes.aim({ whose, topics: [], papers: [] }))?.taste;
}

async function directionsOf(papers: readonly Paper[]) {
  return (await tastes.aim({ topics: [], papers }))!.directions;
}

const ofTheme = (theme: number) =>
  archive.filter((paper) => themeOf(paper) === theme).map(({ id }) => id);

describe('createTastes', () => {
  it('changes tomorrow’s digest for a reason that readers can read', async () => {
    const [before] = (await digest(LAB)).ranked;
    expect(before?.why).toBeUndefined();
    await react(LAB, ofTheme(2).slice(0, 3), '🔖');
    const { ranked } = await digest(LAB);
    expect(ranked.map(({ paper }) => themeOf(paper, 1001))).toContain(2);
    expect(ranked[0]?.why).toMatch(/^like (3 papers liked here, such as “.+”|“.+”, liked here)$/);
  });

  it('changes tomorrow’s personal digest for a reader who saved three papers elsewhere', async () => {
    const reader = { platform: 'test', tenant: 'lab', user: 'ada' };
    const direct = { platform: 'test', tenant: 'lab', channel: 'D-ada' };
    const closed = '2026-08-21';
    const wish = {
      channel: direct,
      reader,
      count: 2,
      topics: [],
      muted: [],
      mode: 'settled',
    } as const;
    const next = async (personal: boolean) =>
      (await nextContent(options(), { ...wish, personal }, { closed, opened: closed }, [])).ranked;
    const [before] = await next(true);
    expect(before?.why).toBeUndefined();
    const bookmarks = createBookmarks(store, clock);
    for (const id of ofTheme(2).slice(0, 3)) await bookmarks.save(reader, id);
    const ranked = await next(true);
    expect(ranked.map(({ paper }) => themeOf(paper, 1001))).toContain(2);
    expect(ranked[0]?.why).toMatch(
      /^like (3 papers saved by you, such as “.+”|“.+”, saved by you)$/,
    );
    // In a channel nobody's bookmarks show.
    expect((await next(false))[0]?.why).toBeUndefined();
  });

  it('learns from thumbs down, and knows nothing of a quiet channel', async () => {
    expect(await tasteOf({ channel: LAB })).toBeUndefined();
    await react(LAB, ofTheme(1).slice(0, 2), '👎');
    const taste = (await tasteOf({ channel: LAB }))!;
    const directions = await directionsOf(archive);
    const mean = (theme: number) => {
      const values = ofTheme(theme).map((id) => taste.liking(directions.get(id)!));
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    expect(taste.kept).toEqual([]);
    expect(mean(1)).toBeLessThan(mean(3));
  });

  it('never lets one channel or tenant learn from another', async () => {
    const part = fc.constantFrom('a', 'b');
    const anyChannel = fc.record({ platform: part, tenant: part, channel: part });
    const key = (channel: ChannelRef) => JSON.stringify(Object.values(channel));
    const asked = { platform: 'a', tenant: 'a', channel: 'a' };
    const papers = archive.map(({ id }) => id);
    let next = 0;
    await fc.assert(
      fc.asyncProperty(
        anyChannel.filter((channel) => key(channel) !== key(asked)),
        fc.constantFrom('🔖', '👍', '👎'),
        async (other, emoji) => {
          await react(other, papers.slice(next, (next += 2)), emoji);
          expect(await tasteOf({ channel: asked })).toBeUndefined();
        },
      ),
      { numRuns: 20 },
    );
  });

  it('knows one reader’s own taste wherever they are, and nobody else’s', async () => {
    const ada = { platform: 'test', tenant: 'lab', user: 'ada' };
    const [saved, liked, disliked] = [ofTheme(0)[0]!, ofTheme(2)[0]!, ofTheme(3)[0]!];
    expect(await tasteOf({ reader: ada })).toBeUndefined();
    expect(await tastes.knows(ada)).toBe(false);
    await createBookmarks(store, clock).save(ada, saved);
    await react({ ...LAB, channel: 'another' }, [liked], '👍');
    await react(LAB, [disliked], '👎');
    const titleOf = (id: string) => archive.find((paper) => paper.id === id)?.title;
    const taste = (await tasteOf({ reader: ada }))!;
    expect(await tastes.knows(ada)).toBe(true);
    expect(taste.kept.map(({ title, how }) => [title, how]).sort()).toEqual(
      [
        [titleOf(liked), 'liked by you'],
        [titleOf(saved), 'saved by you'],
      ].sort(),
    );
    const directions = await directionsOf(archive);
    const likes = (id: string) => taste.liking(directions.get(id)!);
    expect(likes(disliked)).toBeLessThan(Math.min(likes(saved), likes(liked)));
    for (const other of [{ user: 'bob' }, { tenant: 'other-lab' }, { platform: 'other' }]) {
      expect(await tasteOf({ reader: { ...ada, ...other } })).toBeUndefined();
    }
  });

  it('knows one reader’s taste over the whole of a joined library', async () => {
    const ada = { platform: 'test', tenant: 'lab', user: 'ada' };
    const there = { platform: 'other', tenant: 'all', user: '17' };
    const [saved, liked] = [ofTheme(0)[0]!, ofTheme(2)[0]!];
    const bookmarks = createBookmarks(store, clock);
    await bookmarks.save(ada, saved);
    await bookmarks.save(there, saved);
    const message = { platform: 'other', tenant: 'club', channel: 'c', message: liked };
    await bookmarks.remember(message, [liked]);
    await bookmarks.react({ emoji: '👍', added: true, message, reader: there });
    const howOf = async () => (await tasteOf({ reader: ada }))!.kept.map(({ how }) => how).sort();
    expect(await howOf()).toEqual(['saved by you']);
    const libraries = createLibraries(store, clock);
    await libraries.join(there, await libraries.invite(ada));
    expect(await howOf()).toEqual(['liked by you', 'saved by you']);
    await libraries.part(there);
    expect(await howOf()).toEqual(['saved by you']);
  });

  it('counts a thumb by two identities on one message as that message’s one paper', async () => {
    const ada = { platform: 'test', tenant: 'lab', user: 'ada' };
    const guest = { platform: 'test', tenant: 'guest-lab', user: 'ada' };
    const message = { ...LAB, message: 'shared' };
    const bookmarks = createBookmarks(store, clock);
    await bookmarks.remember(message, [ofTheme(2)[0]!]);
    for (const reader of [ada, guest])
      await bookmarks.react({ emoji: '👍', added: true, message, reader });
    const libraries = createLibraries(store, clock);
    await libraries.join(guest, await libraries.invite(ada));
    expect((await tasteOf({ reader: ada }))?.kept).toHaveLength(1);
  });

  it('learns nothing from a thumb on a message with many papers', async () => {
    const ada = { platform: 'test', tenant: 'lab', user: 'ada' };
    const bookmarks = createBookmarks(store, clock);
    const overview = { ...LAB, message: 'overview' };
    await bookmarks.remember(overview, ofTheme(1).slice(0, 3));
    await bookmarks.react({ emoji: '👍', added: true, message: overview, reader: ada });
    expect(await tasteOf({ reader: ada })).toBeUndefined();
    expect(await tastes.knows(ada)).toBe(false);
  });

  it('has no direction for a paper or topic that it can’t know', async () => {
    const [known] = archive;
    const unknown = { ...known!, id: '2608.99999' };
    expect([...(await directionsOf([known!, unknown])).keys()]).toEqual([known!.id]);
    const aim = await tastes.aim({ topics: ['robot', '🎺'], papers: [] });
    expect(aim?.topics.map((each) => each !== undefined)).toEqual([true, false]);
    await savePapers(store, [unknown], NOW);
    expect((await directionsOf([unknown])).size).toBe(1);
  });
});
