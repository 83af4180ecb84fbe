import { messageOf, type Installations } from '../../core/index.ts';
import { SLACK } from '../settings.ts';
import { Install } from './install.ts';
import type { Seal } from './seal.ts';

/** Where installs are kept, encrypted. Its methods reject when the database does. */
export interface Cabinet {
  /** Reads alone, and changes nothing. */
  load(): Promise<Loaded>;
  save(install: Install): Promise<void>;
  forget(team: string): Promise<void>;
}

interface Loaded {
  readonly installs: readonly Install[];
  /** Those of them that were encrypted with an older key. */
  readonly outdated: readonly Install[];
  /** Those that can't be read, and why. They are left as they are. */
  readonly unreadable: readonly { readonly tenant: string; readonly detail: string }[];
}

export function createCabinet(kept: Installations, seal: Seal): Cabinet {
  return {
    async save(install) {
      const content = seal.close(JSON.stringify(install), install.team);
      await kept.put({ platform: SLACK, tenant: install.team, content });
    },
    forget: (team) => kept.remove(SLACK, team),
    async load() {
      const installs: Install[] = [];
      const outdated: Install[] = [];
      const unreadable: Loaded['unreadable'][number][] = [];
      for (const { tenant, content } of await kept.all(SLACK)) {
        try {
          const install = Install.parse(JSON.parse(seal.open(content, tenant)));
          installs.push(install);
          if (!seal.isCurrent(content)) outdated.push(install);
        } catch (error) {
          unreadable.push({ tenant, detail: messageOf(error) });
        }
      }
      return { installs, outdated, unreadable };
    },
  };
}

/** What to do about an install that can't be read. */
export const UNREADABLE =
  'a workspace’s tokens can’t be read, so it gets nothing. Put the key that they were encrypted ' +
  'with behind the new one in PAPERBOY_SLACK_ENCRYPTION_KEY, with a comma between; if it is lost, ' +
  'the workspace has to install Paperboy again';
