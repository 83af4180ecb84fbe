import type { Block, Button, Menu, Message, PaperCard, Span } from '../core/index.ts';
import { anchor, escapeHtml, isolate, toHref } from './html.ts';

/** A message's blocks as HTML. Everything that a message says is escaped. */
export function renderMessage(message: Message): string {
  return message.blocks.map(renderBlock).join('\n');
}

function renderBlock(block: Block): string {
  switch (block.type) {
    case 'heading':
      return `<h2 dir="auto">${isolate(block.text)}</h2>`;
    case 'text':
      return `<p dir="auto">${renderSpans(block.spans)}</p>`;
    case 'list':
      return renderList(block);
    case 'paper':
      return renderPaper(block.paper);
    case 'actions':
      return `<div class="actions">${block.buttons.map(renderButton).join('')}</div>`;
    case 'menu':
      return renderMenu(block.menu);
    case 'divider':
      return '<hr>';
  }
}

function renderList({ ordered, start, items }: Extract<Block, { type: 'list' }>): string {
  const tag = ordered ? 'ol' : 'ul';
  const from = ordered && start !== undefined ? ` start="${start}"` : '';
  const lines = items.map((spans) => `<li dir="auto">${renderSpans(spans)}</li>`);
  return `<${tag}${from}>\n${lines.join('\n')}\n</${tag}>`;
}

const TAGS = { strong: 'strong', emphasis: 'em', code: 'code' } as const;

function renderSpans(spans: readonly Span[]): string {
  return spans.map(renderSpan).join('');
}

function renderSpan({ text, style, href }: Span): string {
  const content = isolate(text);
  const tag = style === undefined ? undefined : TAGS[style];
  const styled = tag === undefined ? content : `<${tag}>${content}</${tag}>`;
  return href === undefined ? styled : anchor(href, styled);
}

function renderButton({ label, command, args }: Button): string {
  const data = `data-command="${escapeHtml(command)}" data-args="${escapeHtml(JSON.stringify(args))}"`;
  return `<button type="button" ${data}>${isolate(label)}</button>`;
}

function renderMenu({ label, command, arg, options }: Menu): string {
  const items = options.map(
    (option) => `<option value="${escapeHtml(option.value)}">${escapeHtml(option.label)}</option>`,
  );
  const data = `data-command="${escapeHtml(command)}" data-arg="${escapeHtml(arg)}"`;
  const first = `<option value="">${escapeHtml(label)}</option>`;
  return `<div class="actions"><select ${data} aria-label="${escapeHtml(label)}">${first}${items.join('')}</select></div>`;
}

function renderPaper(paper: PaperCard): string {
  const lines = [
    renderTitle(paper),
    renderByline(paper),
    renderWhy(paper),
    paragraph('summary', paper.summary),
    renderLinks(paper),
  ].filter((line) => line !== '');
  return `<div class="paper">\n${renderThumbnail(paper)}<div class="about">\n${lines.join('\n')}\n</div>\n</div>`;
}

function renderTitle({ title, href, rank }: PaperCard): string {
  const place = rank === undefined ? '' : `<span class="rank">${rank}.</span> `;
  return `<h3 dir="auto">${place}${anchor(href, isolate(title))}</h3>`;
}

function renderByline({ authors, organization }: PaperCard): string {
  const names = authors === '' ? [] : [`<span class="authors">${isolate(authors)}</span>`];
  const home =
    organization === undefined
      ? []
      : [`<span class="organization">${isolate(organization)}</span>`];
  const parts = [...names, ...home];
  return parts.length === 0 ? '' : `<p class="byline">${parts.join(' · ')}</p>`;
}

function renderWhy({ upvotes, why }: PaperCard): string {
  const votes =
    upvotes === undefined
      ? []
      : [`<span class="votes" role="img" aria-label="${upvotes} upvotes">▲ ${upvotes}</span>`];
  const reason = why === undefined ? [] : [`<span>${isolate(why)}</span>`];
  const parts = [...votes, ...reason];
  return parts.length === 0 ? '' : `<p class="why">${parts.join(' ')}</p>`;
}

function renderLinks({ links }: PaperCard): string {
  if (links.length === 0) return '';
  const anchors = links.map(({ label, href }) => anchor(href, isolate(label)));
  return `<p class="links">${anchors.join(' · ')}</p>`;
}

function renderThumbnail({ thumbnail }: PaperCard): string {
  const source = thumbnail === undefined ? undefined : toHref(thumbnail);
  // The page's Content-Security-Policy loads pictures over https alone.
  if (source?.startsWith('https:') !== true) return '';
  return `<img src="${source}" alt="" loading="lazy" referrerpolicy="no-referrer">\n`;
}

function paragraph(name: string, text: string | undefined): string {
  return text === undefined || text === ''
    ? ''
    : `<p class="${name}" dir="auto">${isolate(text)}</p>`;
}
