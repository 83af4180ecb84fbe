import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { ArgValues, Button, Menu } from '../../core/index.ts';
import {
  ACTION_ID_MAX,
  BUTTON_VALUE_MAX,
  BUTTONS_MAX,
  LABEL_MAX,
  PLACEHOLDER_MAX,
} from './limits.ts';
import { optionsOf, plainText } from './options.ts';

/** What the ids of our controls begin with; an action with another id is not ours. */
export const CONTROL = 'paperboy';

/** The call that pressing a button makes. */
const Press = z.object({
  command: z.string().max(64),
  args: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
});

/** The call that picking from a menu makes, its value being the argument. */
const Pick = z.object({ command: z.string().max(64), arg: z.string().max(64) });

export interface Pressed {
  readonly command: string;
  readonly args: ArgValues;
}

/** A row of buttons. One whose call is too long for Slack is left out. */
export function renderButtons(buttons: readonly Button[]): types.ActionsBlock[] {
  const elements = buttons.slice(0, BUTTONS_MAX).flatMap(({ label, command, args }, index) => {
    const value = JSON.stringify({ command, args });
    if (value.length > BUTTON_VALUE_MAX) return [];
    const text = plainText(label, LABEL_MAX);
    return [{ type: 'button', action_id: `${CONTROL}:${index}`, text, value } as const];
  });
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}

export function renderMenu({ label, command, arg, options }: Menu): types.ActionsBlock[] {
  const offers = optionsOf(options);
  const id = `${CONTROL}:${JSON.stringify({ command, arg })}`;
  if (offers.length === 0 || id.length > ACTION_ID_MAX) return [];
  const placeholder = plainText(label, PLACEHOLDER_MAX);
  return [
    {
      type: 'actions',
      elements: [{ type: 'static_select', action_id: id, placeholder, options: offers }],
    },
  ];
}

/** What a pressed button asks for; undefined when the value is not one of ours. */
export function readPress(value: string): Pressed | undefined {
  return Press.safeParse(parse(value)).data;
}

/** What picking `value` from the menu with this id asks for; undefined when it is not ours. */
export function readPick(id: string, value: string): Pressed | undefined {
  const pick = Pick.safeParse(parse(id.slice(CONTROL.length + 1))).data;
  return pick && { command: pick.command, args: { [pick.arg]: value } };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
