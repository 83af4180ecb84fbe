import { messageOf } from '../core/index.ts';
import { createInstallations } from '../core/store/installations.ts';
import { subscribedChannels } from '../core/store/subscriptions.ts';
import { configuredPlatforms, type Finding, type PlatformEntry } from '../platforms.ts';
import { clockOf, configOf, databasePath, withApp, type App } from './app.ts';
import { parseArguments } from './arguments.ts';
import type { Call } from './call.ts';

/** `paperboy doctor`: looks at everything that Paperboy needs, and says what to do about each. */
export const doctor: Call = {
  summary: 'Checks configuration, database, sources and chat services, and says what to do.',
  options: [],
  async run(argv, terminal) {
    parseArguments({ args: [...argv] });
    const config = configOf(terminal);
    const findings = await withApp(config, {}, async (app) => [
      { ok: true, text: 'The configuration can be used.' },
      { ok: true, text: `The database ${databasePath(config, config.offline)} can be used.` },
      ...(await examineSources(app)),
      await examineMeaning(app),
      ...(await examinePlatforms(app)),
    ]);
    for (const { ok, text } of findings) terminal.out(`${ok ? 'ok      ' : 'PROBLEM '} ${text}\n`);
    const count = findings.filter(({ ok }) => !ok).length;
    if (count === 1) throw new Error('There is 1 problem.');
    if (count > 0) throw new Error(`There are ${count} problems.`);
  },
};

const SOURCE_PATIENCE_MS = 15_000;

/** Asks every source for its newest list, through the archive that keeps it. */
async function examineSources({ paperboy: { archive } }: App): Promise<Finding[]> {
  try {
    await archive.refresh(AbortSignal.timeout(SOURCE_PATIENCE_MS));
    const states = await archive.states();
    return states.map(({ name, kind, detail }) => ({
      ok: kind !== 'failed' && kind !== 'stalled',
      text: `${name}: ${detail}`,
    }));
  } catch (error) {
    return [{ ok: false, text: `The sources could not be asked: ${messageOf(error)}` }];
  }
}

/** Which vectors serve; a configured endpoint is asked for one. */
async function examineMeaning({ paperboy }: App): Promise<Finding> {
  const { ok, detail } = await paperboy.examineMeaning();
  return { ok, text: `Search by meaning: ${detail}` };
}

async function examinePlatforms(app: App): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const entry of configuredPlatforms(app.config)) {
    findings.push(...(await examinePlatform(app, entry)));
  }
  return findings;
}

async function examinePlatform(
  { config, log, store }: App,
  entry: PlatformEntry,
): Promise<readonly Finding[]> {
  if (entry.examine === undefined) return [{ ok: true, text: HINTS[entry.id] ?? entry.id }];
  const database = databasePath(config, config.offline);
  const channels = await subscribedChannels(store, entry.id);
  const clock = clockOf(config);
  const installations = createInstallations(store, clock);
  return entry.examine({ config, database, clock, log }, channels, installations);
}

const HINTS: Readonly<Record<string, string>> = {
  preview:
    'No chat service is configured, so the local page will run. docs/discord.md and docs/slack.md say how.',
};
