/** A few fields for a reader to fill in. Sending it is a call of `command` with their values. */
export interface Form {
  /** At most 24 characters, what Slack shows of it. */
  readonly title: string;
  readonly command: string;
  readonly submit: string;
  /** The most important first: where a service shows only some, the others stay as they are. */
  readonly fields: readonly FormField[];
}

/** A field that any service can offer as a line of text, and some with a picker of their own. */
export type FormField = FieldWords & FieldKind;

interface FieldWords {
  /** The argument that it fills. */
  readonly name: string;
  readonly label: string;
  /** What stands in it at first, as a reader would write it. */
  readonly value?: string;
  /** What it says while it is empty. */
  readonly hint?: string;
  readonly required: boolean;
}

/** What a field's value means. */
export type FieldKind =
  | { readonly kind: 'text' }
  /** Between the two, inclusive. */
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  /** A time of day, `HH:MM` at first. */
  | { readonly kind: 'time' }
  /** An IANA name at first; `Inbox.suggest` completes the argument. */
  | { readonly kind: 'timezone' }
  /** One of these. */
  | { readonly kind: 'choice'; readonly options: readonly FieldOption[] }
  /** Any of these; `chosen` holds the values of those that are chosen at first. */
  | {
      readonly kind: 'choices';
      readonly options: readonly FieldOption[];
      readonly chosen: readonly string[];
    }
  /** No argument, but where the call is made: the channel of the form itself unless changed. */
  | { readonly kind: 'channel' };

export interface FieldOption {
  readonly label: string;
  readonly value: string;
}
