import { dayAndMonth } from '../compose.ts';
import { paragraph, strong, text, type Block, type Span } from '../message.ts';
import { describeMoment } from '../moment.ts';
import { defineCommand, type SourceState, type StatusReport, HELD_ADVICE } from './command.ts';
import { describeSubscription } from './output/describe.ts';
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
      { type: 'heading', text: 'This channel' },
      ...nextDigest(report, now),
      ...refusalOf(report, now),
      ...deliveryList(report.deliveries),
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
    return [paragraph('This channel gets no digests. /papers subscribe starts them.')];
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

function refusalOf({ refusal, subscription }: StatusReport, now: Date): Block[] {
  if (refusal === undefined) return [];
  const timezone = subscription?.timezone ?? 'UTC';
  const next = describeMoment(refusal.nextTry, timezone, now);
  return [
    paragraph(strong('I can’t post here: '), refusal.reason),
    paragraph(`I try again ${next}; what waits comes then.`),
  ];
}

function deliveryList(deliveries: StatusReport['deliveries']): Block[] {
  if (deliveries.length === 0) return [];
  return [
    paragraph('Last digests:'),
    { type: 'list', ordered: false, items: deliveries.map((each) => [text(deliveryLine(each))]) },
  ];
}

function deliveryLine(delivery: StatusReport['deliveries'][number]): string {
  const { localDate, sent, planned, held = 0, asked, problem } = delivery;
  const day = `${dayAndMonth(localDate)}${asked === true ? ', asked for' : ''}`;
  const share = sent === planned ? 'posted' : `${sent} of ${counted(planned, 'message')} posted`;
  const kept = held === 0 ? '' : `, ${held} held`;
  const why = problem === undefined ? '' : ` — ${problem}`;
  return `${day}: ${share}${kept}${why}${held === 0 ? '' : ` ${HELD_ADVICE}`}`;
}

function summaryOf({ sources, paperCount }: StatusReport): string {
  const states = sources.map(({ name, kind }) => `${name} is ${kind}`);
  return [...states, `${counted(paperCount, 'paper')} in the archive`].join('; ');
}
