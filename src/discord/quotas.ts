import type { ResponseLike } from 'discord.js';

/**
 * "Maximum number of edits to messages older than 1 hour reached": a quota of the channel's old
 * messages alone, though Discord answers it with 429 as if the whole route had to wait.
 * https://github.com/aikaterna/aikaterna-cogs/issues/302
 */
export const OLD_EDITS = 30046;

/** Messages older than this have the quota of edits. */
export const OLD_MS = 3_600_000;

/**
 * The same answer, but a quota as a plain refusal: discord.js would hold back every edit of the
 * channel, young messages included, for up to an hour.
 */
export async function quotaAsRefusal(response: ResponseLike): Promise<ResponseLike> {
  if (response.status !== 429) return response;
  const text = await response.text();
  const headers = [...response.headers];
  if (codeOf(text) !== OLD_EDITS) return new Response(text, { status: 429, headers });
  const kept = headers.filter(([name]) => name !== 'retry-after');
  return new Response(text, { status: 400, headers: kept });
}

function codeOf(text: string): unknown {
  try {
    return (JSON.parse(text) as { readonly code?: unknown }).code;
  } catch {
    return undefined; // What stands before Discord answers in other shapes.
  }
}
