import type { types } from '@slack/bolt';
import { text, type PaperCard, type Span } from '../../core/index.ts';
import { plain, safeUrl } from '../text.ts';
import { CONTEXT_MAX, SECTION_MAX, TITLE_MAX, URL_MAX } from './limits.ts';
import { plainText } from './options.ts';
import { richText } from './rich-text.ts';

/** One paper: its title, a small line of who and why, one sentence beside its picture, and links. */
export function renderCard(card: PaperCard): types.KnownBlock[] {
  return [
    ...richText(titleOf(card)),
    ...byline(card),
    ...summary(card),
    ...richText(linksOf(card)),
  ];
}

function titleOf({ rank, title, href }: PaperCard): Span[] {
  const place: Span[] = rank === undefined ? [] : [{ text: `${rank}. `, style: 'strong' }];
  return [...place, { text: plain(title, TITLE_MAX), style: 'strong', href }];
}

function byline({ authors, organization, upvotes, why }: PaperCard): types.ContextBlock[] {
  const who = [authors, organization ?? ''].filter((part) => part !== '').join(' · ');
  const votes = upvotes === undefined ? '' : `▲ ${upvotes}`;
  const reasons = [votes, why ?? ''].filter((part) => part !== '').join(' · ');
  const lines = [who, reasons].filter((line) => line !== '').join('\n');
  if (lines === '') return [];
  return [{ type: 'context', elements: [plainText(lines, CONTEXT_MAX)] }];
}

function summary({
  summary: sentence = '',
  thumbnail = '',
  title,
}: PaperCard): types.SectionBlock[] {
  if (sentence === '') return [];
  const url = safeUrl(thumbnail, URL_MAX);
  // Slack fetches the picture itself, and only over https.
  const picture = url?.startsWith('https:') === true && {
    accessory: {
      type: 'image',
      image_url: url,
      alt_text: plain(`First page of ${title}`, TITLE_MAX),
    } as const,
  };
  return [{ type: 'section', text: plainText(sentence, SECTION_MAX), ...picture }];
}

function linksOf({ links }: PaperCard): Span[] {
  return links.flatMap(({ label, href }, index) => [
    ...(index === 0 ? [] : [text(' · ')]),
    { text: label, href },
  ]);
}
