import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SourceError } from '../../src/core/errors.ts';
import { createHttp } from '../../src/core/http.ts';
import type { Http, HttpOptions } from '../../src/core/http.ts';
import { reply, startServer } from '../fakes/faults.ts';
import type { Fault, TestServer } from '../fakes/faults.ts';

const USER_AGENT = 'paperboy-test (+https://paperboy.example; hello@paperboy.example)';

let server: TestServer;
let waits: number[];

beforeEach(async () => {
  waits = [];
  server = await startServer((request, response) => {
    if (request.url === '/empty') response.writeHead(204).end();
    else reply(response, JSON.stringify({ path: request.url }));
  });
});

afterEach(() => server.close());

/** Waits are noted instead of waited for. */
function client(options: Partial<HttpOptions> = {}): Http {
  return createHttp({
    userAgent: USER_AGENT,
    random: () => 0.5,
    sleep(ms) {
      waits.push(ms);
      return Promise.resolve();
    },
    ...options,
  });
}

async function failure(promise: Promise<unknown>): Promise<SourceError> {
  const error = await promise.then(
    () => new Error('it resolved'),
    (reason: unknown) => reason,
  );
  if (error instanceof SourceError) return error;
  throw error;
}

function places(): string[] {
  return server.requests.map((request) => request.url);
}

describe('a good answer', () => {
  it('resolves with status, headers and body', async () => {
    const answer = await client().get(`${server.url}/a?b=c`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(JSON.parse(answer.body)).toEqual({ path: '/a?b=c' });
    expect(waits).toEqual([]);
  });

  it('may be to a value that is sent as JSON, and sent again after a failure', async () => {
    server.fail({ kind: 'status', status: 503 });
    const answer = await client().post(`${server.url}/a`, { text: 'ü' }, { headers: { x: 'y' } });
    expect(JSON.parse(answer.body)).toEqual({ path: '/a' });
    expect(server.requests.map(({ method }) => method)).toEqual(['POST', 'POST']);
    expect(server.requests[1]?.headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': '13',
      x: 'y',
    });
  });

  it('follows no redirect of what it sends', async () => {
    server.fail({ kind: 'redirect', location: '/b', status: 307 });
    const error = await failure(client().post(`${server.url}/a`, {}));
    expect(error).toMatchObject({ kind: 'refused' });
    expect(places()).toEqual(['/a']);
  });

  it('may be empty', async () => {
    expect(await client().get(`${server.url}/empty`)).toMatchObject({ status: 204, body: '' });
  });

  it('is asked for with our own User-Agent, which no caller replaces', async () => {
    await client().get(server.url, {
      headers: { 'User-Agent': 'curl', 'x-more': '1' },
      accept: 'application/json',
    });
    expect(server.requests[0]?.headers).toMatchObject({
      'user-agent': USER_AGENT,
      accept: 'application/json',
      'x-more': '1',
    });
  });

  it('decodes UTF-8 that is split between chunks', async () => {
    const split = await startServer((_request, response) => {
      const bytes = Buffer.from('{"name":"José"}');
      const middle = bytes.indexOf(0xc3) + 1;
      response.writeHead(200);
      response.write(bytes.subarray(0, middle), () => {
        setTimeout(() => response.end(bytes.subarray(middle)), 20);
      });
    });
    const answer = await client()
      .get(split.url)
      .finally(() => split.close());
    expect(answer.body).toBe('{"name":"José"}');
  });
});

