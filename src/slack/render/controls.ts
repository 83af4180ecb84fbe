import type { types } from '@slack/bolt';
import type { Button, ChannelPicker, Menu, SearchBox } from '../../core/index.ts';
import { plain } from '../text.ts';
import {
  ACTION_ID_MAX,
  BUTTON_VALUE_MAX,
  BUTTONS_MAX,
  LABEL_MAX,
  PLACEHOLDER_MAX,
  SECTION_MAX,
} from './limits.ts';
import { optionsOf, plainText } from './options.ts';

/** What the ids of our controls begin with; an action with another id is not ours. */
export const CONTROL = 'paperboy';

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
  const id = pickId(command, arg);
  if (offers.length === 0 || id === undefined) return [];
  const placeholder = plainText(label, PLACEHOLDER_MAX);
  return [
    {
      type: 'actions',
      elements: [{ type: 'static_select', action_id: id, placeholder, options: offers }],
    },
  ];
}

/** The id of a control whose pick is the argument `arg` of a call; undefined if too long for Slack. */
function pickId(command: string, arg: string): string | undefined {
  const id = `${CONTROL}:${JSON.stringify({ command, arg })}`;
  return id.length > ACTION_ID_MAX ? undefined : id;
}

/** A line to search by, sent by the enter key. */
export function renderSearch({ label, command, arg, value = '' }: SearchBox): types.InputBlock[] {
  const id = pickId(command, arg);
  if (id === undefined) return [];
  return [
    {
      type: 'input',
      dispatch_action: true,
      optional: true,
      label: plainText(label, LABEL_MAX),
      element: {
        type: 'plain_text_input',
        action_id: id,
        dispatch_action_config: { trigger_actions_on: ['on_enter_pressed'] },
        ...(value !== '' && { initial_value: plain(value, SECTION_MAX) }),
      },
    },
  ];
}

/** Slack's own list of the channels that the reader sees. */
export function renderChannels({ label, command }: ChannelPicker): types.ActionsBlock[] {
  const id = pickId(command, '');
  if (id === undefined) return [];
  return [
    {
      type: 'actions',
      elements: [
        {
          type: 'conversations_select',
          action_id: id,
          placeholder: plainText(label, PLACEHOLDER_MAX),
          filter: { include: ['public', 'private'] },
        },
      ],
    },
  ];
}
