import { createHash } from 'node:crypto';
import type { ArgValues } from '../core/index.ts';

/** What a button, a menu or a form does. A menu's pick fills the argument `arg`. */
export interface Action {
  readonly command: string;
  readonly args: ArgValues;
  readonly arg?: string;
}

/** The actions that are too long for a custom id, by the key under which they are remembered. */
export type Kept = ReadonlyMap<string, string>;

/** https://docs.discord.com/developers/components/reference#anatomy-of-a-component-custom-id */
const MOST = 100;

const MARKER_LENGTH = 11;
const KEY_LENGTH = 22;

/** Begins every custom id of a message, so that the message can be found again by its key. */
export function toMarker(name: string): string {
  return hash(name).slice(0, MARKER_LENGTH);
}

/** 25 characters that name one message for ever: Discord's longest nonce. */
export function toNonce(channel: string, key: string, part: number): string {
  return hash(`${channel}|${key}|${part}`).slice(0, 25);
}

export function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** Whose message it is. An action that is too long for an id is kept for its tenant alone. */
export interface Home {
  readonly tenant: string;
  /** Names the message among all of the bot's. */
  readonly name: string;
}

/**
 * Writes an action into a custom id: marker, position (two buttons of one message may do the same,
 * two ids may not be equal), then the action, or `~` and the key under which it must be `kept`.
 */
export function toCustomId(
  { tenant, name }: Home,
  position: number,
  action: Action,
  kept: Map<string, string>,
): string {
  const head = `${toMarker(name)}${position.toString(36).padStart(2, '0')}`;
  const value = JSON.stringify([action.command, action.args, ...(action.arg ? [action.arg] : [])]);
  const plain = `${head}:${value}`;
  if (plain.length <= MOST) return plain;
  const key = toKey(tenant, value);
  kept.set(key, value);
  return `${head}~${key}`;
}

/** No tenant can name what another one keeps. */
function toKey(tenant: string, value: string): string {
  return hash(`${tenant}|${value}`).slice(0, KEY_LENGTH);
}

const SHAPE = new RegExp(String.raw`^[\w-]{${MARKER_LENGTH}}[0-9a-z]{2}([:~])(.*)$`, 's');

/** Reads a custom id of ours; undefined for any other, and where the tenant keeps no such action. */
export async function fromCustomId(
  id: string,
  tenant: string,
  recall: (key: string) => Promise<string | undefined>,
): Promise<Action | undefined> {
  const [, kind, rest = ''] = SHAPE.exec(id) ?? [];
  if (kind === undefined) return undefined;
  if (kind === ':') return parse(rest);
  const value = await recall(rest);
  return value === undefined || toKey(tenant, value) !== rest ? undefined : parse(value);
}

function parse(value: string): Action | undefined {
  try {
    const [command, args, arg] = JSON.parse(value) as [unknown, unknown, unknown];
    if (typeof command !== 'string' || !isArgs(args)) return undefined;
    return { command, args, ...(typeof arg === 'string' && { arg }) };
  } catch {
    return undefined; // Somebody made it up.
  }
}

function isArgs(value: unknown): value is ArgValues {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((each) => [each].flat().every(isPlain));
}

function isPlain(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

/** Where `PlatformMemory` keeps the action of that key. */
export function actionKey(key: string): string {
  return `action|${key}`;
}
