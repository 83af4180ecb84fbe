import type { Deed } from './record.ts';

/** A disk is written in these, in bytes: of a write that was under way, some may be there. */
const SECTOR = 512;

interface File {
  /** What is surely on the disk, and what may be. */
  readonly safe: Deed[];
  readonly pending: Deed[];
}

/**
 * The files of the folder as a power cut after these deeds leaves them, by name. Of what was not
 * synced (each sector and truncation, and each name that is new or gone), that is there which
 * `survives`; a name is safe once the folder is synced.
 */
export function diskAfter(deeds: readonly Deed[], survives: () => boolean): Map<string, Buffer> {
  const names = new Map<string, File>();
  let safeNames = new Map<string, File>();
  for (const deed of deeds) {
    if (deed.kind === 'sync' && deed.name === '') safeNames = new Map(names);
    else if (deed.kind === 'unlink') names.delete(deed.name);
    else if (deed.kind !== 'say') change(names, deed);
  }
  const disk = new Map<string, Buffer>();
  for (const name of new Set([...names.keys(), ...safeNames.keys()])) {
    const file = (survives() ? names : safeNames).get(name);
    if (file === undefined) continue;
    const pending = file.pending.flatMap(sectorsOf).filter(survives);
    disk.set(name, contentAfter([...file.safe, ...pending]));
  }
  return disk;
}

function change(names: Map<string, File>, deed: Deed): void {
  const file = names.get(deed.name) ?? { safe: [], pending: [] };
  names.set(deed.name, file);
  if (deed.kind === 'sync') file.safe.push(...file.pending.splice(0));
  else file.pending.push(deed);
}

function sectorsOf(deed: Deed): Deed[] {
  if (deed.kind === 'truncate') return [deed];
  const sectors: Deed[] = [];
  for (let at = 0; at < deed.bytes.length;) {
    const end = at + SECTOR - ((deed.offset + at) % SECTOR);
    sectors.push({ ...deed, offset: deed.offset + at, bytes: deed.bytes.subarray(at, end) });
    at = end;
  }
  return sectors;
}

function contentAfter(deeds: readonly Deed[]): Buffer {
  const room = Buffer.alloc(
    Math.max(0, ...deeds.map(({ offset, bytes }) => offset + bytes.length)),
  );
  let size = 0;
  for (const { kind, offset, bytes } of deeds) {
    bytes.copy(room, offset);
    if (kind === 'truncate') room.fill(0, offset);
    size = kind === 'truncate' ? offset : Math.max(size, offset + bytes.length);
  }
  return room.subarray(0, size);
}
