const TO_END = 'To end the digests here, write /papers unsubscribe.';
const DAYS = 'A digest comes on days of the week: daily, weekdays, or names like mon,thu.';
const TIME = 'It comes once a day. Write when like 09:00, 9am or 9:30pm.';

/** What people write in place of settings, and what works instead. */
const STRAY: readonly (readonly [RegExp, string])[] = [
  [/^(?:off|stop|cancel|end|pause|never|disable)$/i, TO_END],
  [/^(?:bi-?weekly|fortnightly|monthly|weekly|quarterly|yearly|(?:twice|once) an? )\b/i, DAYS],
  [/^(?:every|each) (?:other|second|two|three|\d+) |^(?:first|second|last)$/i, DAYS],
  [/^(?:hourly|tonight|today|tomorrow)$|^(?:half past|quarter (?:past|to)|every hour)\b/i, TIME],
  [/^(?:in the |every )?(?:morning|afternoon|evening|night)$/i, TIME],
];

/** Mentions, and more of a schedule than we understand. */
const UNCLEAR =
  /^(?:[<#@]|(?:each|every|except|in|my|no|not|only|without)\b|(?:here|digests?|help|local(?: time)?|once|papers?|time(?: zone)?|twice)$)/i;

/** What to write instead of words that are hardly a topic: empty where that can't be guessed. */
export function insteadOfTopic(words: string): string | undefined {
  const known = STRAY.find(([pattern]) => pattern.test(words));
  if (known !== undefined) return known[1];
  return UNCLEAR.test(words) ? '' : undefined;
}
