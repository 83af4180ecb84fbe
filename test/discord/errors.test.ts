import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { StoreError, type DeliveryErrorKind } from '../../src/core/errors.ts';
import { isBadContent, toDeliveryError } from '../../src/discord/errors.ts';

function refusal(code: number, status: number, more = {}): DiscordAPIError {
  const raw = { code, message: 'told', ...more };
  return new DiscordAPIError(raw, code, status, 'POST', 'https://discord.test', {});
}

function failure(code: string): Error {
  return Object.assign(new TypeError('fetch failed'), { cause: { code } });
}

describe('A failure of Discord’s', () => {
  it.each<[number, number, DeliveryErrorKind]>([
    [10003, 404, 'channel-gone'],
    [10004, 404, 'channel-gone'],
    [10008, 404, 'rejected'],
    [30034, 400, 'rejected'],
    [30046, 400, 'rate-limited'],
    [40003, 400, 'unavailable'],
    [40058, 400, 'rejected'],
    [40067, 400, 'no-access'],
    [50001, 403, 'no-access'],
    [50006, 400, 'rejected'],
    [50007, 403, 'no-access'],
    [50013, 403, 'no-access'],
    [50035, 400, 'rejected'],
    [50083, 400, 'no-access'],
    [50278, 400, 'no-access'],
    [160005, 403, 'no-access'],
    [160006, 400, 'no-access'],
    [240000, 400, 'rejected'],
    [0, 401, 'unavailable'],
    [0, 403, 'no-access'],
    [0, 404, 'unavailable'],
    [123, 400, 'rejected'],
  ])('%i with %i is %s, and names its code', (code, status, kind) => {
    const error = toDeliveryError(refusal(code, status));
    expect([error.kind, error.message]).toEqual([kind, expect.stringContaining(`${code})`)]);
  });

  it.each<[number, DeliveryErrorKind]>([
    [500, 'unknown-outcome'],
    [502, 'unavailable'],
    [503, 'unknown-outcome'],
    [504, 'unknown-outcome'],
  ])('with %i alone is %s', (status, kind) => {
    const error = new HTTPError(status, 'told', 'POST', 'https://discord.test', {});
    expect(toDeliveryError(error).kind).toBe(kind);
  });

  it('blames our own database for what it fails', () => {
    const cause = Object.assign(new Error('full'), { code: 'SQLITE_FULL' });
    const error = toDeliveryError(new StoreError('The database /x is on a full disk.', { cause }));
    expect(error.kind).toBe('unknown-outcome');
    expect(error.message).toMatch(/^Paperboy’s own database failed/);
  });

  it.each<[string, DeliveryErrorKind]>([
    ['ECONNREFUSED', 'unavailable'],
    ['ENOTFOUND', 'unavailable'],
    ['UND_ERR_CONNECT_TIMEOUT', 'unavailable'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'unavailable'],
    ['ECONNRESET', 'unknown-outcome'],
    ['UND_ERR_SOCKET', 'unknown-outcome'],
  ])('of the network, %s, is %s', (code, kind) => {
    expect(toDeliveryError(failure(code)).kind).toBe(kind);
  });

  it('that asks to wait tells how long', () => {
    const limit = { timeToReset: 1, limit: 5, method: 'POST', hash: '', url: '', route: '' };
    const rest = { majorParameter: '', global: false, sublimitTimeout: 0, scope: 'user' } as const;
    const waits = new RateLimitError({ ...limit, ...rest, retryAfter: 2_050 });
    expect(toDeliveryError(waits)).toMatchObject({ kind: 'rate-limited', retryAfterMs: 2_000 });
    const quota = toDeliveryError(refusal(30046, 400, { retry_after: 61.5 }));
    expect(quota.retryAfterMs).toBe(61_500);
  });

  it('is of the form alone where plainer words may help', () => {
    const codes = [50006, 50035, 240000, 50013, 10003];
    expect(codes.filter((code) => isBadContent(refusal(code, 400)))).toEqual([
      50006, 50035, 240000,
    ]);
  });
});
