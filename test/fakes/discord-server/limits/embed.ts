import { z } from 'zod';
import { refuse, text } from './form.ts';

const WebAddress = z
  .string()
  .max(2048)
  .superRefine((value, context) => {
    if (!URL.canParse(value)) refuse(context, [], 'URL_TYPE_INVALID_URL', 'Not a well formed URL.');
    else if (!/^(https?|attachment):/.test(value)) {
      const message = `Scheme "${value.split(':')[0] ?? ''}" is not supported. Scheme must be one of ('http', 'https').`;
      refuse(context, [], 'URL_TYPE_INVALID_SCHEME', message);
    }
  });

const Picture = z.looseObject({ url: WebAddress }).nullish();

/** https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
const Embed = z.looseObject({
  title: text(256).nullish(),
  description: text(4096).nullish(),
  url: WebAddress.nullish(),
  timestamp: z.iso.datetime({ offset: true }).nullish(),
  color: z.int().min(0).max(0xffffff).nullish(),
  footer: z.looseObject({ text: text(2048, 1), icon_url: WebAddress.nullish() }).nullish(),
  author: z
    .looseObject({ name: text(256, 1), url: WebAddress.nullish(), icon_url: WebAddress.nullish() })
    .nullish(),
  image: Picture,
  thumbnail: Picture,
  fields: z
    .array(z.looseObject({ name: text(256, 1), value: text(1024, 1) }))
    .max(25)
    .nullish(),
});

type Embed = z.infer<typeof Embed>;

/** Over all embeds of a message. */
const MOST_CHARACTERS = 6_000;

export const Embeds = z
  .array(Embed)
  .max(10)
  .superRefine((embeds, context) => {
    const total = embeds.reduce((sum, embed) => sum + lengthOf(embed), 0);
    if (total <= MOST_CHARACTERS) return;
    const message = `Embed size exceeds maximum size of ${MOST_CHARACTERS}`;
    refuse(context, [], 'MAX_EMBED_SIZE_EXCEEDED', message);
  });

function lengthOf({ title, description, footer, author, fields }: Embed): number {
  const texts = [title, description, footer?.text, author?.name];
  const pairs = (fields ?? []).flatMap(({ name, value }) => [name, value]);
  return [...texts, ...pairs].reduce((sum, each) => sum + (each?.length ?? 0), 0);
}
