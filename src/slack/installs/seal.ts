import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** Encrypts what is kept, so that a copy of the database gives nobody a token. */
export interface Seal {
  /** `owner` is bound to it: the same text is not opened as somebody else's. */
  close(text: string, owner: string): string;
  /** Throws when no key fits, or when anything was changed. */
  open(sealed: string, owner: string): string;
  /** Whether it was closed with the key that closes now. */
  isCurrent(sealed: string): boolean;
}

const CIPHER = 'aes-256-gcm';
/** NIST SP 800-38D, 8.2: 96 random bits for each encryption, and a whole tag. */
const IV_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = '1';

interface Key {
  readonly id: string;
  readonly bytes: Buffer;
}

/**
 * AES-256-GCM. The first key closes, and all open, so that a key is replaced by putting the new one
 * before it. Keys are 32 bytes in base64 or hexadecimal.
 */
export function createSeal(written: readonly string[]): Seal {
  const keys = written.map(toKey);
  const [current] = keys;
  if (current === undefined) throw new Error('There is no key to encrypt with');
  return {
    close(text, owner) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, current.bytes, iv, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(owner));
      const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      const parts = [iv, data, cipher.getAuthTag()].map((part) => part.toString('base64url'));
      return [VERSION, current.id, ...parts].join('.');
    },
    open(sealed, owner) {
      const [version, id, ...parts] = sealed.split('.');
      const key = keys.find((each) => each.id === id);
      const [iv, data, tag] = parts.map((part) => Buffer.from(part, 'base64url'));
      if (version !== VERSION || iv === undefined || data === undefined || tag === undefined) {
        throw new Error('It is not in the form in which Paperboy encrypts');
      }
      if (key === undefined) throw new Error(`It was encrypted with another key (${id ?? ''})`);
      const decipher = createDecipheriv(CIPHER, key.bytes, iv, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(owner)).setAuthTag(tag);
      return decipher.update(data, undefined, 'utf8') + decipher.final('utf8');
    },
    isCurrent: (sealed) => sealed.startsWith(`${VERSION}.${current.id}.`),
  };
}

/** A key's id says which key it is, and nothing about what it is. */
function toKey(written: string): Key {
  const isHex = /^[0-9a-f]{64}$/i.test(written);
  const bytes = Buffer.from(written, isHex ? 'hex' : 'base64');
  if (bytes.length !== 32) throw new Error('A key to encrypt with must have 32 bytes');
  const id = createHash('sha256').update('paperboy key id').update(bytes).digest('hex');
  return { id: id.slice(0, 8), bytes };
}
