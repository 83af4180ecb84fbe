import { Routes } from 'discord.js';
import type { ChannelRef } from '../core/index.ts';
import { toDeliveryError } from './errors.ts';
import { createHealth } from './health.ts';
import { inviteLink, personalLink } from './permissions.ts';
import { createAsk, type Ask } from './rest.ts';
import { PLATFORM, type DiscordSettings } from './settings.ts';
import { visit } from './visit.ts';

interface Finding {
  readonly ok: boolean;
  readonly text: string;
}

interface Application {
  readonly id: string;
  readonly name: string;
}

/** Looks at the token, at who we are, where we are, and at the channels that want digests. */
export async function examine(
  settings: DiscordSettings,
  channels: readonly ChannelRef[],
): Promise<readonly Finding[]> {
  const ask = createAsk(settings, createHealth(settings.clock, settings.log));
  try {
    const path = Routes.currentApplication();
    const { id, name } = await ask<Application>({ method: 'GET', path });
    return [
      { ok: true, text: `Discord knows the bot as ${name} (${id}).` },
      { ok: true, text: `Add it to a server with ${inviteLink(id)}` },
      { ok: true, text: `Or for yourself alone with ${personalLink(id)}` },
      ...(await examinePlaces(settings, ask, channels)),
    ];
  } catch (error) {
    return [{ ok: false, text: toDeliveryError(error).message }];
  }
}

/** Roles and channels are known only to who is connected, so it connects for a moment. */
async function examinePlaces(
  settings: DiscordSettings,
  ask: Ask,
  channels: readonly ChannelRef[],
): Promise<Finding[]> {
  const ours = channels.filter(({ platform }) => platform === PLATFORM);
  const { servers, problems } = await visit(settings, ask, ours);
  const where = {
    ok: servers > 0,
    text: servers > 0 ? `It is in ${servers} ${servers === 1 ? 'server' : 'servers'}.` : NOWHERE,
  };
  const found = ours.map(({ channel }, index): Finding => {
    const wrong = problems[index] ?? [];
    const text = wrong.length === 0 ? 'digests can be posted.' : wrong.join(' ');
    return { ok: wrong.length === 0, text: `Channel ${channel}: ${text}` };
  });
  return [where, ...found];
}

const NOWHERE = 'It is in no server: open the link above and add it to one.';
