import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { FormField } from '../../core/index.ts';
import { CONTROL } from '../render/controls.ts';
import { PLACEHOLDER_MAX } from '../render/limits.ts';
import { option, optionsOf, plainText } from '../render/options.ts';
import { plain } from '../text.ts';

// https://docs.slack.dev/reference/block-kit/blocks/input-block and the elements it may hold.
const FIELD_LABEL_MAX = 2000;
const VALUE_MAX = 3000;

/** The block of the field that says where the call is made. */
export const CHANNEL_FIELD = 'paperboy:channel';

/** The action within each field's block. */
const VALUE = `${CONTROL}:value`;

type Element = types.InputBlock['element'];

/** A field as an input with Slack's own picker for its meaning. */
export function renderField(field: FormField, channel: string): types.InputBlock {
  const { kind, name, label, required } = field;
  return {
    type: 'input',
    block_id: kind === 'channel' ? CHANNEL_FIELD : name,
    optional: !required,
    label: plainText(label, FIELD_LABEL_MAX),
    element: elementOf(field, channel),
  };
}

function elementOf(field: FormField, channel: string): Element {
  switch (field.kind) {
    case 'channel':
      return channelPicker(channel);
    case 'time':
      return timePicker(field);
    case 'timezone':
      return zonePicker(field);
    case 'choice':
      return picker(field);
    case 'choices':
      return checkboxes(field);
    case 'integer':
      return numberInput(field);
    case 'text':
      return textInput(field);
  }
}

type Of<Kind extends FormField['kind']> = Extract<FormField, { readonly kind: Kind }>;

function channelPicker(channel: string): Element {
  return {
    type: 'conversations_select',
    action_id: VALUE,
    initial_conversation: channel,
    filter: { include: ['public', 'private', 'im'] },
  };
}

function timePicker({ value }: Of<'time'>): Element {
  return {
    type: 'timepicker',
    action_id: VALUE,
    ...(value !== undefined && { initial_time: value }),
  };
}

/** There are some 420 zones, more than a menu may hold, so Slack asks us for those that match. */
function zonePicker({ value, hint }: Of<'timezone'>): Element {
  return {
    type: 'external_select',
    action_id: VALUE,
    min_query_length: 1,
    ...placeholder(hint),
    ...(value !== undefined && { initial_option: option({ label: value, value }) }),
  };
}

function picker({ value, hint, options }: Of<'choice'>): Element {
  const chosen = options.find((each) => each.value === value);
  return {
    type: 'static_select',
    action_id: VALUE,
    options: optionsOf(options),
    ...placeholder(hint),
    ...(chosen !== undefined && { initial_option: option(chosen) }),
  };
}

/** As many checkboxes as Slack takes; a field with more becomes a menu. */
const CHECKBOXES_MAX = 10;

function checkboxes({ options, chosen }: Of<'choices'>): Element {
  const initial = options.filter(({ value }) => chosen.includes(value)).map(option);
  return {
    type: options.length > CHECKBOXES_MAX ? 'multi_static_select' : 'checkboxes',
    action_id: VALUE,
    options: optionsOf(options),
    ...(initial.length > 0 && { initial_options: initial }),
  };
}

function numberInput({ value, hint, min, max }: Of<'integer'>): Element {
  return {
    type: 'number_input',
    action_id: VALUE,
    is_decimal_allowed: false,
    min_value: String(min),
    max_value: String(max),
    ...placeholder(hint),
    ...(value !== undefined && { initial_value: value }),
  };
}

function textInput({ value, hint }: Of<'text'>): Element {
  return {
    type: 'plain_text_input',
    action_id: VALUE,
    ...placeholder(hint),
    // Slack refuses an empty one.
    ...(value !== undefined && value !== '' && { initial_value: plain(value, VALUE_MAX) }),
  };
}

function placeholder(hint: string | undefined) {
  return hint === undefined ? {} : { placeholder: plainText(hint, PLACEHOLDER_MAX) };
}

const Choice = z.object({ value: z.string() });

/** What Slack keeps of an input, whichever kind it is. */
const Filled = z.object({
  value: z.string().nullish(),
  selected_time: z.string().nullish(),
  selected_conversation: z.string().nullish(),
  selected_option: Choice.nullish(),
  selected_options: z.array(Choice).nullish(),
});

/** What was filled in or picked in a field; undefined when it was left empty. */
export function readField(
  field: Readonly<Record<string, unknown>>,
): string | readonly string[] | undefined {
  const filled = Filled.safeParse(field[VALUE]).data;
  const several = filled?.selected_options?.map(({ value }) => value) ?? [];
  if (several.length > 0) return several;
  const one =
    filled?.value ??
    filled?.selected_time ??
    filled?.selected_conversation ??
    filled?.selected_option?.value ??
    '';
  return one === '' ? undefined : one;
}
