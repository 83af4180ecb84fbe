import type { SearchAnswer, SearchHit, SearchOptions } from '../commands/command.ts';
import { messageOf } from '../errors.ts';
import { toAskedId, type DateString, type Paper } from '../paper.ts';
import type { ChannelRef } from '../platform.ts';
import { findPapers } from '../store/papers.ts';
import type { Meaning } from '../vectors/index.ts';
import type { SourceAnswer } from './ask.ts';
import { isKnownTo } from './archive.ts';
import { createExplain } from './explain.ts';
import { gather, type Gathered, type GatherSettings } from './gather.ts';
import { createConditions } from './holds.ts';
import { joinFacts, mergeFinds, type MergedFind } from './merge.ts';
import { isSince } from './since.ts';
import { heldWords, respell } from './spelling.ts';
import { waysOf } from './variants.ts';

export interface SearchSettings extends GatherSettings {
  /** Keeps the papers that sources told us about and readers will see, so that they can be saved. */
  keep(papers: readonly Paper[]): Promise<void>;
  /** Which papers may not show in the channel; none if absent. */
  mutedIn?(channel: ChannelRef): Promise<(paper: Paper) => boolean>;
  /** On which day each of these papers was posted in the channel; those never posted are left out. */
  postedOn?(channel: ChannelRef, ids: readonly string[]): Promise<ReadonlyMap<string, DateString>>;
}

/**
 * Searches the archive and every source, merged by paper. A source that is slow or fails leaves a
 * note; rejects only when the archive can't be read. Any text is safe.
 */
export type Search = (query: string, options: SearchOptions) => Promise<SearchAnswer>;

const MUTED_NOTE =
  'Left out are papers that this channel mutes, or that were withdrawn. See /papers mute list.';

export function createSearch(settings: SearchSettings): Search {
  return async (query, options) => {
    const isMuted = await mutesOf(settings, query, options);
    const gathered = await gather(settings, query, { ...options, isMuted });
    const { archive, answers } = gathered;
    const meets = createConditions(query);
    const told = answers.map(({ from, papers }) => ({
      from,
      papers: papers.filter((paper) => isSince(paper, options.since) && meets(paper)),
    }));
    const merged = mergeFinds([{ from: 'archive', papers: archive.papers }, ...told]);
    const { shown, hidden } = withoutMuted(merged, options.limit, isMuted);
    const known = await withKnownFacts(settings, shown);
    await keepTold(
      settings,
      shown,
      told.flatMap(({ papers }) => papers),
    );
    const hits = await withPostedOn(settings, known, options.channel);
    const notes = [
      ...(hidden ? [MUTED_NOTE] : []),
      ...(await meaningNotes(settings, query, archive.meaning)),
      ...toNotes(answers, hits.length),
    ];
    return {
      hits: hits.map(explained(query, archive)),
      notes,
      tried: triedBy(query, gathered),
      ...(hidden && hits.length === 0 && { allMuted: true }),
    };
  };
}

type IsMuted = (paper: Paper) => boolean;

/** A paper that is asked for by its id is no topic. */
async function mutesOf(
  settings: SearchSettings,
  query: string,
  { channel }: SearchOptions,
): Promise<IsMuted> {
  const isTopic = channel !== undefined && toAskedId(query) === undefined;
  return (isTopic ? await settings.mutedIn?.(channel) : undefined) ?? (() => false);
}

function withoutMuted(
  merged: readonly MergedFind[],
  limit: number,
  isMuted: IsMuted,
): { shown: readonly MergedFind[]; hidden: boolean } {
  const count = Math.max(0, limit);
  const open = merged.filter(({ paper }) => !isMuted(paper));
  const hidden = merged.slice(0, count).some(({ paper }) => isMuted(paper));
  return { shown: open.slice(0, count), hidden };
}

function triedBy(query: string, { archive, answers }: Gathered): SearchAnswer['tried'] {
  const told = answers.filter(({ problem }) => problem === undefined);
  const isKnown = archive.meaning ? isKnownTo(archive.meaning) : () => false;
  const ways = toAskedId(query) === undefined ? waysOf(query, isKnown) : [];
  return { places: ['archive', ...told.map(({ from }) => from)], ways };
}

function explained(
  query: string,
  { inWords, meaning }: Gathered['archive'],
): (hit: SearchHit) => SearchHit {
  const explain = createExplain(query, meaning && isKnownTo(meaning));
  const isId = toAskedId(query) !== undefined;
  return (hit) => {
    const why =
      isId || !hit.from.includes('archive')
        ? undefined
        : explain(hit.paper, inWords.has(hit.paper.id));
    return why === undefined ? hit : { ...hit, why };
  };
}

async function meaningNotes(
  { store }: SearchSettings,
  query: string,
  meaning: Meaning | undefined,
): Promise<string[]> {
  const held = (words: readonly string[]) => heldWords(store, words);
  const better = meaning && (await respell(query, meaning.words, held));
  const note = meaning?.note;
  return [...(better === undefined ? [] : [`Did you mean ${better}?`]), ...(note ? [note] : [])];
}

/** The archive may know a paper that its own search didn't find; what it knows is shown. */
async function withKnownFacts(
  { store }: SearchSettings,
  shown: readonly MergedFind[],
): Promise<MergedFind[]> {
  const elsewhere = shown.filter(({ from }) => !from.includes('archive'));
  const kept = await findPapers(
    store,
    elsewhere.map(({ paper }) => paper.id),
  );
  const known = new Map(kept.map((paper) => [paper.id, paper]));
  return shown.map(({ paper, from }) => {
    const facts = known.get(paper.id);
    return { paper: facts === undefined ? paper : joinFacts(facts, paper), from };
  });
}

async function keepTold(
  settings: SearchSettings,
  shown: readonly MergedFind[],
  told: readonly Paper[],
): Promise<void> {
  const ids = new Set(shown.map(({ paper }) => paper.id));
  const papers = told.filter(({ id }) => ids.has(id));
  if (papers.length === 0) return;
  // The reader still gets the answer: what can't be kept now is fetched again by `show`.
  await settings.keep(papers).catch((error: unknown) => {
    settings.log.error({ reason: messageOf(error) }, 'the finds of a search could not be kept');
  });
}

async function withPostedOn(
  settings: SearchSettings,
  shown: readonly MergedFind[],
  channel: ChannelRef | undefined,
): Promise<SearchHit[]> {
  if (channel === undefined || shown.length === 0) return [...shown];
  const ids = shown.map(({ paper }) => paper.id);
  const days = await settings.postedOn?.(channel, ids);
  return shown.map((hit) => {
    const day = days?.get(hit.paper.id);
    return day === undefined ? hit : { ...hit, postedOn: day };
  });
}

function toNotes(answers: readonly SourceAnswer[], found: number): string[] {
  const silent = answers.filter(({ problem }) => problem !== undefined);
  const alone = silent.length === answers.length;
  return silent.map(({ from, problem }) => {
    if (!alone) return `${from} ${problem ?? ''}; its finds are missing here.`;
    const rest = found > 0 ? 'these are from the archive alone' : 'the archive alone has nothing';
    return `${from} ${problem ?? ''}; ${rest}.`;
  });
}
