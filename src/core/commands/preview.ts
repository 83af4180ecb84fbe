import { paperBlocks } from '../compose.ts';
import { link, paragraph, text, type Block, type Span } from '../message.ts';
import { huggingFaceUrl } from '../paper.ts';
import { describeMoment } from '../moment.ts';
import { defineCommand, type NextDigest, type DroppedPaper } from './command.ts';
import { NO_DIGESTS } from './output/describe.ts';
import { counted, privateReply } from './output/reply.ts';

/** Dropped papers shown; more say the same again. */
const DROPPED_SHOWN = 12;

export const preview = defineCommand({
  name: 'preview',
  summary: 'Show what the next digest would hold, and why other papers are left out',
  private: true,
  args: [],
  example: 'preview',
  async run(_args, { call, now, services }) {
    const { ranked, dropped, waits, note, subscription } = await services.nextDigest(call.channel);
    const title = `The next digest would hold ${counted(ranked.length, 'paper')}`;
    const blocks: Block[] = [
      { type: 'heading', text: title },
      ...whenItComes(subscription, now),
      ...(waits === true ? [paragraph(WAITS)] : []),
      ...paperBlocks(ranked),
      ...leftOut(dropped),
      ...(note === undefined ? [] : [paragraph(note)]),
    ];
    return privateReply({ summary: title, blocks });
  },
});

const WAITS = 'Before it comes what waits to be posted here: /papers status shows that.';

function whenItComes(subscription: NextDigest['subscription'], now: Date): Block[] {
  if (subscription === undefined) {
    return [paragraph(NO_DIGESTS)];
  }
  const moment = describeMoment(subscription.nextDue, subscription.timezone, now);
  return [paragraph(`It comes ${moment}; until then lists and votes may change.`)];
}

function leftOut(dropped: readonly DroppedPaper[]): Block[] {
  if (dropped.length === 0) return [];
  const items = dropped
    .slice(0, DROPPED_SHOWN)
    .map(({ paper, reason }): Span[] => [
      link(paper.title, huggingFaceUrl(paper.id)),
      text(` — ${reason}`),
    ]);
  const more = dropped.length - items.length;
  return [
    paragraph(`Left out (${dropped.length}):`),
    { type: 'list', ordered: false, items },
    ...(more > 0 ? [paragraph(`And ${counted(more, 'more paper')}.`)] : []),
  ];
}
