import type { IncomingMessage } from 'node:http';
import { apiError } from '../errors.ts';
import { partsOf } from './multipart.ts';
import type { UploadedFile } from './route.ts';

export interface ReadBody {
  /** Undefined without a body, or with one that is no JSON. */
  readonly json: unknown;
  readonly broken: boolean;
  readonly files: readonly UploadedFile[];
}

export async function readBody(request: IncomingMessage): Promise<ReadBody> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) return readForm(bytes, type);
  return { ...parse(bytes.toString()), files: [] };
}

function readForm(bytes: Buffer, type: string): ReadBody {
  const parts = partsOf(bytes, type);
  const payload = parts.find(({ name }) => name === 'payload_json');
  const files = parts.flatMap(({ fileName, bytes: content }) =>
    fileName === undefined
      ? []
      : [{ name: fileName, size: content.length, text: content.toString() }],
  );
  return { ...(payload ? parse(payload.bytes.toString()) : { json: {}, broken: false }), files };
}

function parse(text: string): Omit<ReadBody, 'files'> {
  if (text === '') return { json: undefined, broken: false };
  try {
    return { json: JSON.parse(text) as unknown, broken: false };
  } catch {
    return { json: undefined, broken: true };
  }
}

/** The JSON of a body, or 50109. */
export function jsonOf({ json, broken }: ReadBody): unknown {
  if (broken) throw apiError(50109);
  return json;
}
