import type { types } from '@slack/bolt';
import { plain } from '../text.ts';
import { LABEL_MAX, OPTION_VALUE_MAX, OPTIONS_MAX } from './limits.ts';

/** Text in which Slack reads nothing at all, cut to `max` UTF-16 units. */
export function plainText(value: string, max: number): types.PlainTextElement {
  return { type: 'plain_text', text: plain(value, max), emoji: false };
}

/** An entry of a menu or a picker: what is seen, and what is sent. */
export interface Offer {
  readonly label: string;
  readonly value: string;
}

export function option({ label, value }: Offer): types.PlainTextOption {
  return { text: plainText(label, LABEL_MAX), value };
}

/** As many entries as Slack shows. One that Slack would not take is left out. */
export function optionsOf(offers: readonly Offer[]): types.PlainTextOption[] {
  return offers
    .filter(({ value }) => value !== '' && value.length <= OPTION_VALUE_MAX)
    .slice(0, OPTIONS_MAX)
    .map(option);
}
