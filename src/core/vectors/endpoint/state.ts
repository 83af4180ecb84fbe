import { countEndpointDue, findEndpointModel } from '../../store/endpoint-vectors.ts';
import type { Store } from '../../store/open.ts';
import { countPapers } from '../../store/papers.ts';
import type { Embedder } from './embedder.ts';

/** Whether an endpoint's vectors serve, and what keeps them from it: sentences for the operator. */
export interface EndpointState {
  readonly serves: boolean;
  readonly ok: boolean;
  readonly detail: string;
}

/** Rejects with `StoreError`. */
export async function stateOf(
  store: Store,
  { id, name }: Embedder,
  problem: string | undefined,
): Promise<EndpointState> {
  const model = await findEndpointModel(store);
  const own = model?.maker === id ? model : undefined;
  const due = own === undefined ? 0 : await countEndpointDue(store);
  const serves = own?.size !== undefined && due === 0;
  const owed =
    due === 0 ? '' : ` It owes ${said(due)} of ${said(await countPapers(store))} papers a vector.`;
  if (problem !== undefined)
    return { serves, ok: false, detail: `${name} fails: ${problem}${owed}` };
  const begun = `Vectors are those of ${name}, ${said(own?.size ?? 0)} numbers each.${owed}`;
  const not = `${name} has given no vectors yet; the running bot asks within a minute.`;
  return { serves, ok: true, detail: own?.size === undefined ? not : begun };
}

function said(count: number): string {
  return count.toLocaleString('en-GB');
}
