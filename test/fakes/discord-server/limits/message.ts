import { z } from 'zod';
import type { Json } from '../world.ts';
import { apiError, invalidForm, type FieldError } from '../errors.ts';
import { Component } from './component.ts';
import { Embeds } from './embed.ts';
import { refuse, Snowflake, text } from './form.ts';

export const AllowedMentions = z
  .looseObject({
    parse: z.array(z.enum(['roles', 'users', 'everyone'])).nullish(),
    users: z.array(Snowflake).max(100).nullish(),
    roles: z.array(Snowflake).max(100).nullish(),
    replied_user: z.boolean().nullish(),
  })
  .superRefine(({ parse, users, roles }, context) => {
    for (const [name, list] of Object.entries({ users, roles })) {
      if (!list?.length || !parse?.some((kind) => kind === name)) continue;
      const message = `parse:["${name}"] and ${name}: [ids...] are mutually exclusive.`;
      refuse(context, [], 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', message);
    }
  });

export type AllowedMentions = z.infer<typeof AllowedMentions>;

const fields = {
  content: text(2000).nullish(),
  embeds: Embeds.nullish(),
  components: z.array(Component).max(40).nullish(),
  allowed_mentions: AllowedMentions.nullish(),
  flags: z.int().nullish(),
  attachments: z.array(z.looseObject({})).max(10).nullish(),
};

/** What creates and edits messages have in common. */
export const MessageBody = z.looseObject(fields);
export type MessageBody = z.infer<typeof MessageBody>;

export const MessageCreate = z.looseObject({
  ...fields,
  nonce: z.union([z.string().max(25), z.int()]).nullish(),
  enforce_nonce: z.boolean().nullish(),
  message_reference: z
    .looseObject({ message_id: Snowflake, fail_if_not_exists: z.boolean().nullish() })
    .nullish(),
});

export const EPHEMERAL = 1 << 6;
export const COMPONENTS_V2 = 1 << 15;

/** A message as it will stand. */
export interface WholeMessage {
  readonly content?: string | null | undefined;
  readonly embeds?: readonly Json[] | null | undefined;
  readonly components?: readonly Json[] | null | undefined;
}

/** The rules of a whole message the layout of its components, and emptiness. */
export function checkMessage(body: WholeMessage, flags: number, fileCount: number): void {
  const isV2 = (flags & COMPONENTS_V2) !== 0;
  const faults = [...(isV2 ? faultsOfV2(body) : faultsOfLegacy(body)), ...repeatedIds(body)];
  if (faults.length > 0) throw invalidForm(faults);
  const { content, embeds, components } = body;
  const empty = !content && !embeds?.length && !components?.length && fileCount === 0;
  if (empty) throw apiError(50006);
}

function faultsOfV2(body: WholeMessage): FieldError[] {
  const legacy = (['content', 'embeds'] as const).filter((name) => body[name]?.length);
  const all = flatten(body.components);
  const characters = all.reduce((sum, { type, content }) => {
    return sum + (type === 10 && typeof content === 'string' ? content.length : 0);
  }, 0);
  return [
    ...legacy.map((name) => ({
      path: [name],
      code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      message: `The '${name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
    })),
    ...over(all.length, 40, 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED', 'components'),
    ...over(characters, 4_000, 'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED', 'characters of text'),
  ];
}

function over(count: number, most: number, code: string, what: string): FieldError[] {
  const message = `The total number of ${what} must be ${most} or fewer.`;
  return count > most ? [{ path: ['components'], code, message }] : [];
}

function faultsOfLegacy({ components }: WholeMessage): FieldError[] {
  const list = components ?? [];
  const path = ['components'];
  const long = {
    path,
    code: 'BASE_TYPE_BAD_LENGTH',
    message: 'Must be between 1 and 5 in length.',
  };
  const wrong = list.flatMap(({ type }, index) =>
    type === 1
      ? []
      : [
          {
            path: [...path, index, 'type'],
            code: 'UNION_TYPE_CHOICES',
            message: 'Value of field "type" must be one of (1,).',
          },
        ],
  );
  return list.length > 5 ? [long, ...wrong] : wrong;
}

function repeatedIds({ components }: WholeMessage): FieldError[] {
  const ids = flatten(components).flatMap(({ custom_id: id }) =>
    typeof id === 'string' ? [id] : [],
  );
  return new Set(ids).size === ids.length
    ? []
    : [
        {
          path: ['components'],
          code: 'COMPONENT_CUSTOM_ID_DUPLICATED',
          message: 'Component custom id cannot be duplicated',
        },
      ];
}

interface Node {
  readonly type?: unknown;
  readonly content?: unknown;
  readonly custom_id?: unknown;
  readonly components?: unknown;
  readonly accessory?: unknown;
}

/** Components and all inside them. */
export function flatten(components: unknown): Node[] {
  if (!Array.isArray(components)) return [];
  return (components as readonly Node[]).flatMap((each) => [
    each,
    ...flatten(each.components),
    ...flatten(each.accessory === undefined ? [] : [each.accessory]),
  ]);
}
