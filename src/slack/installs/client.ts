import { webApi } from '@slack/bolt';
import type { Tokens } from './tokens.ts';

/** A client that asks for its token anew at every call, since tokens end. */
export class TenantClient extends webApi.WebClient {
  readonly #tokens: Tokens;

  constructor(tokens: Tokens, options: webApi.WebClientOptions) {
    super(undefined, options);
    this.#tokens = tokens;
  }

  override async apiCall(
    method: string,
    options: Record<string, unknown> = {},
  ): Promise<webApi.WebAPICallResult> {
    return super.apiCall(method, { ...options, token: await this.#tokens.get() });
  }
}
