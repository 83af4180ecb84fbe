import { existsSync, realpathSync } from 'node:fs';

/**
 * The name of a file beside the database at `path`: the same one by whichever of its names the
 * database is opened, so that nothing which is kept there is evaded through a link.
 */
export function beside(path: string, ending: '.lock' | '.mark'): string {
  return `${existsSync(path) ? realpathSync(path) : path}${ending}`;
}
