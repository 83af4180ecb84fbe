import { z } from 'zod';
import { toPaperId, type Paper } from '../paper.ts';
import { toPaper } from '../sources/hugging-face/paper.ts';

const Count = z.int().nonnegative();
const Text = z.string();

/** One line of a corpus file: a paper as Hugging Face's daily list of `dailyDate` had it. */
const CorpusPaper = z.object({
  id: Text.refine((text) => toPaperId(text) !== undefined, 'is not an arXiv id'),
  title: Text.min(1),
  summary: Text,
  dailyDate: z.iso.date(),
  publishedAt: Text.nullish(),
  upvotes: Count.nullish(),
  numComments: Count.nullish(),
  authors: z.array(Text).nullish(),
  thumbnail: Text.nullish(),
  githubRepo: Text.nullish(),
  githubStars: Count.nullish(),
  projectPage: Text.nullish(),
  ai_summary: Text.nullish(),
  ai_keywords: z.array(Text).nullish(),
  /** The display name. */
  organization: Text.nullish(),
});

type CorpusPaper = z.infer<typeof CorpusPaper>;

/** A paper that certainly stood on a list. */
export type ListedCorpusPaper = Paper & { readonly listDate: string };

/** The paper of a line. Throws an `Error` whose message says what is wrong with the line. */
export function parseCorpusLine(line: string): ListedCorpusPaper {
  const parsed = CorpusPaper.safeParse(parseJson(line));
  if (!parsed.success) throw new Error(describe(parsed.error));
  const paper = toPaper(toItem(parsed.data), parsed.data.dailyDate);
  if (paper === undefined) throw new Error('title: holds no readable character');
  return { ...paper, listDate: parsed.data.dailyDate };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new Error('it is not JSON', { cause: error });
  }
}

function describe({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`).join('; ');
}

/** The line in the shape of Hugging Face's own replies. */
function toItem(line: CorpusPaper): Parameters<typeof toPaper>[0] {
  const { numComments, authors, organization, dailyDate, id, ...paper } = line;
  return {
    numComments,
    paper: {
      ...paper,
      id: toPaperId(id) ?? id,
      submittedOnDailyAt: dailyDate,
      authors: authors?.map((name) => ({ name })),
      organization: organization ? { name: organization } : undefined,
    },
  };
}
