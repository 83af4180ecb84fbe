import { Temporal } from 'temporal-polyfill';
import { UserError } from '../../errors.ts';
import type { Trust } from '../command.ts';
import { isSlip, nearest } from '../nearest.ts';
import {
  ABBREVIATIONS,
  CITIES,
  COUNTRIES,
  DOUBLE_WORDS,
  NO_SLIPS,
  OTHER_WORDS,
  SEVERAL,
} from './places.ts';
import { said } from './words.ts';

/** How many zones an answer offers. */
const OFFERS = 3;

/**
 * The IANA name of a time zone, from that name in any case (`europe/berlin`), a city (`berlin`,
 * `new york`, `in berlin`), a country that has only one, `UTC`, or an abbreviation that means one
 * place. Throws `UserError` with up to three offers for the rest, offsets among them: a place's
 * offset changes in summer.
 */
export function parseTimezone(text: string): string {
  const zones = zonesNamed(text);
  const [only] = zones;
  if (only === undefined) throw unknown(text);
  if (zones.length > 1) throw ambiguous(text, zones);
  return only;
}

/** Whether the text is a time zone, or the time of a place. */
export function isZone(text: string): boolean {
  return zonesNamed(text).length === 1;
}

/** Whether the text names at least one zone: which of several is to be asked. */
export function isZoneName(text: string): boolean {
  return zonesNamed(text).length > 0;
}

function zonesNamed(text: string): readonly string[] {
  const named = bare(text);
  const wanted = plain(named);
  if (Object.hasOwn(ABBREVIATIONS, wanted)) return ABBREVIATIONS[wanted] ?? [];
  if (isSeveral(wanted)) return SEVERAL[wanted] ?? [];
  const found = knownZone(named.replaceAll(' ', '_')) ?? BY_NAME.get(wanted) ?? inCountry(wanted);
  return found === undefined ? [] : [found];
}

/** `Berlin, Germany`, where both have the same zone; of several zones, one of the same region. */
function inCountry(wanted: string): string | undefined {
  const [, city = '', country = ''] = /^(.+?),?\s+(\S+)$/.exec(wanted) ?? [];
  const zone = BY_NAME.get(city);
  if (zone === COUNTRIES.get(country)) return zone;
  const [one = ''] = isSeveral(country) ? (SEVERAL[country] ?? []) : [];
  return zone?.split('/')[0] === one.split('/')[0] ? zone : undefined;
}

function isSeveral(wanted: string): boolean {
  return Object.hasOwn(SEVERAL, wanted);
}

/** Without the words around the name of a place. */
function bare(text: string): string {
  return text.trim().replace(/^(?:in\s+(?:the\s+)?|the\s+)|\s+time$/gi, '');
}

/**
 * Cities by their names are surely meant, two letters surely after a time of day (`9am CT`); else
 * those, countries and slips only among other settings, and what mostly means something else never.
 */
export function trustZone(words: string, after: string | undefined): Trust {
  const wanted = plain(bare(words));
  if (OTHER_WORDS.has(wanted)) return 'never';
  if (isOffset(wanted)) return 'sure';
  if (!isZoneName(words) || isSeveral(wanted)) return 'doubtful';
  if (wanted !== plain(words)) return 'sure';
  if (COUNTRIES.has(wanted) || DOUBLE_WORDS.has(wanted)) return 'doubtful';
  return wanted.length <= 2 && after !== 'at' ? 'doubtful' : 'sure';
}

/** Regions of IANA's names. */
const REGION =
  /^(?:africa|america|antarctica|arctic|asia|atlantic|australia|europe|indian|pacific)\//i;

/** Whether a word is a time zone, or one that went wrong: `Berln`, `PST`, `UTC+2`. */
export function isLikeZone(word: string): boolean {
  const wanted = plain(word);
  if (Object.hasOwn(ABBREVIATIONS, wanted) || isOffset(wanted) || REGION.test(wanted)) return true;
  return !NO_SLIPS.has(wanted) && isSlip(wanted, NAMES);
}

function isOffset(wanted: string): boolean {
  return /^(?:utc|gmt)?\s*[+-]\s*\d/.test(wanted);
}

/** Lower case, without accents, underscores as spaces. */
function plain(text: string): string {
  const bare = text.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('_', ' ');
  return bare.toLowerCase().trim();
}

/** What IANA's names look like: without a region, as `Japan` and `EST5EDT`, none is of several words. */
const ZONE_NAME = /^[a-z]+(?:\/[\w+/-]+|[a-z\d+-]*)$/i;

function knownZone(name: string): string | undefined {
  if (!ZONE_NAME.test(name)) return undefined;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
  } catch {
    return undefined; // No zone of that name, which the caller says better than Temporal does.
  }
}

/** The zones of places by their names. */
const BY_NAME: ReadonlyMap<string, string> = new Map([
  ...Intl.supportedValuesOf('timeZone').map((zone) => [cityOf(zone), zone] as const),
  ...COUNTRIES,
  ...CITIES,
]);

/** The same, and by the names of the zones. */
const OFFERED: ReadonlyMap<string, string> = new Map([
  ...BY_NAME,
  ...Intl.supportedValuesOf('timeZone').map((zone) => [plain(zone), zone] as const),
]);

/** Names that a slip may be meant for. */
const NAMES: readonly string[] = [...BY_NAME.keys()].filter(
  (name) => !OTHER_WORDS.has(name) && !COUNTRIES.has(name),
);

function cityOf(zone: string): string {
  return plain(zone.slice(zone.lastIndexOf('/') + 1));
}

function ambiguous(text: string, zones: readonly string[]): UserError {
  const why = isSeveral(plain(bare(text)))
    ? 'has several time zones'
    : 'is the time of several places';
  return new UserError(`${said(text)} ${why}. Write ${either(zones)}.`);
}

function unknown(text: string): UserError {
  const wanted = plain(bare(text));
  const offers = offersFor(wanted);
  const example = 'Write a city or a name like Europe/Berlin.';
  return new UserError(
    isOffset(wanted)
      ? `${said(text)} is an offset, and offsets change with summer time. ${example}`
      : `I don’t know the time zone ${said(text)}. ` +
          (offers.length === 0 ? example : `Did you mean ${either(offers)}?`),
  );
}

/** IANA names whose city begins with the text, then those that hold it or nearly do. */
export function zonesLike(text: string): string[] {
  const wanted = plain(text);
  const zones = Intl.supportedValuesOf('timeZone');
  const begin = zones.filter((zone) => cityOf(zone).startsWith(wanted));
  return [...new Set([...begin, ...(wanted === '' ? [] : offersFor(wanted))])];
}

function offersFor(wanted: string): string[] {
  const zones = Intl.supportedValuesOf('timeZone');
  const near = nearest(wanted, [...OFFERED.keys()], 2 * OFFERS);
  const inside = wanted.length < 3 ? [] : zones.filter((zone) => plain(zone).includes(wanted));
  // `Berlin, Germany` names its city first.
  const city = wanted.includes(',') ? zonesNamed(wanted.replace(/,.*$/, '')) : [];
  const offers = [...city, ...near.map((name) => OFFERED.get(name) ?? name), ...inside];
  return [...new Set(offers)].slice(0, OFFERS);
}

function either(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
}
