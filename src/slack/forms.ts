import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { ArgValues, Form, FormField } from '../core/index.ts';
import { CONTROL } from './render/controls.ts';
import { plain } from './text.ts';

// https://docs.slack.dev/reference/views/modal-views
const TITLE_MAX = 24;
const LABEL_MAX = 2000;
const HINT_MAX = 150;
const VALUE_MAX = 3000;

/** The action within each field's block. */
const VALUE = 'value';

/** What a modal carries to the moment when it is sent. */
const Carried = z.object({ command: z.string(), channel: z.string() });
type Carried = z.infer<typeof Carried>;

/** A form as a modal. */
export function renderForm(form: Form, channel: string): types.ModalView {
  return {
    type: 'modal',
    callback_id: CONTROL,
    private_metadata: JSON.stringify({ command: form.command, channel } satisfies Carried),
    title: text(form.title, TITLE_MAX),
    submit: text(form.submit, TITLE_MAX),
    close: text('Cancel', TITLE_MAX),
    blocks: form.fields.map(renderField),
  };
}

function renderField({ name, label, value, hint, required }: FormField): types.InputBlock {
  return {
    type: 'input',
    block_id: name,
    optional: !required,
    label: text(label, LABEL_MAX),
    element: {
      type: 'plain_text_input',
      action_id: VALUE,
      ...(value !== undefined && { initial_value: plain(value, VALUE_MAX) }),
      ...(hint !== undefined && { placeholder: text(hint, HINT_MAX) }),
    },
  };
}

function text(value: string, max: number): types.PlainTextElement {
  return { type: 'plain_text', text: plain(value, max), emoji: false };
}

const State = z.record(z.string(), z.record(z.string(), z.object({ value: z.string().nullish() })));

/** The place and the values of a modal that was sent; undefined when it is not one of ours. */
export function readForm(
  carried: string,
  values: unknown,
): { readonly place: Carried; readonly args: ArgValues } | undefined {
  const state = State.safeParse(values).data;
  const place = Carried.safeParse(parse(carried)).data;
  if (state === undefined || place === undefined) return undefined;
  const filled = Object.entries(state).flatMap(([name, field]): [string, string][] => {
    const value = field[VALUE]?.value ?? '';
    return value === '' ? [] : [[name, value]];
  });
  return { place, args: Object.fromEntries(filled) };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
