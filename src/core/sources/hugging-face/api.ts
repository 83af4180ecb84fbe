import type { z } from 'zod';
import { SourceError } from '../../errors.ts';
import type { Http } from '../../http.ts';
import { reasonOf } from './items.ts';

/** How to reach the API. */
export interface HuggingFaceOptions {
  readonly http: Http;
  /** `https://huggingface.co`, or a mirror of it with any path. */
  readonly baseUrl: string;
  /** Papers need none; it doubles the allowance of 500 requests in five minutes. */
  readonly token?: string;
}

/** Asks for JSON below the base address. Rejects with `SourceError`. */
export type Ask = <T>(
  schema: z.ZodType<T>,
  path: string,
  query?: Readonly<Record<string, string | number>>,
  signal?: AbortSignal,
) => Promise<T>;

export function createAsk({ http, baseUrl, token }: HuggingFaceOptions): Ask {
  const base = baseUrl.replace(/\/*$/, '/');
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  return async (schema, path, query = {}, signal) => {
    const url = new URL(path, base);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    const reply = await http.get(url, {
      headers,
      accept: 'application/json',
      ...(signal && { signal }),
    });
    const place = `${url.host}${url.pathname}`;
    const parsed = schema.safeParse(toJson(reply.body, place, reply.headers.get('content-type')));
    if (parsed.success) return parsed.data;
    throw new SourceError(
      'unreadable',
      `${place} answered in an unknown shape: ${reasonOf(parsed.error)}`,
    );
  };
}

function toJson(body: string, place: string, type: string | null): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    const got = type?.includes('json')
      ? 'broken JSON'
      : `${type ?? 'no content type'} instead of JSON`;
    throw new SourceError('unreadable', `${place} answered with ${got}`, { cause });
  }
}
