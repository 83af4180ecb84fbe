import { dayAndMonth } from '../compose.ts';
import { paragraph, strong, text, type Block, type Span } from '../message.ts';
import { describeMoment } from '../moment.ts';
import {
  defineCommand,
  type DigestSummary,
  type SourceState,
  type StatusReport,
  HELD_ADVICE,
} from './command.ts';
import { describeSubscription, NO_DIGESTS } from './output/describe.ts';
import { counted, privateReply } from './output/reply.ts';

export const status = defineCommand({
  name: 'status',
  summary: 'Show how the sources are, the next digest, and any problem',
  private: true,
  args: [],
  example: 'status',
  async run(_args, { call, now, services }) {
    const report = await services.status(call.channel);
    const blocks: Block[] = [
      { type: 'heading', text: 'Sources' },
      { type: 'list', ordered: false, items: report.sources.map(sourceLine) },
      paragraph(`${counted(report.paperCount, 'paper')} in the archive. ${report.meaning.detail}`),
      { type: 'heading', text: 'Here' },
      ...nextDigest(report, now),
      ...refusalOf(report, now),
      ...deliveryList(report, now),
    ];
    return privateReply({ summary: summaryOf(report), blocks });
  },
});

function sourceLine({ name, kind, detail, skipped }: SourceState): readonly Span[] {
  const left = skipped.length === 0 ? '' : ` ${counted(skipped.length, 'item')} could not be read.`;
  return [strong(name), text(`: ${kind} — ${detail}${left}`)];
}

function nextDigest({ subscription, unplanned }: StatusReport, now: Date): Block[] {
  if (subscription === undefined) {
    return [paragraph(NO_DIGESTS)];
  }
  const said = (moment: Date) => describeMoment(moment, subscription.timezone, now);
  return [
    paragraph(describeSubscription(subscription)),
    unplanned === undefined
      ? paragraph(`The next digest comes ${said(subscription.nextDue)}.`)
      : paragraph(
          strong('Its digest could not be made. '),
          `I try again ${said(unplanned.nextTry)}.`,
        ),
  ];
}

const NOWHERE = 'I can’t post here: ';
const NO_THREAD = 'The thread of a digest takes nothing: ';

function refusalOf({ refusal, subscription }: StatusReport, now: Date): Block[] {
  if (refusal === undefined) return [];
  const timezone = subscription?.timezone ?? 'UTC';
  const next = describeMoment(refusal.nextTry, timezone, now);
  return [
    paragraph(strong(refusal.threadsOnly === true ? NO_THREAD : NOWHERE), refusal.reason),
    paragraph(`I try again ${next}; what waits comes then.`),
  ];
}

function deliveryList({ deliveries, subscription }: StatusReport, now: Date): Block[] {
  const said = (moment: Date) => describeMoment(moment, subscription?.timezone ?? 'UTC', now);
  const line = (each: DigestSummary) => deliveryLine(each, now, said);
  if (deliveries.length === 0) return [];
  return [
    paragraph('Last digests:'),
    { type: 'list', ordered: false, items: deliveries.map((each) => [text(line(each))]) },
  ];
}

type Said = (moment: Date) => string;

function deliveryLine(delivery: DigestSummary, now: Date, said: Said): string {
  const { localDate, sent, planned, held = 0, skipped, asked, problem } = delivery;
  const day = `${dayAndMonth(localDate)}${asked === true ? ', asked for' : ''}`;
  if (skipped === true && problem !== undefined) return `${day}: ${problem}`;
  const share = sent === planned ? 'posted' : `${sent} of ${counted(planned, 'message')} posted`;
  const kept = held === 0 ? '' : `, ${held} held`;
  const why = problem === undefined ? '' : ` — ${problem}`;
  return [`${day}: ${share}${kept}${why}`, ...whatNext(delivery, now, said)].join(' ');
}

/** What becomes of the pages that are not posted, where something went wrong. */
function whatNext(delivery: DigestSummary, now: Date, said: Said): string[] {
  const { sent, planned, held = 0, waiting = 0, nextTry, problem } = delivery;
  if (held > 0) return [HELD_ADVICE];
  if (problem === undefined || sent === planned) return [];
  if (waiting === 0) return [sent === 0 ? 'It won’t come.' : 'The rest won’t come.'];
  const moment = nextTry === undefined ? now : new Date(nextTry);
  return [`It is tried again ${moment > now ? said(moment) : 'by itself'}.`];
}

function summaryOf({ sources, paperCount }: StatusReport): string {
  const states = sources.map(({ name, kind }) => `${name} is ${kind}`);
  return [...states, `${counted(paperCount, 'paper')} in the archive`].join('; ');
}
