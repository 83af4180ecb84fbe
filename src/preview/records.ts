import { z } from 'zod';

// Without a `ZodType<Message>` over it: so the compiler sees a kind of block that is missing here,
// which would be left out of the history at the next start.
function listOf<Item extends z.ZodType>(item: Item) {
  return z.array(item).readonly();
}

const Arg = z.union([z.string(), z.number(), z.boolean(), listOf(z.string())]);

/** A command's typed arguments, as a button carries them. */
export const Args = z.record(z.string(), Arg.optional());

const Span = z.object({
  text: z.string(),
  style: z.enum(['strong', 'emphasis', 'code']).exactOptional(),
  href: z.string().exactOptional(),
});

const Card = z.object({
  id: z.string(),
  title: z.string(),
  href: z.string(),
  rank: z.number().exactOptional(),
  authors: z.string(),
  organization: z.string().exactOptional(),
  upvotes: z.number().exactOptional(),
  why: z.string().exactOptional(),
  summary: z.string().exactOptional(),
  thumbnail: z.string().exactOptional(),
  links: listOf(z.object({ label: z.string(), href: z.string() })),
});

const Button = z.object({ label: z.string(), command: z.string(), args: Args });

const Menu = z.object({
  label: z.string(),
  command: z.string(),
  arg: z.string(),
  options: listOf(z.object({ label: z.string(), value: z.string() })),
});

const Block = z.discriminatedUnion('type', [
  z.object({ type: z.literal('heading'), text: z.string() }),
  z.object({ type: z.literal('text'), spans: listOf(Span) }),
  z.object({ type: z.literal('list'), ordered: z.boolean(), items: listOf(listOf(Span)) }),
  z.object({ type: z.literal('paper'), paper: Card }),
  z.object({ type: z.literal('actions'), buttons: listOf(Button) }),
  z.object({ type: z.literal('menu'), menu: Menu }),
  z.object({ type: z.literal('divider') }),
]);

const StoredMessage = z.object({
  summary: z.string(),
  blocks: listOf(Block),
});

/** A message came to stand on the page. */
const Posted = z.object({
  type: z.literal('posted'),
  id: z.string(),
  /** `PostOptions.key`. */
  key: z.string(),
  /** The id of the message whose thread it stands in. */
  thread: z.string().exactOptional(),
  /** For a reply: what the reader asked. */
  asked: z.string().exactOptional(),
  /** ISO 8601, UTC. */
  at: z.string(),
  message: StoredMessage,
});
export type Posted = z.infer<typeof Posted>;

/** One line of the history file: all that ever changes what the page shows. */
export const HistoryRecord = z.discriminatedUnion('type', [
  Posted,
  z.object({ type: z.literal('updated'), id: z.string(), message: StoredMessage }),
  z.object({
    type: z.literal('reaction'),
    id: z.string(),
    emoji: z.string(),
    added: z.boolean(),
  }),
]);
export type HistoryRecord = z.infer<typeof HistoryRecord>;
