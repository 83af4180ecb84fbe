import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createBookmarks } from '../../../src/core/bookmarks/index.ts';
import { createLibraries } from '../../../src/core/bookmarks/libraries.ts';
import type { MessageRef, ReaderRef } from '../../../src/core/platform.ts';
import { aList, aStore } from '../store-fixtures.ts';

const readers: readonly ReaderRef[] = [
  { platform: 'fake', tenant: 'lab', user: 'ada' },
  { platform: 'fake', tenant: 'guest-lab', user: 'ada' },
  { platform: 'other', tenant: 'lab', user: 'ada' },
];
const papers = ['2608.00001', '2608.00002', '2608.00003'];

const reader = fc.nat(readers.length - 1);
const paper = fc.nat(papers.length - 1);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('save', 'react'), reader, paper }) },
  fc.record({ kind: fc.constantFrom('unsave', 'unreact'), reader, paper }),
  fc.record({ kind: fc.constant('link'), reader, other: reader }),
  fc.record({ kind: fc.constant('off'), reader }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** What libraries are: what each reader saved there and when, and who is joined with whom. */
class Model {
  readonly saved = readers.map(() => new Map<string, number>());
  groups = readers.map((_, index) => new Set([index]));

  groupOf(index: number): Set<number> {
    return this.groups.find((group) => group.has(index))!;
  }

  list(index: number): string[] {
    const first = new Map<string, number>();
    for (const each of this.groupOf(index))
      for (const [id, at] of this.saved[each]!) first.set(id, Math.min(at, first.get(id) ?? at));
    return [...first.keys()].sort((a, b) => first.get(b)! - first.get(a)!);
  }

  save(index: number, id: string, at: number): boolean {
    const isNew = !this.list(index).includes(id);
    if (!this.saved[index]!.has(id)) this.saved[index]!.set(id, at);
    return isNew;
  }

  unsave(index: number, id: string): boolean {
    const removed = [...this.groupOf(index)].map((each) => this.saved[each]!.delete(id));
    return removed.includes(true);
  }

  link(index: number, other: number): string {
    if (index === other) return 'own';
    const [one, two] = [this.groupOf(index), this.groupOf(other)];
    if (one === two) return 'joined-before';
    const apart = this.groups.filter((each) => each !== one && each !== two);
    this.groups = [...apart, new Set([...one, ...two])];
    return 'joined';
  }

  off(index: number): boolean {
    const group = this.groupOf(index);
    if (group.size === 1) return false;
    group.delete(index);
    this.groups.push(new Set([index]));
    return true;
  }
}

/** The real thing: one database, and messages of each reader's tenant that show one paper each. */
async function open() {
  const store = await aStore(aList('2026-08-20'));
  let at = Date.UTC(2026, 7, 21);
  const clock = () => new Date((at += 1000));
  const bookmarks = createBookmarks(store, clock);
  const libraries = createLibraries(store, clock);
  const messageOf = (who: number, id: string): MessageRef => {
    const { platform, tenant } = readers[who]!;
    return { platform, tenant, channel: 'papers', message: id };
  };
  for (const [who] of readers.entries())
    for (const id of papers) await bookmarks.remember(messageOf(who, id), [id]);

  const react = async (who: number, id: string, added: boolean) => {
    const message = messageOf(who, id);
    await bookmarks.react({ emoji: '🔖', added, message, reader: readers[who]! });
  };
  return { store, bookmarks, libraries, react, now: () => at };
}

type Real = Awaited<ReturnType<typeof open>>;

async function take(each: Step, model: Model, { bookmarks, libraries, react, now }: Real) {
  const who = readers[each.reader]!;
  if ('other' in each) {
    const { outcome } = await libraries.join(readers[each.other]!, await libraries.invite(who));
    expect(outcome).toBe(model.link(each.reader, each.other));
  } else if ('paper' in each) {
    const id = papers[each.paper]!;
    if (each.kind === 'save') {
      const isNew = await bookmarks.save(who, id);
      expect(isNew).toBe(model.save(each.reader, id, now()));
    } else if (each.kind === 'unsave') {
      expect(await bookmarks.unsave(who, id)).toBe(model.unsave(each.reader, id));
    } else {
      await react(each.reader, id, each.kind === 'react');
      if (each.kind === 'react') model.save(each.reader, id, now());
      else model.unsave(each.reader, id);
    }
  } else {
    expect(await libraries.part(who)).toBe(model.off(each.reader));
  }
}

it('libraries are what their readers made of them, whatever they did', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { size: 'max', maxLength: 40 }), async (steps) => {
      const real = await open();
      const model = new Model();
      try {
        for (const each of steps) {
          await take(each, model, real);
          for (const [index, who] of readers.entries()) {
            const listed = (await real.bookmarks.list(who)).map(({ id }) => id);
            expect(listed).toEqual(model.list(index));
            const others = await real.libraries.others(who);
            const joined = [...model.groupOf(index)].filter((other) => other !== index);
            expect(new Set(others)).toEqual(new Set(joined.map((other) => readers[other])));
          }
        }
      } finally {
        await real.store.destroy();
      }
    }),
    { numRuns: 25 },
  );
}, 60_000);
