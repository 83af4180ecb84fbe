import { isJson, objectOf, objectsOf, textOf, type Json } from './json.ts';
import { Refusal } from './refusal.ts';

// https://docs.slack.dev/reference/block-kit/blocks
const MOST_BLOCKS = { message: 50, modal: 100, home: 100 } as const;
const HEADER = 150;
const SECTION = 3000;
const FIELD = 2000;
const FIELDS = 10;
const ACTIONS = 25;
const CONTEXT = 10;
const BUTTON_TEXT = 75;
const BUTTON_VALUE = 2000;
const INPUT_LABEL = 2000;
const PLACEHOLDER = 150;
const CHECKBOXES = 10;
const URL_MAX = 3000;
const ID_MAX = 255;
const IMAGE_URL = 3000;
const ALT_TEXT = 2000;
const OPTIONS = 100;
const PRIVATE_METADATA = 3000;
const TITLE = 24;

/** Not documented: `msg_blocks_too_long` was met near this sum (slackapi/bolt-js#2509). */
const TOTAL = 13_200;
/** Text above this is cut off by Slack; we refuse it, so that a test sees it. */
const TEXT_MAX = 40_000;

export type Surface = keyof typeof MOST_BLOCKS;

/** Refuses what Slack would: `invalid_blocks`, `msg_blocks_too_long`, `msg_too_long`, `no_text`. */
export function checkMessage(text: string, blocks: unknown): void {
  if (blocks === undefined && text === '') throw new Refusal('no_text');
  if (text.length > TEXT_MAX) throw new Refusal('msg_too_long');
  if (blocks !== undefined) checkBlocks(blocks, 'message');
}

export function checkView(view: Json): void {
  const surface = view['type'] === 'home' ? 'home' : 'modal';
  checkBlocks(view['blocks'], surface);
  if (textOf(view['private_metadata']).length > PRIVATE_METADATA) invalid('private_metadata');
  if (surface === 'modal') checkModal(view);
}

function checkModal({ title, submit, close, blocks }: Json): void {
  if (!isText(title, TITLE)) invalid('title');
  const needsSubmit = objectsOf(blocks).some(({ type }) => type === 'input');
  if (needsSubmit && !isText(submit, TITLE)) invalid('submit');
  if (close !== undefined && !isText(close, TITLE)) invalid('close');
}

function checkBlocks(blocks: unknown, surface: Surface): void {
  if (!Array.isArray(blocks) || !blocks.every(isJson)) throw new Refusal('invalid_blocks_format');
  if (blocks.length > MOST_BLOCKS[surface]) invalid(`no more than ${MOST_BLOCKS[surface]} blocks`);
  blocks.forEach((block, index) => {
    checkBlock(block, `/blocks/${index}`);
  });
  const ids = blocks.flatMap((block) => (textOf(block['block_id']) ? [block['block_id']] : []));
  if (new Set(ids).size !== ids.length) invalid('block_id must be unique');
  if (surface === 'message' && lengthOf(blocks) > TOTAL) throw new Refusal('msg_blocks_too_long');
}

function checkBlock(block: Json, path: string): void {
  const check = CHECKS[textOf(block['type'])];
  if (check === undefined) invalid(`${path}: unsupported type ${textOf(block['type'])}`);
  else if (!check(block)) invalid(`${path}: ${textOf(block['type'])}`);
  if (textOf(block['block_id']).length > ID_MAX) invalid(`${path}: block_id`);
}

const CHECKS: Readonly<Record<string, (block: Json) => boolean>> = {
  divider: () => true,
  header: ({ text }) => isText(text, HEADER) && objectOf(text)['type'] === 'plain_text',
  section: ({ text, fields, accessory }) =>
    (fields === undefined ? isText(text, SECTION) : areFields(fields)) &&
    (accessory === undefined || isElement(objectOf(accessory))),
  context: ({ elements }) =>
    isList(elements, CONTEXT) &&
    objectsOf(elements).every((each) => isText(each, SECTION) || isImage(each)),
  actions: ({ elements }) =>
    isList(elements, ACTIONS) &&
    objectsOf(elements).every(isElement) &&
    haveOwnIds(objectsOf(elements)),
  image: (block) => isImage(block),
  input: ({ label, element }) => isText(label, INPUT_LABEL) && isElement(objectOf(element)),
  rich_text: ({ elements }) =>
    isList(elements, Infinity) && objectsOf(elements).every(isRichElement),
};

function areFields(fields: unknown): boolean {
  return isList(fields, FIELDS) && objectsOf(fields).every((field) => isText(field, FIELD));
}

