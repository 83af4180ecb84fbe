import { defineCommand } from './command.ts';
import { preference } from './input/preference.ts';

export const mute = defineCommand(
  preference({
    name: 'mute',
    summary: 'Choose which topics this channel’s digest never shows',
    example: 'mute add medical imaging',
    field: 'muted',
    effect: 'never show here',
  }),
);
