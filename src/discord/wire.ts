import type { Client } from 'discord.js';
import { DeliveryError, type Clock, type Inbox, type Log } from '../core/index.ts';
import { actionKey, type Kept } from './custom-id.ts';
import type { Ask } from './rest.ts';
import { PLATFORM } from './settings.ts';

/** What everything that speaks with Discord works with while the platform runs. */
export interface Wire {
  /** The present connection; another one after the watchdog has replaced it. */
  readonly client: Client;
  readonly ask: Ask;
  readonly inbox: Inbox;
  readonly clock: Clock;
  readonly log: Log;
  /** Our own user id; empty before the first connection. */
  readonly us: () => string;
  /** Keeps the actions of buttons that are too long for them. */
  readonly remember: (kept: Kept) => Promise<void>;
}

/** A wire without a connection, and how to tell it of each new one. */
export function createWire(parts: Pick<Wire, 'ask' | 'inbox' | 'clock' | 'log'>) {
  let client: Client<true> | undefined;
  const { memory } = parts.inbox;
  const wire: Wire = {
    ...parts,
    get client() {
      if (client === undefined) throw new DeliveryError('unavailable', 'Discord is not connected.');
      return client;
    },
    us: () => client?.user.id ?? '',
    remember: async (kept) => {
      for (const [key, value] of kept) await memory.set(PLATFORM, actionKey(key), value);
    },
  };
  const connected = (present: Client<true>) => {
    client = present;
  };
  return { wire, connected };
}
