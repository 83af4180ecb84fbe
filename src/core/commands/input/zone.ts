import { Temporal } from 'temporal-polyfill';
import { UserError } from '../../errors.ts';
import { isSlip, nearest } from '../nearest.ts';
import { said } from './words.ts';

/** How many zones an answer offers. */
const OFFERS = 3;

/**
 * What the abbreviations mean that people write, summer or winter. The first letters of one place
 * only; where several places share one, all are offered. IANA's own `EST` and `MST` are fixed
 * offsets without summer time, which nobody means.
 */
const ABBREVIATIONS: Readonly<Record<string, readonly string[]>> = {
  gmt: ['UTC'],
  z: ['UTC'],
  et: ['America/New_York'],
  est: ['America/New_York'],
  edt: ['America/New_York'],
  ct: ['America/Chicago'],
  cdt: ['America/Chicago'],
  cst: ['America/Chicago', 'Asia/Shanghai', 'America/Havana'],
  mt: ['America/Denver'],
  mst: ['America/Denver', 'America/Phoenix'],
  mdt: ['America/Denver'],
  pt: ['America/Los_Angeles'],
  pst: ['America/Los_Angeles', 'Asia/Manila'],
  pdt: ['America/Los_Angeles'],
  bst: ['Europe/London', 'Asia/Dhaka'],
  wet: ['Europe/Lisbon'],
  cet: ['Europe/Berlin', 'Europe/Paris', 'Europe/Madrid'],
  cest: ['Europe/Berlin', 'Europe/Paris', 'Europe/Madrid'],
  eet: ['Europe/Helsinki', 'Europe/Athens', 'Europe/Bucharest'],
  eest: ['Europe/Helsinki', 'Europe/Athens', 'Europe/Bucharest'],
  msk: ['Europe/Moscow'],
  ist: ['Asia/Kolkata', 'Europe/Dublin', 'Asia/Jerusalem'],
  sgt: ['Asia/Singapore'],
  hkt: ['Asia/Hong_Kong'],
  jst: ['Asia/Tokyo'],
  kst: ['Asia/Seoul'],
  aest: ['Australia/Sydney', 'Australia/Brisbane'],
  aedt: ['Australia/Sydney'],
};

/** Cities of many labs that name no zone of their own. */
const CITIES: Readonly<Record<string, string>> = {
  bangalore: 'Asia/Kolkata',
  bengaluru: 'Asia/Kolkata',
  mumbai: 'Asia/Kolkata',
  delhi: 'Asia/Kolkata',
  'new delhi': 'Asia/Kolkata',
  kyiv: 'Europe/Kyiv',
  beijing: 'Asia/Shanghai',
  shenzhen: 'Asia/Shanghai',
  hangzhou: 'Asia/Shanghai',
  boston: 'America/New_York',
  washington: 'America/New_York',
  pittsburgh: 'America/New_York',
  montreal: 'America/Toronto',
  'san francisco': 'America/Los_Angeles',
  seattle: 'America/Los_Angeles',
  'palo alto': 'America/Los_Angeles',
  nyc: 'America/New_York',
  sf: 'America/Los_Angeles',
  'bay area': 'America/Los_Angeles',
  peking: 'Asia/Shanghai',
  wien: 'Europe/Vienna',
  munich: 'Europe/Berlin',
  munchen: 'Europe/Berlin',
  cologne: 'Europe/Berlin',
  koln: 'Europe/Berlin',
  hamburg: 'Europe/Berlin',
  geneva: 'Europe/Zurich',
  lausanne: 'Europe/Zurich',
  oxford: 'Europe/London',
  edinburgh: 'Europe/London',
  barcelona: 'Europe/Madrid',
  milan: 'Europe/Rome',
  'tel aviv': 'Asia/Jerusalem',
  'abu dhabi': 'Asia/Dubai',
};

/**
 * The IANA name of a time zone, from that name in any case (`europe/berlin`), a city (`berlin`,
 * `new york`, `in berlin`), `UTC`, or an abbreviation that means one place. Throws `UserError` with up to three
 * offers for the rest, offsets among them: a place's offset changes in summer.
 */
export function parseTimezone(text: string): string {
  const named = text.trim().replace(/^in\s+|\s+time$/gi, '');
  const wanted = plain(named);
  const abbreviated = Object.hasOwn(ABBREVIATIONS, wanted) ? (ABBREVIATIONS[wanted] ?? []) : [];
  if (abbreviated.length > 1) throw ambiguous(text, abbreviated);
  const found = abbreviated[0] ?? knownZone(named.replaceAll(' ', '_')) ?? cityZone(wanted);
  if (found !== undefined) return found;
  throw unknown(text, wanted);
}

/** Regions of IANA's names. */
const REGION =
  /^(?:africa|america|antarctica|arctic|asia|atlantic|australia|europe|indian|pacific)\//i;

/** Whether a word is a time zone, or one that went wrong: `Berln`, `PST`, `UTC+2`. */
export function isLikeZone(word: string): boolean {
  const wanted = plain(word);
  if (Object.hasOwn(ABBREVIATIONS, wanted) || isOffset(wanted) || REGION.test(wanted)) return true;
  const cities = Intl.supportedValuesOf('timeZone').map(cityOf);
  return isSlip(wanted, [...cities, ...Object.keys(CITIES)]);
}

function isOffset(wanted: string): boolean {
  return /^(?:utc|gmt)?\s*[+-]\s*\d/.test(wanted);
}

/** Lower case, without accents, underscores as spaces. */
function plain(text: string): string {
  const bare = text.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('_', ' ');
  return bare.toLowerCase().trim();
}

function knownZone(name: string): string | undefined {
  if (!/^[a-z]/i.test(name)) return undefined;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
  } catch {
    return undefined; // No zone of that name, which the caller says better than Temporal does.
  }
}

function cityZone(city: string): string | undefined {
  if (Object.hasOwn(CITIES, city)) return CITIES[city];
  return Intl.supportedValuesOf('timeZone').find((zone) => cityOf(zone) === city);
}

function cityOf(zone: string): string {
  return plain(zone.slice(zone.lastIndexOf('/') + 1));
}

function ambiguous(text: string, zones: readonly string[]): UserError {
  return new UserError(`${said(text)} is the time of several places. Write ${either(zones)}.`);
}

function unknown(text: string, wanted: string): UserError {
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
  const byName = new Map(Object.entries(CITIES));
  for (const zone of zones) byName.set(cityOf(zone), zone).set(plain(zone), zone);
  const near = nearest(wanted, [...byName.keys()], 2 * OFFERS);
  const inside = wanted.length < 3 ? [] : zones.filter((zone) => plain(zone).includes(wanted));
  const offers = [...near.map((name) => byName.get(name) ?? name), ...inside];
  return [...new Set(offers)].slice(0, OFFERS);
}

function either(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
}
