import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { ArgValues, CallProblem, Form } from '../core/index.ts';
import { CHANNEL_FIELD, readField, renderField } from './forms/fields.ts';
import { CONTROL } from './render/controls.ts';
import { plainText } from './render/options.ts';
import { plain } from './text.ts';

// https://docs.slack.dev/reference/views/modal-views
const TITLE_MAX = 24;

/** Not documented; what fits under a field on a phone. */
const PROBLEM_MAX = 500;

/** What a modal carries to the moment when it is sent. */
const Carried = z.object({
  command: z.string(),
  channel: z.string(),
  /** What the reader's own page carries, where it was opened there. */
  page: z.string().exactOptional(),
});
export type Carried = z.infer<typeof Carried>;

/** A form as a modal, whose channel is this one unless the reader picks another. */
export function renderForm(form: Form, channel: string, page?: string): types.ModalView {
  const carried: Carried = { command: form.command, channel, ...(page !== undefined && { page }) };
  return {
    type: 'modal',
    callback_id: CONTROL,
    private_metadata: JSON.stringify(carried),
    title: plainText(form.title, TITLE_MAX),
    submit: plainText(form.submit, TITLE_MAX),
    close: plainText('Cancel', TITLE_MAX),
    blocks: form.fields.map((field) => renderField(field, channel)),
  };
}

/** Where a form was opened and for what; undefined when it is not one of ours. */
export function readCarried(carried: string): Carried | undefined {
  return Carried.safeParse(parse(carried)).data;
}

/** A form as it was sent. */
export interface SentForm {
  readonly place: Carried;
  readonly args: ArgValues;
  /** Its fields' names, in order. */
  readonly fields: readonly string[];
}

const State = z.record(z.string(), z.record(z.string(), z.unknown()));

/** The place and the values of a modal that was sent; undefined when it is not one of ours. */
export function readForm(carried: string, values: unknown): SentForm | undefined {
  const state = State.safeParse(values).data;
  const place = readCarried(carried);
  if (state === undefined || place === undefined) return undefined;
  const { [CHANNEL_FIELD]: chosen, ...fields } = state;
  const filled = Object.entries(fields).flatMap(([name, field]) => {
    const value = readField(field);
    return value === undefined ? [] : [[name, value] as const];
  });
  const channel = chosen === undefined ? undefined : readField(chosen);
  return {
    place: typeof channel === 'string' ? { ...place, channel } : place,
    args: Object.fromEntries(filled),
    fields: Object.keys(state),
  };
}

/** The answer to a sent form that keeps it open and says at each field what is wrong with it. */
export function refusal({ fields }: SentForm, problems: readonly CallProblem[]) {
  const [first = ''] = fields;
  const elsewhere = fields.includes(CHANNEL_FIELD) ? CHANNEL_FIELD : first;
  const errors: Record<string, string> = {};
  for (const { arg = elsewhere, message } of problems) {
    const at = fields.includes(arg) ? arg : elsewhere;
    errors[at] = plain([errors[at] ?? '', message].join(' ').trim(), PROBLEM_MAX);
  }
  return { response_action: 'errors' as const, errors };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
