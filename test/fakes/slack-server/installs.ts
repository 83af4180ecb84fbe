import type { Json } from './json.ts';
import { Refusal } from './refusal.ts';
import { APP, nextId, type Install, type World } from './world.ts';
import { textArg } from './methods/call.ts';

/** Puts the app into a workspace; what was there before stays. */
export function install(world: World, team: string, scopes: string, rotates: boolean): Install {
  const old = world.installs.get(team);
  const fresh: Install = {
    team,
    botUser: old?.botUser ?? nextId(world, 'UBOT'),
    botId: old?.botId ?? nextId(world, 'B'),
    scopes,
    tokens: new Map(),
  };
  world.installs.set(team, fresh);
  world.users.set(fresh.botUser, {
    id: fresh.botUser,
    team,
    name: 'paperboy',
    tz: 'UTC',
    isAdmin: false,
    isBot: true,
  });
  grant(world, fresh, rotates);
  return fresh;
}

/** A new token, and with rotation a new refresh token in place of the old. */
function grant(world: World, fresh: Install, rotates: boolean): string {
  const token = `${rotates ? 'xoxe.xoxb' : 'xoxb'}-${fresh.team}-${nextId(world, 'test')}`;
  fresh.tokens.set(token, rotates ? world.clock.now() + world.tokenLifeMs : Infinity);
  if (rotates) fresh.refreshToken = `xoxe-1-${nextId(world, 'refresh')}`;
  return token;
}

/** `oauth.v2.access`: a code for a token, or a refresh token for the next one. */
export function exchange(world: World, args: Json, rotates: boolean): Json {
  const id = textArg(args, 'client_id');
  if (id !== APP.clientId) throw new Refusal('invalid_client_id');
  if (textArg(args, 'client_secret') !== APP.clientSecret) throw new Refusal('bad_client_secret');
  if (textArg(args, 'grant_type') === 'refresh_token') return refresh(world, args);
  const code = textArg(args, 'code');
  const grantee = world.codes.get(code);
  if (grantee === undefined) throw new Refusal('invalid_code');
  world.codes.delete(code);
  const fresh = install(world, grantee.team, grantee.scopes, rotates);
  return wireInstall(world, fresh);
}

/** Takes the app out of a workspace: its tokens die with `error`, its bot leaves every channel. */
export function uninstall(world: World, team: string, error: string): void {
  const old = world.installs.get(team);
  if (old === undefined) return;
  world.installs.delete(team);
  for (const token of old.tokens.keys()) world.dead.set(token, error);
  for (const { members } of world.channels.values()) members.delete(old.botUser);
}

function refresh(world: World, args: Json): Json {
  const token = textArg(args, 'refresh_token');
  const found = [...world.installs.values()].find(({ refreshToken }) => refreshToken === token);
  if (found === undefined || token === '') throw new Refusal('invalid_refresh_token');
  grant(world, found, true);
  return wireInstall(world, found);
}

function wireInstall(world: World, fresh: Install): Json {
  const [token = '', until = Infinity] = [...fresh.tokens].at(-1) ?? [];
  return {
    app_id: APP.id,
    authed_user: { id: [...world.users.values()].find(({ team }) => team === fresh.team)?.id },
    scope: fresh.scopes,
    token_type: 'bot',
    access_token: token,
    bot_user_id: fresh.botUser,
    ...(fresh.refreshToken !== undefined && {
      refresh_token: fresh.refreshToken,
      expires_in: Math.round((until - world.clock.now()) / 1000),
    }),
    team: { id: fresh.team, name: world.teams.get(fresh.team) },
    enterprise: null,
    is_enterprise_install: false,
  };
}
