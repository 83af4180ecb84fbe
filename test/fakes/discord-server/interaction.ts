import type { Json, Message } from './world.ts';

/** What the bot answered first. Types as in InteractionResponseType: 4 message, 5 and 6 deferred … */
export interface FirstResponse {
  readonly type: number;
  readonly data: Json;
  readonly at: number;
}

/** One command, button, menu or form, and what came back. */
export interface Interaction {
  readonly id: string;
  readonly token: string;
  /** 2 command, 3 component, 4 autocomplete, 5 form. */
  readonly type: number;
  readonly userId: string;
  readonly channelId: string;
  readonly guildId?: string;
  readonly createdAt: number;
  /** False where only the user installed the app: at most 5 follow-ups there. */
  readonly appInGuild: boolean;
  /** The message whose button was pressed. */
  readonly source?: Message;
  first?: FirstResponse;
  /** The first answer as a message, once there is one. */
  original?: Message;
  /** "Thinking …" was taken away: what comes next is a message of its own. */
  dismissed?: true;
  readonly followUps: Message[];
  followUpCount: number;
  /** Called after each answer. */
  readonly watchers: Set<() => void>;
}

/** An interaction as its user sees it. */
export interface InteractionHandle {
  readonly id: string;
  readonly token: string;
  readonly interaction: Interaction;
  /** Resolves with the first response; rejects as Discord's "The application did not respond". */
  first(timeoutMs?: number): Promise<FirstResponse>;
  /** Resolves with the message of the answer, after a deferral as well. */
  reply(timeoutMs?: number): Promise<Message>;
  /** Resolves with the follow-ups as soon as there are so many. */
  followUps(count: number, timeoutMs?: number): Promise<readonly Message[]>;
}

export function createHandle(interaction: Interaction): InteractionHandle {
  const { id, token } = interaction;
  return {
    id,
    token,
    interaction,
    first: (timeoutMs = 3_000) => until(interaction, () => interaction.first, timeoutMs),
    reply: (timeoutMs = 10_000) => until(interaction, () => interaction.original, timeoutMs),
    followUps: (count, timeoutMs = 10_000) => {
      const { followUps } = interaction;
      return until(
        interaction,
        () => (followUps.length >= count ? followUps : undefined),
        timeoutMs,
      );
    },
  };
}

function until<Value>(
  { watchers, id }: Interaction,
  find: () => Value | undefined,
  timeoutMs: number,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      watchers.delete(look);
      reject(new Error(`The application did not respond to interaction ${id}.`));
    }, timeoutMs);
    function look(): void {
      const found = find();
      if (found === undefined) return;
      clearTimeout(timer);
      watchers.delete(look);
      resolve(found);
    }
    watchers.add(look);
    look();
  });
}
