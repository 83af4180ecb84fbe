import type { Message } from '../core/index.ts';
import type { Entry, Thread } from './feed.ts';
import { escapeHtml, isolate } from './html.ts';
import { BOOKMARK } from './reactions.ts';
import { renderMessage } from './render.ts';

/** A message with its thread beneath, which can be folded away. */
export function renderThread({ root, replies }: Thread, open: boolean): string {
  const articles = replies.map(renderEntry).join('\n');
  return `<section class="thread" id="t-${escapeHtml(root.id)}">
${renderEntry(root)}
<details${open ? ' open' : ''}${replies.length === 0 ? ' hidden' : ''}>
<summary>${threadLabel(replies)}</summary>
<div class="replies">
${articles}
</div>
</details>
</section>`;
}

/** What stands on a folded thread: `10 papers`. */
export function threadLabel(replies: readonly Entry[]): string {
  const papers = replies.every(({ message }) => papersShown(message) === 1);
  const noun = papers ? 'paper' : 'message';
  return `${replies.length} ${noun}${replies.length === 1 ? '' : 's'}`;
}

/** One message as it stands on the page. */
export function renderEntry(entry: Entry): string {
  const { id, message, thread } = entry;
  return `<article id="m-${escapeHtml(id)}" data-id="${escapeHtml(id)}" aria-label="${escapeHtml(message.summary)}">
${thread === undefined ? renderHeader(entry) : ''}${renderSave(entry)}${renderMessage(message)}
</article>`;
}

/** An answer that only the caller sees; it is never kept. */
export function renderPrivate(message: Message, asked: string): string {
  return `<article class="private" aria-label="${escapeHtml(message.summary)}">
<header><span>Only you can see this</span><code>${isolate(asked)}</code>
<button type="button" class="dismiss" aria-label="Dismiss">×</button></header>
${renderMessage(message)}
</article>`;
}

function renderHeader({ at, asked }: Entry): string {
  const time = `<time datetime="${escapeHtml(at)}">${escapeHtml(at.slice(0, 16).replace('T', ' '))} UTC</time>`;
  const question = asked === undefined ? '' : `<code>${isolate(asked)}</code>`;
  return `<header><strong>Paperboy</strong>${question}${time}</header>\n`;
}

function renderSave({ message, reactions }: Entry): string {
  const papers = papersShown(message);
  if (papers === 0) return '';
  const label = papers === 1 ? 'Save this paper' : 'Save all papers of this message';
  return `<button type="button" class="save" data-emoji="${BOOKMARK}" aria-pressed="${reactions.includes(BOOKMARK)}" aria-label="${label}" title="${label}">${BOOKMARK}</button>\n`;
}

/** How many papers a message shows: cards, or else list lines that link somewhere. */
function papersShown({ blocks }: Message): number {
  const cards = blocks.filter(({ type }) => type === 'paper').length;
  const lines = blocks
    .flatMap((block) => (block.type === 'list' ? block.items : []))
    .filter((spans) => spans.some(({ href }) => href !== undefined)).length;
  return cards > 0 ? cards : lines;
}
