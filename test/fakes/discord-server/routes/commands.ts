import { z } from 'zod';
import { apiError } from '../errors.ts';
import { json, NOTHING, route, type Answer, type Call, type Route } from '../http/route.ts';
import { Command, isWithinCounts } from '../limits/command.ts';
import { wireUser } from '../wire/user.ts';
import type { Json, World } from '../world.ts';

const GLOBAL = '/applications/:application/commands';
const IN_GUILD = '/applications/:application/guilds/:guild/commands';
const Commands = z.array(Command);

export const commandRoutes: readonly Route[] = [
  route('GET /applications/@me', undefined, application),
  route('GET /oauth2/applications/@me', undefined, application),
  ...[GLOBAL, IN_GUILD].flatMap((path) => [
    route(`GET ${path}`, undefined, ({ world, params }) => json(listOf(world, params['guild']))),
    route(`PUT ${path}`, Commands, replace),
    route(`POST ${path}`, Command, create),
    route(`PATCH ${path}/:command`, z.looseObject({}), change),
    route(`DELETE ${path}/:command`, undefined, remove),
  ]),
];

function application({ world }: Call<undefined>): Answer {
  return json({
    id: world.bot.id,
    name: world.bot.name,
    icon: null,
    description: '',
    bot: wireUser(world.bot),
    bot_public: true,
    bot_require_code_grant: false,
    flags: 0,
    verify_key: '0'.repeat(64),
    approximate_guild_count: world.guilds.size,
    integration_types_config: { 0: {}, 1: {} },
    owner: wireUser(world.bot),
    team: null,
    tags: [],
    redirect_uris: [],
  });
}

export function listOf(world: World, guild = 'global'): Json[] {
  const known = world.commands.get(guild) ?? [];
  world.commands.set(guild, known);
  return known;
}

function stored(world: World, command: Command, guild: string | undefined, known?: Json): Json {
  return {
    type: 1,
    options: [],
    description: '',
    default_member_permissions: null,
    nsfw: false,
    integration_types: [0, 1],
    contexts: null,
    ...command,
    id: known?.['id'] ?? world.nextId(),
    application_id: world.bot.id,
    version: world.nextId(),
    ...(guild !== undefined && { guild_id: guild }),
  };
}

function isSame(one: { type?: unknown; name?: unknown }, two: { type?: unknown; name?: unknown }) {
  return one.name === two.name && (one.type ?? 1) === (two.type ?? 1);
}

function replace({ world, params, body }: Call<Command[]>): Answer {
  const { guild } = params;
  const before = listOf(world, guild);
  if (!isWithinCounts(body)) throw apiError(30032);
  const after = body.map((command) =>
    stored(
      world,
      command,
      guild,
      before.find((known) => isSame(known, command)),
    ),
  );
  countCreated(world, after.filter((each) => !before.some((known) => isSame(known, each))).length);
  world.commands.set(guild ?? 'global', after);
  return json(after);
}

function create({ world, params, body }: Call<Command>): Answer {
  const { guild } = params;
  const list = listOf(world, guild);
  const index = list.findIndex((known) => isSame(known, body));
  const command = stored(world, body, guild, list[index]);
  const after = index < 0 ? [...list, command] : list.with(index, command);
  if (!isWithinCounts(after)) throw apiError(30032);
  if (index < 0) countCreated(world, 1);
  world.commands.set(guild ?? 'global', after);
  return json(command, index < 0 ? 201 : 200);
}

/** 30034 above 200 new commands a day. */
function countCreated(world: World, count: number): void {
  const since = world.clock.now() - 24 * 3_600_000;
  const recent = world.commandCreations.filter((at) => at > since);
  if (recent.length + count > 200) throw apiError(30034);
  const made = Array.from({ length: count }, () => world.clock.now());
  world.commandCreations.splice(0, Infinity, ...recent, ...made);
}

function indexOf({ world, params }: Call<unknown>): number {
  const list = listOf(world, params['guild']);
  const index = list.findIndex(({ id }) => id === params['command']);
  if (index < 0) throw apiError(10063);
  return index;
}

function change(call: Call<Json>): Answer {
  const list = listOf(call.world, call.params['guild']);
  const index = indexOf(call);
  const command = { ...list[index], ...call.body, version: call.world.nextId() };
  list[index] = command;
  return json(command);
}

function remove(call: Call<undefined>): Answer {
  listOf(call.world, call.params['guild']).splice(indexOf(call), 1);
  return NOTHING;
}
