import { z } from 'zod';
import { refuse, Snowflake, text } from './form.ts';

const base = { id: z.int().min(0).nullish() };
const CustomId = z.string().min(1).max(100);
const Emoji = z.looseObject({ name: z.string().nullish(), id: Snowflake.nullish() });
const Media = z.looseObject({ url: z.string().min(1).max(2048) });

const Button = z
  .looseObject({
    ...base,
    type: z.literal(2),
    style: z.int().min(1).max(6),
    label: text(80).nullish(),
    emoji: Emoji.nullish(),
    custom_id: CustomId.nullish(),
    url: z.string().max(512).nullish(),
  })
  .superRefine(({ style, custom_id: id, url, label, emoji }, context) => {
    const link = style === 5;
    if (!(link ? url : id)) {
      const message = `A ${link ? 'url' : 'custom id'} is required`;
      refuse(context, [link ? 'url' : 'custom_id'], 'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED', message);
    }
    if (link && id) {
      const message = 'A custom id and url cannot both be specified';
      refuse(context, ['custom_id'], 'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE', message);
    }
    if (!label && !emoji) {
      refuse(context, ['label'], 'BUTTON_COMPONENT_INVALID_LABEL', 'A label or emoji is required');
    }
  });

const selection = {
  ...base,
  custom_id: CustomId,
  placeholder: text(150).nullish(),
  min_values: z.int().min(0).max(25).nullish(),
  max_values: z.int().min(1).max(25).nullish(),
};

const Option = z.looseObject({
  label: text(100, 1),
  value: text(100, 1),
  description: text(100).nullish(),
});

const StringSelect = z.looseObject({
  ...selection,
  type: z.literal(3),
  options: z.array(Option).min(1).max(25),
});

const OtherSelect = z.looseObject({ ...selection, type: z.literal([5, 6, 7, 8]) });

const TextInput = z.looseObject({
  ...base,
  type: z.literal(4),
  custom_id: CustomId,
  style: z.int().min(1).max(2),
  label: text(45).nullish(),
  value: z.string().max(4000).nullish(),
  placeholder: text(100).nullish(),
  min_length: z.int().min(0).max(4000).nullish(),
  max_length: z.int().min(1).max(4000).nullish(),
});

const Row = z
  .looseObject({
    ...base,
    type: z.literal(1),
    components: z
      .array(z.discriminatedUnion('type', [Button, StringSelect, OtherSelect]))
      .min(1)
      .max(5),
  })
  .superRefine(({ components }, context) => {
    if (components.length > 1 && components.some(({ type }) => type !== 2)) {
      refuse(context, ['components'], 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'The row is too wide.');
    }
  });

const TextDisplay = z.looseObject({
  ...base,
  type: z.literal(10),
  content: z.string().min(1).max(4000),
});

const Thumbnail = z.looseObject({
  ...base,
  type: z.literal(11),
  media: Media,
  description: text(1024).nullish(),
});

const Section = z.looseObject({
  ...base,
  type: z.literal(9),
  components: z.array(TextDisplay).min(1).max(3),
  accessory: z.discriminatedUnion('type', [Button, Thumbnail]),
});

const Gallery = z.looseObject({
  ...base,
  type: z.literal(12),
  items: z
    .array(z.looseObject({ media: Media, description: text(1024).nullish() }))
    .min(1)
    .max(10),
});

const File = z.looseObject({ ...base, type: z.literal(13), file: Media });

const Separator = z.looseObject({
  ...base,
  type: z.literal(14),
  spacing: z.int().min(1).max(2).nullish(),
});

const parts = [Row, Section, TextDisplay, Gallery, File, Separator] as const;

const Container = z.looseObject({
  ...base,
  type: z.literal(17),
  components: z.array(z.discriminatedUnion('type', parts)).min(1),
  accent_color: z.int().min(0).max(0xffffff).nullish(),
});

/** What may stand at the top of a message. */
export const Component = z.discriminatedUnion('type', [...parts, Container]);

const Label = z.looseObject({
  ...base,
  type: z.literal(18),
  label: text(45, 1),
  description: text(100).nullish(),
  component: z.discriminatedUnion('type', [TextInput, StringSelect, OtherSelect]),
});

/** https://docs.discord.com/developers/interactions/receiving-and-responding */
export const Modal = z.looseObject({
  custom_id: CustomId,
  title: text(45, 1),
  components: z
    .array(
      z.discriminatedUnion('type', [
        z.looseObject({ ...base, type: z.literal(1), components: z.array(TextInput).length(1) }),
        Label,
        TextDisplay,
      ]),
    )
    .min(1)
    .max(5),
});
