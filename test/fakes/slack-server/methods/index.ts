import type { Method } from './call.ts';
import { chat } from './chat.ts';
import { conversations } from './conversations.ts';
import { people } from './people.ts';
import { views } from './views.ts';

/** Every Web API method that takes a workspace's token. */
export const methods: Readonly<Record<string, Method>> = {
  ...chat,
  ...conversations,
  ...people,
  ...views,
};
