import type { Installation as BoltInstallation } from '@slack/bolt';
import { z } from 'zod';

/** The app in one workspace, as it is kept: its tokens above all. */
export const Install = z.object({
  team: z.string(),
  name: z.string(),
  botToken: z.string(),
  botUser: z.string(),
  botId: z.string(),
  scopes: z.array(z.string()),
  /** Who installed it, and is told when it must be done again. */
  installer: z.string(),
  /** Unix time in milliseconds. */
  installedAt: z.number(),
  /** With token rotation: when the bot's token ends, in Unix milliseconds. */
  expiresAt: z.number().exactOptional(),
  /** With token rotation: what the next token is had for, once. Without it the app must be installed again. */
  refreshToken: z.string().exactOptional(),
});
export type Install = z.infer<typeof Install>;

/** What Slack gave for somebody's consent. Throws where it is not for one workspace's bot. */
export function toInstall(given: BoltInstallation, now: Date): Install {
  const { team, bot, user, isEnterpriseInstall } = given;
  if (team === undefined || bot === undefined || isEnterpriseInstall === true) {
    throw new Error('Paperboy is installed in a workspace, and not in a whole organization');
  }
  const { token, userId, id, scopes, refreshToken, expiresAt } = bot;
  return {
    team: team.id,
    name: team.name ?? team.id,
    botToken: token,
    botUser: userId,
    botId: id,
    scopes,
    installer: user.id,
    installedAt: now.getTime(),
    ...(expiresAt !== undefined && { expiresAt: expiresAt * 1000 }),
    ...(refreshToken !== undefined && { refreshToken }),
  };
}
