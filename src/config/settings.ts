import { z } from 'zod';
import { signals } from '../core/ranking/index.ts';
import { BaseAddress, group, listOf, ShortText, wholeNumber } from './fields.ts';

// Category ids as https://arxiv.org/category_taxonomy writes them, or a whole archive: `cs`.
const CATEGORY = 'an arXiv category such as cs.CL, or an archive such as math';
const Category = z.string(CATEGORY).regex(/^[a-z-]+(\.[A-Za-z-]{2,})?$/, CATEGORY);

// Printable ASCII alone, since it goes into a request header.
const CONTACT = 'an e-mail address or an http or https address';
const Contact = z
  .string(CONTACT)
  .trim()
  .regex(/^(https?:\/\/[\x21-\x7e]+|[\x21-\x3f\x41-\x7e]+@[\x21-\x3f\x41-\x7e]+)$/, CONTACT)
  .max(200, CONTACT);

const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

const signalIds = signals.map((signal) => signal.id);
const SignalId = z.string().refine((id) => signalIds.includes(id), signalIds.join(', '));
const WEIGHT = 'a number from 0 to 10';
const Weight = z.number(WEIGHT).min(0, WEIGHT).max(10, WEIGHT);

const SourceSettings = group({
  huggingFace: group({
    url: BaseAddress.optional().meta({
      title: 'Base address',
      description:
        'Where Hugging Face is reached: a mirror or a proxy. Default: https://huggingface.co. ' +
        'PAPERBOY_HF_URL wins over it.',
    }),
  })
    .prefault({})
    .meta({ title: 'Hugging Face Daily Papers' }),
  arxiv: group({
    url: BaseAddress.optional().meta({
      title: 'Base address',
      description:
        'Where arXiv’s query API and its feeds are reached. Default: https://export.arxiv.org, ' +
        'and https://rss.arxiv.org for the feeds. PAPERBOY_ARXIV_URL wins over it.',
    }),
    categories: listOf(Category, 20).meta({
      title: 'Categories',
      description:
        'arXiv categories whose lists are read, such as cs.CL. Empty: none; a search that finds little asks arXiv all the same.',
    }),
  })
    .prefault({})
    .meta({ title: 'arXiv' }),
})
  .prefault({})
  .meta({ title: 'Sources', description: 'Where papers come from.' });

const MODEL = 'the name of a model: 1 to 200 characters';

const EmbeddingSettings = group({
  url: BaseAddress.meta({
    title: 'Base address',
    description: 'What stands before /embeddings, such as https://api.openai.com/v1.',
  }),
  model: z
    .string(MODEL)
    .trim()
    .min(1, MODEL)
    .max(200, MODEL)
    .meta({ title: 'Model', description: 'With another one all papers are asked for again.' }),
  dimensions: wholeNumber(32, 4096).optional().meta({
    title: 'Dimensions',
    description:
      'How many numbers a vector shall have, where the model lets one choose; each takes a byte a paper.',
  }),
}).meta({
  title: 'Embeddings',
  description:
    'An OpenAI-compatible endpoint whose vectors serve in place of those learnt from the archive. ' +
    'It gets every paper’s title and abstract, and what readers search for. ' +
    'PAPERBOY_EMBEDDINGS_KEY holds its key.',
});

const DigestSettings = group({
  count: wholeNumber(1, 20)
    .default(5)
    .meta({ title: 'Papers', description: 'Papers in one digest.' }),
  topics: listOf(ShortText, 50).meta({
    title: 'Topics',
    description: 'What to prefer: words, author:"…" or org:….',
  }),
  muted: listOf(ShortText, 50).meta({
    title: 'Muted topics',
    description: 'What never to show, written like topics.',
  }),
  follows: listOf(ShortText, 200).meta({
    title: 'Follows',
    description: 'Names of authors and organizations whose papers come first.',
  }),
})
  .prefault({})
  .meta({ title: 'Digest', description: 'What a channel gets that has not said otherwise.' });

const RankingSettings = group({
  weights: z
    .record(SignalId, Weight, `a group of weights: ${signalIds.join(', ')}`)
    .default({})
    .meta({
      title: 'Weights',
      description: 'How much each signal counts, 0 to 10; a signal not named keeps its default.',
    }),
})
  .prefault({})
  .meta({ title: 'Ranking' });

const DiscordSettings = group({
  requestsPerSecond: wholeNumber(1, 50).default(25).meta({
    title: 'Requests a second',
    description:
      'Over all channels. Discord allows a bot 50; divide by the number of processes that share a token.',
  }),
  crosspost: z.boolean('true or false').default(false).meta({
    title: 'Crosspost',
    description:
      'Publish digests of announcement channels to the servers that follow them, at most 10 an hour.',
  }),
})
  .prefault({})
  .meta({ title: 'Discord', description: 'In use where DISCORD_TOKEN is set.' });

const MANAGERS = ['admins', 'everyone'] as const;

const SlackSettings = group({
  port: wholeNumber(0, 65_535).default(3000).meta({
    title: 'Port',
    description:
      'For Slack’s requests, where SLACK_SIGNING_SECRET is set and SLACK_APP_TOKEN is not.',
  }),
  address: BaseAddress.optional().meta({
    title: 'Address',
    description:
      'Where the port is reached from outside, such as https://papers.example. Used where ' +
      'SLACK_CLIENT_ID is set: people install Paperboy at /slack/install below it.',
  }),
  managers: z
    .enum(MANAGERS, `one of ${MANAGERS.join(', ')}`)
    .default('admins')
    .meta({
      title: 'Managers',
      description:
        'Who may change a channel’s digest: its creator and workspace admins, or everyone in it.',
    }),
})
  .prefault({})
  .meta({ title: 'Slack', description: 'In use where SLACK_BOT_TOKEN is set.' });

const PreviewSettings = group({
  port: wholeNumber(0, 65_535)
    .default(7717)
    .meta({ title: 'Port', description: 'Port of the local page; 0 takes any free one.' }),
})
  .prefault({})
  .meta({ title: 'Local page' });

const LogSettings = group({
  level: z
    .enum(LEVELS, `one of ${LEVELS.join(', ')}`)
    .default('info')
    .meta({ title: 'Level', description: 'The least important lines that are still written.' }),
})
  .prefault({})
  .meta({ title: 'Log', description: 'Log lines go to stderr.' });

/** The configuration file. Unknown keys are problems, and every key may be left out. */
export const Settings = group({
  contact: Contact.optional().meta({
    title: 'Contact',
    description:
      'An e-mail or web address that tells the sources whom to ask about our requests; it is ' +
      'sent in the User-Agent header.',
  }),
  sources: SourceSettings,
  digest: DigestSettings,
  ranking: RankingSettings,
  embeddings: EmbeddingSettings.optional(),
  discord: DiscordSettings,
  slack: SlackSettings,
  preview: PreviewSettings,
  log: LogSettings,
}).meta({
  title: 'Paperboy configuration',
  description: 'The file config/paperboy.yaml, or the one that PAPERBOY_CONFIG names.',
});
export type Settings = z.output<typeof Settings>;
