import { writeSync } from 'node:fs';
import { sql } from 'kysely';
import { openStore } from '../../../../src/core/store/open.ts';
import { prepare, stepsOf } from './steps.ts';

/** Writes to a database, says a dot for each write that it would acknowledge, and is killed. */
const [path = '', pragma = ''] = process.argv.slice(2);
const store = openStore(path);
await sql.raw(`PRAGMA ${pragma}`).execute(store);
await prepare(store);
for (const step of stepsOf(store)) {
  await step();
  writeSync(1, '.');
}
process.kill(process.pid, 'SIGKILL');