describe('a passing failure', () => {
  const passing: readonly Fault[] = [
    { kind: 'rate-limit' },
    { kind: 'status', status: 500 },
    { kind: 'status', status: 503 },
    { kind: 'status', status: 408 },
    { kind: 'hang' },
    { kind: 'hang-body' },
    { kind: 'reset' },
    { kind: 'cut' },
  ];
  it.each(passing)('$kind $status is tried again', async (fault) => {
    server.fail(fault);
    const answer = await client({ timeoutMs: 150 }).get(`${server.url}/again`);
    expect(JSON.parse(answer.body)).toEqual({ path: '/again' });
    expect(places()).toEqual(['/again', '/again']);
    expect(waits).toHaveLength(1);
  });

  it('waits longer each time, by exponential back-off with full jitter', async () => {
    server.fail({ kind: 'status', status: 502 }, 4);
    await client({ attempts: 5, random: () => 0.5 }).get(server.url);
    expect(waits).toEqual([250, 500, 1000, 2000]);
    server.fail({ kind: 'status', status: 502 });
    waits = [];
    await client({ random: () => 0 }).get(server.url);
    expect(waits).toEqual([0]);
  });

  it('that lasts is told after three attempts', async () => {
    server.fail({ kind: 'status', status: 503 }, 3);
    const error = await failure(client().get(`${server.url}/api?q=secret`));
    expect(error.kind).toBe('unreachable');
    expect(error.message).toBe(`${new URL(server.url).host}/api answered 503`);
    expect(server.requests).toHaveLength(3);
  });

  it('is waited out in real time too', async () => {
    server.fail({ kind: 'rate-limit', reset: 1 });
    const http = createHttp({ userAgent: USER_AGENT, random: () => 0 });
    const started = performance.now();
    await http.get(server.url);
    expect(performance.now() - started).toBeGreaterThan(990);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('a wait that the server asks for', () => {
  const soon = (seconds: number): string => new Date(Date.now() + seconds * 1000).toUTCString();
  const cases: readonly [string, Readonly<Record<string, string>>, number, number][] = [
    ['Retry-After in seconds', { 'retry-after': '7' }, 7000, 7000],
    ['Retry-After as an HTTP date', { 'retry-after': soon(30) }, 28_000, 31_000],
    ['a date that is over', { 'retry-after': soon(-30) }, 0, 0],
    ['the reset of RateLimit', { ratelimit: '"api";r=0;t=12' }, 12_000, 12_000],
    ['the used-up policy of several', { ratelimit: '"a";r=9;t=50, "b";r=0;t=4' }, 4000, 4000],
    [
      'Retry-After before RateLimit',
      { 'retry-after': '3', ratelimit: '"api";r=0;t=12' },
      3000,
      3000,
    ],
    ['nothing, with a header nobody understands', { 'retry-after': 'soon', ratelimit: 'x' }, 0, 0],
    ['nothing, when requests remain', { ratelimit: '"api";r=4;t=12' }, 0, 0],
  ];
  it.each(cases)('is kept in full: %s', async (_title, headers, least, most) => {
    server.fail({ kind: 'status', status: 429, headers });
    await client({ random: () => 0 }).get(server.url);
    expect(waits).toHaveLength(1);
    expect(waits[0]).toBeGreaterThanOrEqual(least);
    expect(waits[0]).toBeLessThanOrEqual(most);
  });

  it('gets jitter on top, so that two clients don’t return together', async () => {
    server.fail({ kind: 'rate-limit', retryAfter: '7' });
    await client({ random: () => 0.5 }).get(server.url);
    expect(waits).toEqual([7250]);
  });

  it('counts on 503 as well', async () => {
    server.fail({ kind: 'status', status: 503, headers: { 'retry-after': '9' } });
    await client({ random: () => 0 }).get(server.url);
    expect(waits).toEqual([9000]);
  });

  it('is waited for up to a minute', async () => {
    server.fail({ kind: 'rate-limit', reset: 60 });
    await client({ random: () => 0 }).get(server.url);
    expect(waits).toEqual([60_000]);
  });

  it('is left to the caller over a minute', async () => {
    server.fail({ kind: 'rate-limit', reset: 61 });
    const error = await failure(client().get(server.url));
    expect(error).toMatchObject({ kind: 'rate-limited', retryAfterMs: 61_000 });
    expect(waits).toEqual([]);
    expect(server.requests).toHaveLength(1);
  });

  it('is told when three attempts were refused', async () => {
    server.fail({ kind: 'rate-limit', retryAfter: '5' }, 3);
    const error = await failure(client().get(server.url));
    expect(error).toMatchObject({ kind: 'rate-limited', retryAfterMs: 5000 });
    expect(server.requests).toHaveLength(3);
  });
});

describe('a lasting failure', () => {
  it.each([
    [404, 'not-found'],
    [410, 'not-found'],
    [400, 'refused'],
    [401, 'refused'],
    [403, 'refused'],
    [304, 'refused'],
  ])('%i is %s at once', async (status, kind) => {
    server.fail({ kind: 'status', status, ...(status === 304 && { body: '' }) });
    const error = await failure(client().get(`${server.url}/api`));
    expect(error.kind).toBe(kind);
    expect(error.message).toContain(`/api answered ${status}`);
    expect(server.requests).toHaveLength(1);
  });

  it('a port where nobody listens is unreachable, after all attempts', async () => {
    const gone = await startServer(() => undefined);
    await gone.close();
    const error = await failure(client().get(`${gone.url}/api`));
    expect(error.kind).toBe('unreachable');
    expect(error.message).toMatch(
      /^127\.0\.0\.1:\d+\/api: the connection failed \(ECONNREFUSED\)$/,
    );
    expect(waits).toHaveLength(2);
  });

  it('a host without an address is unreachable', async () => {
    const error = await failure(client({ attempts: 1 }).get('http://nowhere.invalid/api'));
    expect(error.kind).toBe('unreachable');
    expect(error.message).toContain('nowhere.invalid/api');
  });

  it('a hang ends at the time limit, body or not', async () => {
    for (const kind of ['hang', 'hang-body'] as const) {
      server.fail({ kind });
      const started = performance.now();
      const error = await failure(client({ timeoutMs: 200, attempts: 1 }).get(server.url));
      expect(error.kind).toBe('unreachable');
      expect(error.message).toContain('no answer within 0.2 s');
      expect(performance.now() - started).toBeLessThan(3000);
    }
  });
});

describe('a body that is too large', () => {
  it.each([true, false])('is unreadable and not tried again (declared: %s)', async (declared) => {
    server.fail({ kind: 'huge', bytes: 20_000_000, declared });
    const error = await failure(client().get(server.url));
    expect(error.kind).toBe('unreadable');
    expect(error.message).toContain('more than 10000000 bytes');
    expect(server.requests).toHaveLength(1);
  });

  it('is refused by its declared length, before any of it comes', async () => {
    const headers = { 'content-length': '20000000' };
    server.fail({ kind: 'status', status: 200, headers, body: 'x' });
    const error = await failure(client({ timeoutMs: 1000, attempts: 1 }).get(server.url));
    expect(error.kind).toBe('unreadable');
  });

  it('is read up to the very limit', async () => {
    server.fail({ kind: 'huge', bytes: 5000 });
    expect((await client({ maxBytes: 5000 }).get(server.url)).body).toHaveLength(5000);
    server.fail({ kind: 'huge', bytes: 5001 });
    expect((await failure(client({ maxBytes: 5000 }).get(server.url))).kind).toBe('unreadable');
  });
});

describe('a redirect', () => {
  it('on the same host is followed with our headers', async () => {
    server.fail({ kind: 'redirect', location: '/moved?x=1', status: 308 });
    const answer = await client().get(`${server.url}/old`, {
      headers: { authorization: 'Bearer hf_token' },
    });
    expect(JSON.parse(answer.body)).toEqual({ path: '/moved?x=1' });
    expect(server.requests[1]?.headers.authorization).toBe('Bearer hf_token');
  });

  it('to another host is refused, and the token never reaches it', async () => {
    const other = await startServer((_request, response) => {
      reply(response, '[]');
    });
    server.fail({ kind: 'redirect', location: `${other.url}/api?key=secret` });
    const error = await failure(
      client().get(`${server.url}/api`, { headers: { authorization: 'Bearer hf_token' } }),
    ).finally(() => other.close());
    expect(error.kind).toBe('refused');
    expect(error.message).toContain(`answered 302 to ${other.url}, which is not followed`);
    expect(error.message).not.toContain('secret');
    expect(other.requests).toEqual([]);
  });

  it('is followed three times at most', async () => {
    server.fail({ kind: 'redirect', location: '/round' }, 3);
    await client().get(server.url);
    server.fail({ kind: 'redirect', location: '/round' }, 4);
    const error = await failure(client().get(server.url));
    expect(error).toMatchObject({ kind: 'refused' });
    expect(error.message).toContain('more than 3 redirects');
  });

  it('without a usable location is refused', async () => {
    server.fail({ kind: 'redirect', location: 'http://' });
    expect((await failure(client().get(server.url))).kind).toBe('refused');
  });
});

describe('cancelling', () => {
  it('sends nothing when the signal has aborted before', async () => {
    const error = await failure(client().get(server.url, { signal: AbortSignal.abort() }));
    expect(error.kind).toBe('unreachable');
    expect(error.message).toContain('cancelled');
    expect(server.requests).toEqual([]);
  });

  it.each(['hang', 'hang-body'] as const)('ends a request at once (%s)', async (kind) => {
    server.fail({ kind });
    const abort = new AbortController();
    const promise = failure(client().get(server.url, { signal: abort.signal }));
    setTimeout(() => {
      abort.abort();
    }, 100);
    expect((await promise).message).toContain('cancelled');
    expect(server.requests).toHaveLength(1);
  });

  it('ends a real wait at once', async () => {
    server.fail({ kind: 'rate-limit', retryAfter: '50' });
    const http = createHttp({ userAgent: USER_AGENT });
    const started = performance.now();
    const error = await failure(http.get(server.url, { signal: AbortSignal.timeout(200) }));
    expect(error).toMatchObject({ kind: 'unreachable' });
    expect(error.message).toContain('cancelled');
    expect(performance.now() - started).toBeLessThan(5000);
    expect(server.requests).toHaveLength(1);
  });
});

describe('secrets', () => {
  it('in a header that HTTP can’t carry stay out of the error', async () => {
    const error = await failure(
      client().get(server.url, { headers: { authorization: 'Bearer hf_secret\nx' } }),
    );
    expect(error).toMatchObject({ kind: 'refused' });
    expect(error.message).toContain('authorization');
    expect(JSON.stringify([error.message, String(error.cause)])).not.toContain('hf_secret');
  });

  it('in an address stay out of the error', async () => {
    const address = server.url.replace('http://', 'http://user:hunter2@');
    const error = await failure(client().get(address));
    expect(error.message).toMatch(
      /^The address of 127\.0\.0\.1:\d+ holds a user name or password$/,
    );
  });

  it('in an address that is none stay out of the error', async () => {
    for (const address of ['hunter2', 'ftp://hunter2.example/x', 'data:text/plain,hunter2']) {
      expect((await failure(client().get(address))).message).not.toContain('hunter2');
    }
  });
});
