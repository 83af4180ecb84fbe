import { shorten, type PaperCard } from '../core/index.ts';
import type { Section, TextDisplay } from './body.ts';
import { escapeLine, escapeMarkdown, link, toHref } from './markdown.ts';

/** The most characters of each part, before escaping. */
const LONGEST = { title: 500, line: 300, summary: 800, label: 40 };
const MOST_LINKS = 8;

/** A card alone always fits into a message, with room for its buttons and a heading. */
const MOST_CARD = 3_500;

/** A paper as a phone shows it best: title, byline, why and sentence above each other, picture right. */
export function renderCard(paper: PaperCard): Section | TextDisplay {
  const text: TextDisplay = { type: 10, content: cardText(paper) };
  const thumbnail = paper.thumbnail === undefined ? undefined : toHref(paper.thumbnail);
  if (thumbnail?.startsWith('https:') !== true) return text;
  return {
    type: 9,
    components: [text],
    accessory: { type: 11, media: { url: thumbnail } },
  };
}

function cardText(paper: PaperCard): string {
  for (let scale = 1; ; scale /= 2) {
    const text = linesOf(paper, scale).join('\n');
    if (text.length <= MOST_CARD || scale < 0.05) return text;
  }
}

function linesOf(paper: PaperCard, scale: number): string[] {
  const cut = (text: string, max: number) => shorten(text, Math.ceil(max * scale));
  const place = paper.rank === undefined ? '' : `${paper.rank}\\. `;
  const { organization = '', summary, upvotes, why } = paper;
  const byline = [paper.authors, organization].filter((part) => part !== '');
  const votes = upvotes === undefined ? '' : `**▲ ${upvotes}**`;
  const reason = why === undefined ? '' : escapeLine(cut(why, LONGEST.line));
  return [
    `### ${place}${link(cut(paper.title, LONGEST.title), paper.href)}`,
    byline.length === 0 ? '' : `-# ${escapeLine(cut(byline.join(' · '), LONGEST.line))}`,
    [votes, reason].filter((part) => part !== '').join(' · '),
    summary === undefined ? '' : escapeMarkdown(cut(summary, LONGEST.summary)),
    paper.links
      .slice(0, MOST_LINKS)
      .map(({ label, href }) => link(cut(label, LONGEST.label), href))
      .join(' · '),
  ].filter((line) => line.trim() !== '');
}
