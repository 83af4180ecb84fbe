import { firstDigest } from './migrations/001-first-digest.ts';
import { platforms } from './migrations/002-platforms.ts';
import { outbox } from './migrations/003-outbox.ts';
import { preferences } from './migrations/004-preferences.ts';
import { vectors } from './migrations/005-vectors.ts';
import { arrivals } from './migrations/006-arrivals.ts';
import { installations } from './migrations/007-installations.ts';
import { delivery } from './migrations/008-delivery.ts';
import { quietLinks } from './migrations/009-quiet-links.ts';
import { libraries } from './migrations/010-libraries.ts';
import { threadRefusals } from './migrations/011-thread-refusals.ts';
import { planning } from './migrations/012-planning.ts';
import { erasures } from './migrations/013-erasures.ts';
import { endpointVectors } from './migrations/014-endpoint-vectors.ts';
import { personalDigests } from './migrations/015-personal-digests.ts';
import { firstList } from './migrations/016-first-list.ts';
import { silent } from './migrations/017-silent.ts';
import { heldTold } from './migrations/018-held-told.ts';

/**
 * The schema's history, oldest first. Append only: a released entry never changes, since databases
 * in use have run it. `PRAGMA user_version` counts the entries that a database has seen.
 */
export const migrations: readonly string[] = [
  firstDigest,
  platforms,
  outbox,
  preferences,
  vectors,
  arrivals,
  installations,
  delivery,
  quietLinks,
  libraries,
  threadRefusals,
  planning,
  erasures,
  endpointVectors,
  personalDigests,
  firstList,
  silent,
  heldTold,
];
