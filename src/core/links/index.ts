import { paperCard } from '../compose.ts';
import type { Log } from '../log.ts';
import type { Message } from '../message.ts';
import { toPaperId, type Paper } from '../paper.ts';
import type { ChannelRef, LinkCard } from '../platform.ts';

export interface LinkOptions {
  /** One paper from the archive or a source. Rejects where a source that may know it doesn't answer. */
  find(id: string): Promise<Paper | undefined>;
  /** Whether the channel wants cards. */
  shows(channel: ChannelRef): Promise<boolean>;
  readonly log: Log;
}

/** Of one message: more would bury what was said. */
const MOST_CARDS = 5;

/**
 * What to show for links that somebody pasted: a card for each paper, at its first link. Other
 * links, and papers that nobody knows, are left alone. Rejects only when the database does.
 */
export function createLinked(
  options: LinkOptions,
): (channel: ChannelRef, urls: readonly string[]) => Promise<readonly LinkCard[]> {
  return async (channel, urls) => {
    const papers = firstLinks(urls);
    if (papers.size === 0 || !(await options.shows(channel))) return [];
    const wanted = [...papers].slice(0, MOST_CARDS);
    const cards = wanted.map(async ([id, url]) => {
      const paper = await look(options, id);
      return paper === undefined ? [] : [{ url, message: toMessage(paper) }];
    });
    return (await Promise.all(cards)).flat();
  };
}

/** The papers' base ids, in order, each with the first of its links. */
function firstLinks(urls: readonly string[]): Map<string, string> {
  const links = new Map<string, string>();
  for (const url of urls) {
    const id = toPaperId(url);
    if (id !== undefined && !links.has(id)) links.set(id, url);
  }
  return links;
}

async function look(options: LinkOptions, id: string): Promise<Paper | undefined> {
  return options.find(id).catch((error: unknown) => {
    options.log.warn({ paper: id, err: error }, 'a pasted link could not be looked up');
    return undefined;
  });
}

function toMessage(paper: Paper): Message {
  const buttons = [{ label: 'Save', command: 'save', args: { paper: paper.id } }];
  return {
    summary: paper.title,
    blocks: [
      { type: 'paper', paper: paperCard(paper) },
      { type: 'actions', buttons },
    ],
  };
}
