import type { Receipt } from './delivery.ts';
import { objectOf, objectsOf, textOf, type Json } from './json.ts';

/** What somebody fills in, by block: a text, the value of an entry, or the values of several. */
export type FilledIn = Readonly<Record<string, string | readonly string[]>>;

/** Asks the app for the entries of a picker that match what is typed. */
export type Suggest = (block: Json, typed: string) => Promise<Receipt>;

/** A form that Slack's own client would not send. */
class NotSent extends Error {
  override readonly name = 'NotSent';
}

/**
 * The state that Slack keeps of a form whose other fields are left as they are. Rejects where the
 * client would not let it be sent: a field that must be filled in, an entry that is not offered.
 */
export async function stateOf(view: Json, filled: FilledIn, suggest: Suggest): Promise<Json> {
  const blocks = objectsOf(view['blocks']).filter(({ type }) => type === 'input');
  const names = blocks.map((block) => textOf(block['block_id']));
  const stranger = Object.keys(filled).find((name) => !names.includes(name));
  if (stranger !== undefined) throw new NotSent(`No field ${stranger}, only ${names.join(', ')}`);
  const state: Record<string, Json> = {};
  for (const block of blocks) {
    const name = textOf(block['block_id']);
    const element = objectOf(block['element']);
    const value = await valueOf(block, element, filled[name], suggest);
    if (block['optional'] !== true && isEmpty(value)) throw new NotSent(`${name} is required`);
    state[name] = { [textOf(element['action_id'])]: { type: element['type'], ...value } };
  }
  return state;
}

async function valueOf(
  block: Json,
  element: Json,
  given: string | readonly string[] | undefined,
  suggest: Suggest,
): Promise<Json> {
  const text = typeof given === 'string' ? given : undefined;
  switch (element['type']) {
    case 'timepicker':
      return { selected_time: text ?? element['initial_time'] ?? null };
    case 'conversations_select':
      return { selected_conversation: text ?? element['initial_conversation'] ?? null };
    case 'number_input':
      return { value: inRange(element, text ?? element['initial_value']) };
    case 'static_select':
      return {
        selected_option:
          text === undefined ? (element['initial_option'] ?? null) : pick(element, text),
      };
    case 'external_select':
      return {
        selected_option:
          text === undefined
            ? (element['initial_option'] ?? null)
            : pick(objectOf((await suggest(block, text)).body), text),
      };
    case 'checkboxes':
    case 'multi_static_select':
      return {
        selected_options: Array.isArray(given)
          ? (given as readonly string[]).map((value) => pick(element, value))
          : objectsOf(element['initial_options']),
      };
    default:
      return { value: text ?? element['initial_value'] ?? null };
  }
}

function pick({ options }: Json, value: string): Json {
  const found = objectsOf(options).find((each) => each['value'] === value);
  if (found === undefined) throw new NotSent(`${value} is not offered`);
  return found;
}

function inRange({ min_value: min, max_value: max }: Json, value: unknown): unknown {
  const number = Number(value);
  const isWithin = !(number < Number(min ?? -Infinity)) && !(number > Number(max ?? Infinity));
  if (!isWithin) throw new NotSent(`${textOf(value)} is out of range`);
  return value ?? null;
}

function isEmpty(value: Json): boolean {
  return Object.values(value).every(
    (each) => each === null || each === '' || (Array.isArray(each) && each.length === 0),
  );
}
