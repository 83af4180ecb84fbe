import { z } from 'zod';
import { BaseAddress } from './settings.ts';

const SWITCH = '0 or 1';
const TOKEN = 'a token of printable characters without spaces';
const INSTANT = 'an ISO time with its zone, such as 2026-03-10T08:00:00Z';

const Token = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]+$/, TOKEN);

/** The variables that are read. A message is what is allowed, as in settings.ts. */
export const Environment = z.object({
  HF_TOKEN: Token.optional(),
  DISCORD_TOKEN: Token.optional(),
  SLACK_BOT_TOKEN: Token.optional(),
  SLACK_APP_TOKEN: Token.optional(),
  SLACK_SIGNING_SECRET: Token.optional(),
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
export type Environment = z.output<typeof Environment>;

function minutes() {
  return z.iso.datetime({ offset: true, precision: -1 });
}

/** Without the variables set to nothing: `X=` in a shell or an env file means X is not set. */
export function withoutEmpty(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
}
