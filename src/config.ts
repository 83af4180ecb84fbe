import { createRequire } from 'node:module';
import { Environment, withoutEmpty } from './config/environment.ts';
import { readConfigFile, type ReadFile } from './config/file.ts';
import { toProblems } from './config/problems.ts';
import { Settings } from './config/settings.ts';

/** Paperboy's own: `1.2.3`. */
export const { version } = createRequire(import.meta.url)('../package.json') as {
  readonly version: string;
};

type DeepReadonly<T> = { readonly [K in keyof T]: DeepReadonly<T[K]> };

/** Everything that can be set, checked and with its defaults. Addresses end without a slash. */
export type Config = DeepReadonly<
  Omit<Settings, 'sources' | 'embeddings' | 'discord' | 'slack'>
> & {
  readonly sources: SourcesConfig;
  /** Set where vectors come from an endpoint. */
  readonly embeddings?: EmbeddingsConfig;
  readonly discord: DiscordConfig;
  readonly slack: SlackConfig;
  /** The built-in sample instead of the network. */
  readonly offline: boolean;
  /** Path of the database file. */
  readonly database: string;
  /** What every request calls us: `paperboy/1.2.3 (papers@lab.example)`. */
  readonly userAgent: string;
  /** The time that `digest`, `search` and `status` take for now. */
  readonly now?: Date;
};

export interface SourcesConfig {
  readonly huggingFace: { readonly url: string; readonly token?: string };
  readonly arxiv: {
    readonly url: string;
    readonly rssUrl: string;
    readonly categories: readonly string[];
  };
}

export type EmbeddingsConfig = DeepReadonly<NonNullable<Settings['embeddings']>> & {
  /** Sent as a bearer token. */
  readonly key?: string;
};

export type DiscordConfig = DeepReadonly<Settings['discord']> & {
  /** Discord runs where it is set. */
  readonly token?: string;
  /** Base address of the API, another than Discord's own. */
  readonly apiUrl?: string;
};

/** Slack runs where any of its secrets is set. */
export type SlackConfig = DeepReadonly<Omit<Settings['slack'], 'address'>> & {
  readonly botToken?: string;
  readonly appToken?: string;
  readonly signingSecret?: string;
  /** Set where workspaces install the app by themselves. */
  readonly oauth?: SlackOAuthConfig;
  /** Base address of the Web API, another than Slack's own. */
  readonly apiUrl?: string;
};

export interface SlackOAuthConfig {
  readonly clientId: string;
  readonly clientSecret: string;
  /** The first encrypts what is kept, and all decrypt it. */
  readonly encryptionKeys: readonly string[];
  /** Where people and Slack reach us. */
  readonly address?: string;
}

/** The configuration can't be used. The message is for people and holds every problem, a line each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
    super(`The configuration has ${count}:\n${problems.map((line) => `  - ${line}`).join('\n')}`);
  }
}

/**
 * Reads the environment and the file (config/paperboy.yaml if present, or the one that
 * PAPERBOY_CONFIG names). Throws `ConfigError` with all problems of both at once; no problem holds
 * a value, since it may be a secret.
 */
export function loadConfig(env: NodeJS.ProcessEnv, read?: ReadFile): Config {
  const given = withoutEmpty(env);
  const file = readConfigFile(given['PAPERBOY_CONFIG'], read);
  const environment = Environment.safeParse(given);
  const settings = Settings.safeParse(file.content);
  if (environment.success && settings.success && file.problems.length === 0) {
    return toConfig(environment.data, settings.data);
  }
  throw new ConfigError([
    ...file.problems,
    ...file.show(toProblems(file.content, settings.error)),
    ...toProblems(given, environment.error).map(({ text }) => text),
  ]);
}

function toConfig(
  environment: Environment,
  { sources, embeddings, ...settings }: Settings,
): Config {
  const arxivUrl = environment.PAPERBOY_ARXIV_URL ?? sources.arxiv.url;
  const { HF_TOKEN: token, PAPERBOY_EMBEDDINGS_KEY: key } = environment;
  return {
    ...settings,
    sources: {
      huggingFace: {
        url: environment.PAPERBOY_HF_URL ?? sources.huggingFace.url ?? 'https://huggingface.co',
        ...(token !== undefined && { token }),
      },
      arxiv: {
        url: arxivUrl ?? 'https://export.arxiv.org',
        rssUrl: arxivUrl ?? 'https://rss.arxiv.org',
        categories: sources.arxiv.categories,
      },
    },
    ...(embeddings && { embeddings: { ...embeddings, ...(key !== undefined && { key }) } }),
    discord: discordOf(environment, settings),
    slack: slackOf(environment, settings),
    offline: environment.PAPERBOY_OFFLINE,
    database: environment.PAPERBOY_DATABASE,
    userAgent: userAgent(settings.contact),
    ...(environment.PAPERBOY_NOW !== undefined && { now: new Date(environment.PAPERBOY_NOW) }),
  };
}

function discordOf(
  environment: Environment,
  { discord }: Pick<Settings, 'discord'>,
): DiscordConfig {
  const { DISCORD_TOKEN: token, PAPERBOY_DISCORD_API_URL: apiUrl } = environment;
  return {
    ...discord,
    ...(token !== undefined && { token }),
    ...(apiUrl !== undefined && { apiUrl }),
  };
}

function slackOf(
  environment: Environment,
  { slack: { address, ...slack } }: Pick<Settings, 'slack'>,
): SlackConfig {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken } = environment;
  const { SLACK_SIGNING_SECRET: signingSecret, PAPERBOY_SLACK_API_URL: apiUrl } = environment;
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret = '' } = environment;
  const { PAPERBOY_SLACK_ENCRYPTION_KEY: encryptionKeys = [] } = environment;
  const at = address !== undefined && { address };
  return {
    ...slack,
    ...(botToken !== undefined && { botToken }),
    ...(appToken !== undefined && { appToken }),
    ...(signingSecret !== undefined && { signingSecret }),
    ...(clientId !== undefined && { oauth: { clientId, clientSecret, encryptionKeys, ...at } }),
    ...(apiUrl !== undefined && { apiUrl }),
  };
}

function userAgent(contact: string | undefined): string {
  return `paperboy/${version}${contact === undefined ? '' : ` (${contact})`}`;
}
