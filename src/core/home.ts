import type { ArgValues } from './command-call.ts';
import type { Form } from './form.ts';
import type { Block } from './message.ts';
import type { ChannelRef, ReaderRef } from './platform.ts';

/** A reader's own page, for services that have such pages: seen by that reader alone. */
export interface Home {
  /** At most 60, cards counted as one. */
  readonly blocks: readonly HomeBlock[];
  /** Shown on top of the page, while the reader still waits. */
  readonly form?: Form;
  /** What the reader looks at: to be handed back with the next press. */
  readonly state: ArgValues;
}

export type HomeBlock = Block | SearchBox | ChannelPicker;

/** A line to type in. Sending it is a press with the text as the argument `arg`; it may be empty. */
export interface SearchBox {
  readonly type: 'search';
  readonly label: string;
  readonly command: string;
  readonly arg: string;
  /** What was searched for last. */
  readonly value?: string;
}

/** The service's own list of channels. Picking one is a press in that channel. */
export interface ChannelPicker {
  readonly type: 'channels';
  readonly label: string;
  readonly command: string;
}

/** A reader opens their page, or presses something on it. */
export interface HomeCall {
  readonly reader: ReaderRef;
  /** Where the reader and the bot write to each other: the reader's own digest comes there. */
  readonly channel: ChannelRef;
  readonly timezone?: string;
  readonly state: ArgValues;
  readonly press?: HomePress;
}

export interface HomePress {
  readonly command: string;
  readonly args: ArgValues;
  /** Where it is meant for; the reader's own channel if absent. */
  readonly channel?: ChannelRef;
  readonly canManage: boolean;
}
