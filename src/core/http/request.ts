import { SourceError } from '../errors.ts';

/**
 * The address as a URL. Rejects what `fetch` would refuse with the whole address in its message,
 * since that may hold a password.
 */
export function locate(address: string | URL): URL {
  const url = typeof address === 'string' ? parse(address) : address;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new SourceError('refused', 'The address is not an http(s) URL');
  }
  if (url.username !== '' || url.password !== '') {
    throw new SourceError('refused', `The address of ${url.host} holds a user name or password`);
  }
  return url;
}

function parse(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}

/**
 * The headers as `fetch` takes them. Rejects by name alone a header that HTTP can't carry, such as
 * a token with a line break: the built-in error quotes the value.
 */
export function headersOf(values: Readonly<Record<string, string>>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(values)) {
    try {
      headers.set(name, value);
    } catch {
      throw new SourceError('refused', `The header ${name} has characters that HTTP can’t carry`);
    }
  }
  return headers;
}

/** How often one attempt follows a redirect. */
export const MAX_REDIRECTS = 3;

/**
 * Whether a redirect stays where we meant to go: the same scheme, host and port, or the step from
 * http to https on the standard ports of the same host. Anything else would show our headers, a
 * token among them, to somebody else.
 */
export function mayFollow(from: URL, to: URL): boolean {
  if (to.username !== '' || to.password !== '') return false;
  if (from.origin === to.origin) return true;
  const upgrades = from.protocol === 'http:' && to.protocol === 'https:';
  return upgrades && from.hostname === to.hostname && from.port === '' && to.port === '';
}
