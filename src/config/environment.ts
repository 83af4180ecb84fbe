import { z } from 'zod';
import { BaseAddress } from './fields.ts';

const SWITCH = '0 or 1';
const TOKEN = 'a token of printable characters without spaces';
const INSTANT = 'an ISO time with its zone, such as 2026-03-10T08:00:00Z';

const Token = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]+$/, TOKEN);

const KEYS = 'keys of 32 random bytes with commas between: openssl rand -base64 32';
const KEY = /^(?:[0-9a-f]{64}|[\w+/-]{43}=?)$/i;

/** The first encrypts; all decrypt. */
const Keys = Token.transform((text) => text.split(',')).refine(
  (keys) => keys.every((key) => KEY.test(key)),
  KEYS,
);

/** The variables that are read. A message is what is allowed, as in settings.ts. */
const Variables = z.object({
  HF_TOKEN: Token.optional(),
  PAPERBOY_EMBEDDINGS_KEY: Token.optional(),
  DISCORD_TOKEN: Token.optional(),
  SLACK_BOT_TOKEN: Token.optional(),
  SLACK_APP_TOKEN: Token.optional(),
  SLACK_SIGNING_SECRET: Token.optional(),
  SLACK_CLIENT_ID: Token.optional(),
  SLACK_CLIENT_SECRET: Token.optional(),
  PAPERBOY_SLACK_ENCRYPTION_KEY: Keys.optional(),
  PAPERBOY_CONFIG: z.string().optional(),
  PAPERBOY_DATABASE: z.string().default('data/paperboy.db'),
  PAPERBOY_OFFLINE: z
    .enum(['0', '1'], SWITCH)
    .default('0')
    .transform((value) => value === '1'),
  PAPERBOY_HF_URL: BaseAddress.optional(),
  PAPERBOY_ARXIV_URL: BaseAddress.optional(),
  PAPERBOY_DISCORD_API_URL: BaseAddress.optional(),
  PAPERBOY_SLACK_API_URL: BaseAddress.optional(),
  PAPERBOY_NOW: z.union([z.iso.datetime({ offset: true }), minutes()], INSTANT).optional(),
});

/** Where workspaces install the app by themselves: what that needs, and what it excludes. */
const WITH_CLIENT = {
  SLACK_CLIENT_SECRET: 'the client secret that stands beside SLACK_CLIENT_ID',
  SLACK_SIGNING_SECRET: 'the app’s signing secret, where SLACK_CLIENT_ID is set',
  PAPERBOY_SLACK_ENCRYPTION_KEY: `${KEYS}, where SLACK_CLIENT_ID is set`,
} as const;
const WITHOUT_CLIENT = {
  SLACK_BOT_TOKEN: 'nothing where SLACK_CLIENT_ID is set, since workspaces then bring their own',
  SLACK_APP_TOKEN: 'nothing where SLACK_CLIENT_ID is set, since that needs HTTP requests',
} as const;

export const Environment = Variables.check(({ value, issues }) => {
  if (value.SLACK_CLIENT_ID === undefined) return;
  const wrong = { ...lacking(value, WITH_CLIENT, false), ...lacking(value, WITHOUT_CLIENT, true) };
  for (const [name, message] of Object.entries(wrong)) {
    issues.push({ code: 'custom', input: value, path: [name], message });
  }
});
export type Environment = z.output<typeof Environment>;

/** Those of the variables that are set, or are not. */
function lacking(
  values: z.output<typeof Variables>,
  messages: Readonly<Record<string, string>>,
  isSet: boolean,
): Record<string, string> {
  const given = new Map<string, unknown>(Object.entries(values));
  return Object.fromEntries(
    Object.entries(messages).filter(([name]) => (given.get(name) !== undefined) === isSet),
  );
}

function minutes() {
  return z.iso.datetime({ offset: true, precision: -1 });
}

/** Without the variables set to nothing: `X=` in a shell or an env file means X is not set. */
export function withoutEmpty(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
}
