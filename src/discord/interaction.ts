import type { Component } from './body.ts';

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object */
export interface Interaction {
  readonly id: string;
  readonly application_id: string;
  readonly type: number;
  readonly token: string;
  readonly channel_id?: string;
  readonly guild_id?: string;
  /** In a server. */
  readonly member?: { readonly user: { readonly id: string }; readonly permissions: string };
  /** In private. */
  readonly user?: { readonly id: string };
  /** 0 a server, 1 the bot's own direct messages, 2 those of others. */
  readonly context?: number;
  /** Who installed the app there: `0` the server, `1` the person. */
  readonly authorizing_integration_owners?: Readonly<Record<string, string>>;
  readonly data?: InteractionData;
}

export const COMMAND = 2;
export const COMPONENT = 3;
export const AUTOCOMPLETE = 4;
export const FORM_SENT = 5;

/** The parts that we read, of commands, components and forms together. */
export interface InteractionData {
  readonly name?: string;
  /** 1 typed, 3 from a message's menu. */
  readonly type?: number;
  readonly options?: readonly Option[];
  readonly target_id?: string;
  readonly resolved?: { readonly messages?: Readonly<Record<string, TargetMessage>> };
  readonly custom_id?: string;
  readonly values?: readonly string[];
  readonly components?: readonly Field[];
}

export interface Option {
  readonly name: string;
  readonly type: number;
  readonly value?: string | number | boolean;
  readonly focused?: boolean;
  readonly options?: readonly Option[];
}

/** One label of a form with what was written under it. */
export interface Field {
  readonly component?: { readonly custom_id: string; readonly value?: string };
}

export interface TargetMessage {
  readonly content?: string;
  readonly embeds?: readonly object[];
  readonly components?: readonly Component[];
}
