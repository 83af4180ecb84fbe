import type { CommandCall } from '../../command-call.ts';
import { UserError } from '../../errors.ts';

/** Throws `UserError` unless the caller may manage the channel. */
export function mayManage({ canManage }: CommandCall, command: string): void {
  if (canManage) return;
  throw new UserError(
    `Only people who may manage this channel can use ${command}. Ask one of its moderators or admins.`,
  );
}
