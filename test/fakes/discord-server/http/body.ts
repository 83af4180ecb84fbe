import type { IncomingMessage } from 'node:http';
import { apiError } from '../errors.ts';
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
  if (bytes.length === 0) return { json: undefined, broken: false, files: [] };
  return { ...parse(bytes.toString()), files: [] };
}

async function readForm(bytes: Buffer, type: string): Promise<ReadBody> {
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const payload = form.get('payload_json');
  const files = [...form].flatMap(([, value]) => (typeof value === 'string' ? [] : [value]));
  return {
    ...(typeof payload === 'string' ? parse(payload) : { json: {}, broken: false }),
    files: await Promise.all(
      files.map(async (file) => ({ name: file.name, size: file.size, text: await file.text() })),
    ),
  };
}

function parse(text: string): { json: unknown; broken: boolean } {
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
