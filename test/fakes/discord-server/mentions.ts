import type { AllowedMentions } from './limits/message.ts';
import { flatten } from './limits/message.ts';

const MENTION = /@(everyone|here)|<@!?(\d+)>|<@&(\d+)>/g;

/**
 * Whom a message notifies: `everyone`, `user:1`, `role:2`. Embeds never notify; text displays do.
 * Without `allowed_mentions` everything named is notified.
 * https://docs.discord.com/developers/resources/message#allowed-mentions-object
 */
export function pingsOf(
  content: string,
  components: unknown,
  allowed: AllowedMentions | null | undefined,
): string[] {
  const displays = flatten(components).flatMap(({ content: text }) =>
    typeof text === 'string' ? [text] : [],
  );
  const named = [content, ...displays].flatMap((text) => [...text.matchAll(MENTION)]);
  const pings = named.flatMap(([, everyone, user, role]) => {
    if (everyone !== undefined) return allows(allowed, 'everyone') ? ['everyone'] : [];
    if (user !== undefined) return allows(allowed, 'users', user) ? [`user:${user}`] : [];
    return allows(allowed, 'roles', role) ? [`role:${role ?? ''}`] : [];
  });
  return [...new Set(pings)];
}

function allows(
  allowed: AllowedMentions | null | undefined,
  kind: 'everyone' | 'users' | 'roles',
  id = '',
): boolean {
  if (!allowed) return true;
  if (allowed.parse?.includes(kind)) return true;
  return kind !== 'everyone' && (allowed[kind]?.includes(id) ?? false);
}