function isText(value: unknown, most: number): boolean {
  const { type, text } = objectOf(value);
  const known = type === 'plain_text' || type === 'mrkdwn';
  return known && typeof text === 'string' && text.length >= 1 && text.length <= most;
}

function isList(value: unknown, most: number): boolean {
  return Array.isArray(value) && value.length >= 1 && value.length <= most;
}

function isImage({ type, image_url: url, alt_text: alt }: Json): boolean {
  const address = textOf(url);
  return (
    type === 'image' &&
    /^https?:\/\//.test(address) &&
    address.length <= IMAGE_URL &&
    isShort(alt, ALT_TEXT)
  );
}

function isShort(value: unknown, most: number): boolean {
  return typeof value === 'string' && value.length <= most;
}

function isElement(element: Json): boolean {
  const { type, action_id: id = '' } = element;
  if (type === 'image') return isImage(element);
  if (!isShort(id, ID_MAX)) return false;
  if (type === 'button') return isButton(element);
  const { placeholder } = element;
  if (placeholder !== undefined && !isText(placeholder, PLACEHOLDER)) return false;
  return isInput(element);
}

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

function isInput(element: Json): boolean {
  switch (element['type']) {
    case 'static_select':
    case 'multi_static_select':
    case 'overflow':
    case 'radio_buttons':
      return hasOptions(element, OPTIONS);
    case 'checkboxes':
      return hasOptions(element, CHECKBOXES);
    case 'external_select':
      return (
        element['initial_option'] === undefined || isOption(objectOf(element['initial_option']))
      );
    case 'timepicker':
      return element['initial_time'] === undefined || TIME.test(textOf(element['initial_time']));
    case 'plain_text_input':
    case 'number_input':
      return element['initial_value'] === undefined || isFilled(element['initial_value']);
    default:
      return /^(?:datepicker|(?:multi_)?(?:conversations|channels|users|external)_select)$/.test(
        textOf(element['type']),
      );
  }
}

/** Its entries are entries, and so are those that are chosen at first. */
function hasOptions(element: Json, most: number): boolean {
  const options = objectsOf(element['options']);
  const values = options.map(({ value }) => value);
  const initial = [
    ...objectsOf(element['initial_options']),
    ...(element['initial_option'] === undefined ? [] : [objectOf(element['initial_option'])]),
  ];
  return (
    isList(element['options'], most) &&
    options.every(isOption) &&
    initial.every(({ value }) => values.includes(value))
  );
}

function isFilled(value: unknown): boolean {
  return typeof value === 'string' && value.length >= 1 && value.length <= 3000;
}

function isButton({ text, value = '', url = '' }: Json): boolean {
  return (
    isText(text, BUTTON_TEXT) &&
    objectOf(text)['type'] === 'plain_text' &&
    isShort(value, BUTTON_VALUE) &&
    isShort(url, URL_MAX)
  );
}

function isOption({ text, value }: Json): boolean {
  return (
    isText(text, BUTTON_TEXT) &&
    typeof value === 'string' &&
    value.length >= 1 &&
    value.length <= 150
  );
}

function haveOwnIds(elements: readonly Json[]): boolean {
  const ids = elements.flatMap(({ action_id: id }) => (typeof id === 'string' ? [id] : []));
  return new Set(ids).size === ids.length;
}

function isRichElement({ type, elements }: Json): boolean {
  if (type === 'rich_text_list')
    return isList(elements, Infinity) && objectsOf(elements).every(isRichElement);
  const known = ['rich_text_section', 'rich_text_quote', 'rich_text_preformatted'];
  return (
    known.includes(textOf(type)) && Array.isArray(elements) && objectsOf(elements).every(isRichPart)
  );
}

// An empty text is refused, as Slack does.
function isRichPart({ type, text, url }: Json): boolean {
  if (type === 'text') return typeof text === 'string' && text !== '';
  if (type === 'link')
    return typeof url === 'string' && /^(?:https?|mailto):/.test(url) && url.length <= URL_MAX;
  return ['emoji', 'user', 'channel', 'usergroup', 'broadcast', 'date', 'color'].includes(
    textOf(type),
  );
}

/** All the characters that readers could see or follow. */
function lengthOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + lengthOf(each), 0);
  if (!isJson(value)) return 0;
  return Object.entries(value).reduce((sum, [key, each]) => {
    if (typeof each !== 'string') return sum + lengthOf(each);
    return ['text', 'url', 'alt_text', 'image_url'].includes(key) ? sum + each.length : sum;
  }, 0);
}

function invalid(detail: string): never {
  throw new Refusal('invalid_blocks', [`[ERROR] ${detail}`]);
}
