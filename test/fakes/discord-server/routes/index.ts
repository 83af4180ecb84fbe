import type { Gateway } from '../gateway/gateway.ts';
import { json, route, type Route } from '../http/route.ts';
import { channelRoutes } from './channels.ts';
import { commandRoutes } from './commands.ts';
import { interactionRoutes } from './interactions.ts';
import { messageRoutes } from './messages.ts';
import { reactionRoutes } from './reactions.ts';
import { threadRoutes } from './threads.ts';
import { webhookRoutes } from './webhooks.ts';

/** Every route that the server knows. `url` is where the gateway listens. */
export function createRoutes(gateway: Gateway, url: () => string): readonly Route[] {
  return [
    route('GET /gateway', undefined, () => json({ url: url() }), { auth: false }),
    route('GET /gateway/bot', undefined, () => json(gatewayBot(gateway, url()))),
    ...channelRoutes,
    ...commandRoutes,
    ...interactionRoutes,
    ...messageRoutes,
    ...reactionRoutes,
    ...threadRoutes,
    ...webhookRoutes,
  ];
}

function gatewayBot({ budget, options }: Gateway, url: string): unknown {
  return {
    url,
    shards: options.shards,
    session_start_limit: {
      total: options.identifies,
      remaining: budget.remaining,
      reset_after: budget.resetAfterMs(),
      max_concurrency: options.maxConcurrency,
    },
  };
}
