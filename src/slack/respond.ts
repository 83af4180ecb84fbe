import { RespondError } from '@slack/bolt';

/**
 * How Bolt posts to Slack's addresses for answers: for itself it would wait for ever. Whatever keeps
 * an answer from being taken is told in one way, since nobody can know more of it.
 */
export function fetchWithin(ms: number): typeof fetch {
  return async (input, init) => {
    try {
      return await fetch(input, { ...init, signal: AbortSignal.timeout(ms) });
    } catch (error) {
      const failure = new RespondError('Slack’s address for answers did not answer', NO_STATUS);
      throw Object.assign(failure, { cause: error });
    }
  };
}

const NO_STATUS = 0;
