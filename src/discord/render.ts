import { paginate, shorten, text } from '../core/index.ts';
import type { Block, Button, Form, Menu, Message } from '../core/index.ts';
import { isWithinLimits, MOST_TEXT, textsOf, toBody } from './body.ts';
import type { ActionRow, Component, Container, MessageBody, TextDisplay } from './body.ts';
import { renderCard } from './card.ts';
import { toCustomId, type Home, type Kept } from './custom-id.ts';
import { escapeLine, fitSpans, renderSpans } from './markdown.ts';

/** One message as Discord gets it, and what it shows of the one that we were given. */
export interface Page {
  readonly message: Message;
  readonly body: MessageBody;
  /** What must be remembered before it is sent, for its buttons to work. */
  readonly kept: Kept;
}

/** https://docs.discord.com/developers/components/reference */
const LIMITS = {
  row: 5,
  buttonLabel: 80,
  placeholder: 150,
  options: 25,
  option: 100,
  formTitle: 45,
  fields: 5,
  fieldLabel: 45,
  fieldValue: 4_000,
};

/** The yellow of an old paper, at the edge of every frame. */
const ACCENT = 0xd9a441;

/**
 * A message on as many pages as Discord's limits make of it, at least one. The custom ids of each
 * begin with the `toMarker` of its `pageName`.
 */
export function render(message: Message, home: Home): Page[] {
  const fits = (page: Message) => isWithinLimits(renderBlocks(page, { home, kept: new Map() }));
  return paginate(message, fits).map((page, part) => {
    const kept = new Map<string, string>();
    const place = { ...home, name: pageName(home.name, part) };
    return { message: page, body: toBody(renderBlocks(page, { home: place, kept })), kept };
  });
}

/** Names one page of the message of that name. */
export function pageName(name: string, part: number): string {
  return `${name}|${part}`;
}

/** Discord takes no empty message. */
const NOTHING = '…';

interface Context {
  readonly home: Home;
  readonly kept: Map<string, string>;
}

function renderBlocks({ summary, blocks }: Message, context: Context): Component[] {
  let position = 0;
  const components = blocks.flatMap((block) => {
    const rendered = renderBlock(block, position, context);
    position += block.type === 'actions' ? block.buttons.length : 1;
    return rendered;
  });
  const shown = components.length > 0 ? components : display(escapeLine(summary) || NOTHING);
  return isFramed(blocks) && shown.length > 0 ? [frame(shown)] : shown;
}

function isFramed(blocks: readonly Block[]): boolean {
  return blocks.some(({ type }) => type === 'heading' || type === 'paper');
}

function frame(components: Container['components']): Component {
  return { type: 17, accent_color: ACCENT, components };
}

function renderBlock(
  block: Block,
  position: number,
  context: Context,
): Exclude<Component, Container>[] {
  switch (block.type) {
    case 'heading':
      return display(`## ${escapeLine(block.text)}`);
    case 'text':
      return display(fitSpans(block.spans, MOST_TEXT));
    case 'list':
      return display(renderList(block));
    case 'paper':
      return [renderCard(block.paper)];
    case 'actions':
      return renderButtons(block.buttons, position, context);
    case 'menu':
      return renderMenu(block.menu, position, context);
    case 'divider':
      return [{ type: 14 }];
  }
}

/** Discord refuses a text that shows nothing. */
function display(content: string): TextDisplay[] {
  return content.trim() === '' ? [] : [{ type: 10, content }];
}

function renderList({ ordered, start = 1, items }: Extract<Block, { type: 'list' }>): string {
  const room = Math.floor(MOST_TEXT / Math.max(items.length, 1));
  return items
    .map((spans, index) => {
      const mark = ordered ? `${start + index}. ` : '- ';
      const line = spans.map((span) => ({ ...span, text: span.text.replace(/\s+/g, ' ') }));
      const whole = renderSpans(line);
      // An item that is alone on its page has nowhere else to go.
      return mark + (items.length > 1 ? whole : fitSpans(line, room - mark.length));
    })
    .join('\n');
}

function renderButtons(
  buttons: readonly Button[],
  position: number,
  { home, kept }: Context,
): ActionRow[] {
  const components = buttons.map(({ label, command, args }, index) => ({
    type: 2 as const,
    style: 2 as const,
    label: shorten(label, LIMITS.buttonLabel),
    custom_id: toCustomId(home, position + index, { command, args }, kept),
  }));
  return chunk(components, LIMITS.row).map((row) => ({ type: 1, components: row }));
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}

function renderMenu(menu: Menu, position: number, { home, kept }: Context): ActionRow[] {
  const { command, arg, label } = menu;
  const options = menu.options
    .filter(({ value }) => value.length > 0 && value.length <= LIMITS.option)
    .slice(0, LIMITS.options)
    .map((option) => ({ ...option, label: shorten(option.label, LIMITS.option) }));
  if (options.length === 0) return [];
  const select = {
    type: 3 as const,
    custom_id: toCustomId(home, position, { command, args: {}, arg }, kept),
    placeholder: shorten(label, LIMITS.placeholder),
    options,
  };
  return [{ type: 1, components: [select] }];
}

/** A form stands before one reader alone, and carries no more than its command. */
const FORM: Home = { tenant: '', name: 'form' };

/** A form as Discord's modal: the data of an interaction's answer of type 9. */
export function renderForm({ title, command, fields }: Form): object {
  const shown = fields.filter(({ kind }) => kind !== 'channel').slice(0, LIMITS.fields);
  return {
    title: shorten(title, LIMITS.formTitle),
    custom_id: toCustomId(FORM, 0, { command, args: {} }, new Map()),
    components: shown.map(({ name, label, value, hint, required }) => ({
      type: 18,
      label: shorten(label, LIMITS.fieldLabel),
      component: {
        type: 4,
        style: 1,
        custom_id: name,
        required,
        ...(value !== undefined && value !== '' && { value: value.slice(0, LIMITS.fieldValue) }),
        ...(hint !== undefined && { placeholder: shorten(hint, LIMITS.option) }),
      },
    })),
  };
}

/**
 * The same in the plainest form that there is, for a page whose rich form Discord refused: its
 * texts alone, without pictures and buttons.
 */
export function renderPlainly({ message, body }: Page): MessageBody {
  const words = textsOf(body.components).join('\n');
  const content = words.trim() === '' ? renderSpans([text(message.summary)]) : words;
  return toBody(display(content.slice(0, MOST_TEXT)));
}
