import type { ReaderRef } from '../../platform.ts';
import type { CommandServices } from '../command.ts';

/** `your account on Discord`, `your 3 accounts on Discord and Slack`. */
export function companions(
  others: readonly ReaderRef[],
  { nameOf }: Pick<CommandServices, 'nameOf'>,
): string {
  const places = [...new Set(others.map(({ platform }) => nameOf(platform)))];
  const accounts = others.length === 1 ? 'account' : `${others.length} accounts`;
  return `your ${accounts} on ${LIST.format(places)}`;
}

const LIST = new Intl.ListFormat('en');
