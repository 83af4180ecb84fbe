import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UserError } from '../errors.ts';

export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string;
}

/** A line longer than this is not a paper, in bytes; it bounds what is held in memory. */
const MOST_BYTES = 1_000_000;
const TOO_LONG = `it is longer than ${MOST_BYTES} bytes`;

const NEWLINE = 0x0a;
const GZIP_MAGIC = 0x1f8b;

/** What to say of the errors of the file system and of zlib, by their code. */
const EXPLANATIONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file.',
  EISDIR: 'it is a folder, not a file.',
  EACCES: 'this user may not read it.',
  Z_BUF_ERROR: 'its gzip data is cut off. Download or copy it again.',
  Z_DATA_ERROR: 'its gzip data is damaged. Download or copy it again.',
};

/**
 * The lines of a text file, gzipped or not, without empty ones. Rejects with a `UserError` that
 * names the file, and the line where one is to blame.
 */
export async function* readLines(path: string): AsyncGenerator<Line> {
  try {
    yield* splitLines(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const explanation = EXPLANATIONS[code];
    if (explanation === undefined) throw error;
    throw new UserError(`${path}: ${explanation}`, { cause: error });
  }
}

/** The error of one line, for people. */
export function lineError(path: string, number: number, what: string, cause?: unknown): UserError {
  return new UserError(`${path}, line ${number}: ${what}.`, { cause });
}

async function* splitLines(path: string): AsyncGenerator<Line> {
  let rest: Buffer = Buffer.alloc(0);
  let number = 0;
  for await (const chunk of await openText(path)) {
    const bytes: Buffer = Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      number += 1;
      yield* toLine(path, number, bytes.subarray(start, end));
      start = end + 1;
    }
    rest = bytes.subarray(start);
    if (rest.length > MOST_BYTES) throw lineError(path, number + 1, TOO_LONG);
  }
  yield* toLine(path, number + 1, rest);
}

async function openText(path: string): Promise<AsyncIterable<Buffer>> {
  // Opened only after a first look, since a stream without a reader throws its errors at nobody.
  const gzip = await isGzip(path);
  const file = createReadStream(path);
  return gzip ? pipeline(file, createGunzip(), ignore) : file;
}

/** By its first bytes, as a name can be wrong. */
async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer.readUInt16BE() === GZIP_MAGIC;
  } finally {
    await file.close();
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function* toLine(path: string, number: number, bytes: Buffer): Generator<Line> {
  if (bytes.length > MOST_BYTES) throw lineError(path, number, TOO_LONG);
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch (error) {
    throw lineError(path, number, 'it is not UTF-8 text', error);
  }
  if (text.trim() !== '') yield { number, text };
}

/** The reader of the pipeline gets its errors; this callback only has to be there. */
function ignore(): void {
  // Nothing to do.
}
