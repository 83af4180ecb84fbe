import { messageOf, type Installations, type Log } from '../../core/index.ts';
import { SLACK } from '../settings.ts';
import { Install } from './install.ts';
import type { Seal } from './seal.ts';

/** Where installs are kept, encrypted. Its methods reject when the database does. */
export interface Cabinet {
  /** Every install that can be read; each that can't is logged, and left as it is. */
  load(): Promise<Install[]>;
  save(install: Install): Promise<void>;
  forget(team: string): Promise<void>;
}

export function createCabinet(kept: Installations, seal: Seal, log: Log): Cabinet {
  async function save(install: Install): Promise<void> {
    const { team: tenant } = install;
    const content = seal.close(JSON.stringify(install), tenant);
    await kept.put({ platform: SLACK, tenant, content });
  }

  function read(tenant: string, content: string): Install[] {
    try {
      return [Install.parse(JSON.parse(seal.open(content, tenant)))];
    } catch (error) {
      // Its own message alone: what was opened is in no log.
      log.error({ tenant, detail: messageOf(error) }, UNREADABLE);
      return [];
    }
  }

  return {
    save,
    forget: (team) => kept.remove(SLACK, team),
    async load() {
      const found: Install[] = [];
      for (const { tenant, content } of await kept.all(SLACK)) {
        const [install] = read(tenant, content);
        if (install === undefined) continue;
        found.push(install);
        if (!seal.isCurrent(content)) await save(install);
      }
      return found;
    },
  };
}

const UNREADABLE =
  'page the operator: a workspace’s tokens can’t be read, so it gets nothing. Put the key that they ' +
  'were encrypted with behind the new one in PAPERBOY_SLACK_ENCRYPTION_KEY, with a comma between; ' +
  'if it is lost, the workspace has to install Paperboy again';
