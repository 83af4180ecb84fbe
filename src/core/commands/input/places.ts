/**
 * What the short names mean that people write, summer or winter. Where several places share one,
 * all are offered. IANA's own `EST` and `MST` are fixed offsets without summer time, which nobody
 * means.
 */
export const ABBREVIATIONS: Readonly<Record<string, readonly string[]>> = {
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
  eastern: ['America/New_York'],
  central: ['America/Chicago'],
  mountain: ['America/Denver'],
  pacific: ['America/Los_Angeles'],
  cambridge: ['Europe/London', 'America/New_York'],
  aest: ['Australia/Sydney', 'Australia/Brisbane'],
  aedt: ['Australia/Sydney'],
};

/** Cities of many labs that name no zone of their own, by the zone that they are in. */
const BY_ZONE: Readonly<Record<string, string>> = {
  'America/New_York':
    'boston, washington, pittsburgh, nyc, philadelphia, princeton, atlanta, ithaca, new haven, ' +
    'ann arbor, baltimore',
  'America/Chicago': 'austin, houston, dallas, urbana, minneapolis',
  'America/Los_Angeles':
    'san francisco, sf, bay area, seattle, palo alto, stanford, berkeley, mountain view, san diego, ' +
    'redmond, pasadena',
  'America/Toronto': 'montreal, waterloo, ottawa',
  'Europe/London': 'oxford, edinburgh, manchester, bristol, glasgow',
  'Europe/Berlin':
    'munich, munchen, cologne, koln, hamburg, tubingen, tuebingen, heidelberg, karlsruhe, darmstadt, ' +
    'saarbrucken, freiburg, aachen, bonn, dresden, leipzig, stuttgart, frankfurt',
  'Europe/Paris': 'grenoble, lyon, toulouse, rennes',
  'Europe/Zurich': 'geneva, lausanne, basel, lugano',
  'Europe/Vienna': 'wien, linz, graz, klosterneuburg',
  'Europe/Amsterdam': 'delft, utrecht, eindhoven',
  'Europe/Brussels': 'leuven, ghent',
  'Europe/Madrid': 'barcelona',
  'Europe/Rome': 'milan, turin, trento, genoa',
  'Europe/Stockholm': 'gothenburg, linkoping, uppsala',
  'Europe/Copenhagen': 'aarhus',
  'Europe/Warsaw': 'krakow',
  'Europe/Kyiv': 'kyiv',
  'Asia/Jerusalem': 'tel aviv, haifa, rehovot',
  'Asia/Dubai': 'abu dhabi',
  'Asia/Riyadh': 'thuwal',
  'Asia/Kolkata':
    'bangalore, bengaluru, mumbai, delhi, new delhi, hyderabad, chennai, pune, kanpur',
  'Asia/Shanghai':
    "beijing, peking, shenzhen, hangzhou, guangzhou, nanjing, wuhan, hefei, xi'an, xian, chengdu",
  'Asia/Taipei': 'hsinchu',
  'Asia/Tokyo': 'osaka, kyoto, nagoya, tsukuba',
  'Asia/Seoul': 'daejeon, pohang',
  'Asia/Ho_Chi_Minh': 'hanoi, saigon',
  'Australia/Sydney': 'canberra',
};

/** The zone of each of those cities. */
export const CITIES: ReadonlyMap<string, string> = new Map(
  Object.entries(BY_ZONE).flatMap(([zone, names]) =>
    names.split(', ').map((name) => [name, zone] as const),
  ),
);

/** Countries that have one zone: as often what a paper is about. */
export const COUNTRIES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    austria: 'Europe/Vienna',
    belgium: 'Europe/Brussels',
    china: 'Asia/Shanghai',
    denmark: 'Europe/Copenhagen',
    egypt: 'Africa/Cairo',
    england: 'Europe/London',
    finland: 'Europe/Helsinki',
    france: 'Europe/Paris',
    germany: 'Europe/Berlin',
    india: 'Asia/Kolkata',
    iran: 'Asia/Tehran',
    israel: 'Asia/Jerusalem',
    italy: 'Europe/Rome',
    japan: 'Asia/Tokyo',
    korea: 'Asia/Seoul',
    netherlands: 'Europe/Amsterdam',
    norway: 'Europe/Oslo',
    poland: 'Europe/Warsaw',
    'south korea': 'Asia/Seoul',
    spain: 'Europe/Madrid',
    sweden: 'Europe/Stockholm',
    switzerland: 'Europe/Zurich',
    taiwan: 'Asia/Taipei',
    turkey: 'Europe/Istanbul',
    uk: 'Europe/London',
  }),
);

/** Countries and regions of several zones, by the most that live there: as often what a paper is about. */
export const SEVERAL: Readonly<Record<string, readonly string[]>> = {
  us: ['America/New_York', 'America/Chicago', 'America/Los_Angeles'],
  usa: ['America/New_York', 'America/Chicago', 'America/Los_Angeles'],
  'united states': ['America/New_York', 'America/Chicago', 'America/Los_Angeles'],
  canada: ['America/Toronto', 'America/Edmonton', 'America/Vancouver'],
  mexico: ['America/Mexico_City', 'America/Tijuana'],
  brazil: ['America/Sao_Paulo', 'America/Manaus'],
  europe: ['Europe/London', 'Europe/Berlin', 'Europe/Helsinki'],
  russia: ['Europe/Moscow', 'Asia/Novosibirsk', 'Asia/Vladivostok'],
  asia: ['Asia/Shanghai', 'Asia/Tokyo', 'Asia/Kolkata'],
  indonesia: ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'],
  australia: ['Australia/Sydney', 'Australia/Brisbane', 'Australia/Perth'],
  africa: ['Africa/Lagos', 'Africa/Cairo', 'Africa/Johannesburg'],
};

/** Small places, and zones out of use, whose names mean something else in a paper. */
export const OTHER_WORDS: ReadonlySet<string> = new Set(
  (
    'canary, casey, center, christmas, davis, easter, gb, jersey, knox, mahe, male, met, midway, ' +
    'oral, palmer, prc, regina, resolute, reunion, roc, stanley, troll, uct, universal, wake, zulu'
  ).split(', '),
);

/** Zones whose names are as often other words: Darwin and his machine. */
export const DOUBLE_WORDS: ReadonlySet<string> = new Set([
  'central',
  'darwin',
  'eastern',
  'mountain',
  'pacific',
  'wet',
]);

/** Words of papers that are one slip away from a city. */
export const NO_SLIPS: ReadonlySet<string> = new Set(
  (
    'based, bases, cases, chaos, crome, denser, logos, master, noise, pairs, parts, plague, prune, ' +
    'recipe, settle, trunk, turing, urban'
  ).split(', '),
);
