/**
 * A small reader of Discord's markdown: gives the words as a reader sees them. It knows what can
 * act in a message: escapes, code, masked links, emphasis, spoilers, headings, small text, quotes,
 * lists, mentions and custom emoji. Everything that acts and is not text becomes `⟦…⟧`.
 */
export function readMarkdown(markdown: string): string {
  return markdown
    .split('\n')
    .map((line) => readLine(line))
    .join('\n');
}

const LINE_MARKS: readonly (readonly [RegExp, string])[] = [
  [/^#{1,3} +/, ''],
  [/^-# +/, ''],
  [/^ *>{1,3} /, '⟦quote⟧'],
  [/^ *[-*] +/, '• '],
];

function readLine(line: string): string {
  const found = LINE_MARKS.find(([mark]) => mark.test(line));
  if (found === undefined) return readInline(line);
  return found[1] + readInline(line.replace(found[0], ''));
}

const INLINE: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [/^\\([^0-9A-Za-z\s])/, ([, character = '']) => character],
  [/^``([^`]|[^`][^]*?[^`])``(?!`)/, ([, code = '']) => code],
  [/^`([^`]+)`/, ([, code = '']) => code],
  [
    /^\[((?:\[[^\]]*\]|[^[\]]|\](?=[^[]*\]))*)\]\((https?:\/\/[^\s()]+)\)/,
    ([, text = '']) => (/https?:\/\//.test(text) ? '⟦refused link⟧' : readInline(text)),
  ],
  [/^<(@[!&]?\d+|#\d+|a?:\w+:\d+|\/[^>]+:\d+|t:\d+(:\w)?|id:\w+)>/, ([whole]) => `⟦${whole}⟧`],
  [/^@(everyone|here)/, ([whole]) => `⟦${whole}⟧`],
  [/^:\w+:/, ([whole]) => `⟦${whole}⟧`],
  [/^(?:https?|steam):\/\/[^\s<]+/, ([whole]) => `⟦${whole}⟧`],
  [/^\*\*((?:\\[^]|[^*\\])+?)\*\*/, ([, text = '']) => readInline(text)],
  [/^\*((?:\\[^]|[^*\\])+?)\*/, ([, text = '']) => readInline(text)],
  [/^__((?:\\[^]|[^\\])+?)__/, ([, text = '']) => `⟦underline ${readInline(text)}⟧`],
  [/^_((?:\\[^]|[^_\\])+?)_\b/, ([, text = '']) => `⟦emphasis ${readInline(text)}⟧`],
  [/^~~((?:\\[^]|[^\\])+?)~~/, ([, text = '']) => `⟦struck ${readInline(text)}⟧`],
  [/^\|\|((?:\\[^]|[^\\])+?)\|\|/, ([, text = '']) => `⟦spoiler ${readInline(text)}⟧`],
];

function readInline(text: string): string {
  let rest = text;
  let shown = '';
  while (rest !== '') {
    const hit = INLINE.map(([rule, show]) => {
      const match = rule.exec(rest);
      return match && { length: match[0].length, shown: show(match) };
    }).find((each) => each !== null);
    shown += hit?.shown ?? rest.slice(0, 1);
    rest = rest.slice(hit?.length ?? 1);
  }
  return shown;
}
