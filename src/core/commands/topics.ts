import { defineCommand } from './command.ts';
import { preference } from './input/preference.ts';

export const topics = defineCommand(
  preference({
    name: 'topics',
    summary: 'Choose which topics come first in this channel’s digest',
    example: 'topics add agents, org:Google',
    field: 'topics',
    effect: 'come first here',
  }),
);
