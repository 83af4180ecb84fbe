/**
 * The part of Discord's message format that we send, as plain JSON. No SDK is needed for it, so
 * that a digest can be printed without a token.
 * https://docs.discord.com/developers/components/reference
 */
export type Component =
  TextDisplay | Section | ActionRow | Separator | (Container & { readonly type: 17 });

export interface TextDisplay {
  readonly type: 10;
  readonly content: string;
}

/** Text with a picture at its right. */
export interface Section {
  readonly type: 9;
  readonly components: readonly TextDisplay[];
  readonly accessory: { readonly type: 11; readonly media: { readonly url: string } };
}

export interface ActionRow {
  readonly type: 1;
  readonly components: readonly (ButtonComponent | SelectComponent)[];
}

export interface ButtonComponent {
  readonly type: 2;
  /** 2 is grey. */
  readonly style: 2;
  readonly label: string;
  readonly custom_id: string;
}

export interface SelectComponent {
  readonly type: 3;
  readonly custom_id: string;
  readonly placeholder: string;
  readonly options: readonly { readonly label: string; readonly value: string }[];
}

export interface Separator {
  readonly type: 14;
}

/** A frame around what belongs together. */
export interface Container {
  readonly type: 17;
  readonly accent_color: number;
  readonly components: readonly Exclude<Component, Container>[];
}

export interface MessageBody {
  readonly flags: number;
  /** Nobody is ever notified. */
  readonly allowed_mentions: { readonly parse: readonly [] };
  readonly components: readonly Component[];
}

/** Messages made of components; it can't be taken back by an edit. */
const COMPONENTS_V2 = 1 << 15;

/** Seen by the caller alone. */
export const EPHEMERAL = 1 << 6;

export function toBody(components: readonly Component[]): MessageBody {
  return { flags: COMPONENTS_V2, allowed_mentions: { parse: [] }, components };
}

/** Components a message, nested ones counted: "allows up to 40 total components". */
const MOST_COMPONENTS = 40;
/** Characters over all text displays of a message. */
export const MOST_TEXT = 4_000;

/** Whether Discord takes them as one message. */
export function isWithinLimits(components: readonly Component[]): boolean {
  return count(components) <= MOST_COMPONENTS && textLength(components) <= MOST_TEXT;
}

function count(components: readonly Component[]): number {
  return components.reduce((sum, each) => {
    const inner = 'components' in each ? each.components.length : 0;
    if (each.type === 17) return sum + 1 + count(each.components);
    return sum + 1 + inner + (each.type === 9 ? 1 : 0);
  }, 0);
}

function textLength(components: readonly Component[]): number {
  return textsOf(components).reduce((sum, { length }) => sum + length, 0);
}

/** The contents of all text displays, in order. */
export function textsOf(components: readonly Component[]): string[] {
  return components.flatMap((each) => {
    if (each.type === 10) return [each.content];
    return each.type === 17 || each.type === 9 ? textsOf(each.components) : [];
  });
}
