import { z } from 'zod';
import type { ArgValues } from '../core/index.ts';
import { CONTROL } from './render/controls.ts';

/** What a press, a pick or a search asks for. */
export interface Pressed {
  readonly command: string;
  readonly args: ArgValues;
  /** The channel that was picked for it, where one was. */
  readonly channel?: string;
}

/** The call that pressing a button makes. */
const Press = z.object({
  command: z.string().max(64),
  args: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
});

/** The call that a pick or a search makes, its value being the argument. */
const Pick = z.object({ command: z.string().max(64), arg: z.string().max(64) });

const Action = z.object({
  type: z.string(),
  action_id: z.string(),
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_conversation: z.string().nullish(),
});

/** What an action of Slack's asks for; undefined when it is not one of ours. */
export function readAction(action: unknown): Pressed | undefined {
  const done = Action.safeParse(action).data;
  if (done === undefined) return undefined;
  const { type, action_id: id, value, selected_conversation: channel } = done;
  if (type === 'button') return Press.safeParse(parse(value ?? '')).data;
  const pick = Pick.safeParse(parse(id.slice(CONTROL.length + 1))).data;
  if (pick === undefined) return undefined;
  const { command, arg } = pick;
  if (typeof channel === 'string') return { command, args: {}, channel };
  return { command, args: { [arg]: done.selected_option?.value ?? value ?? '' } };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
