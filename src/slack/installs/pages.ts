import type { ServerResponse } from 'node:http';

/** What a page says. Its texts are plain: they are escaped here. */
export interface Page {
  readonly title: string;
  readonly lines: readonly string[];
  readonly link?: { readonly text: string; readonly href: string };
}

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
} as const;

export function setHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
}

export function sendPage(response: ServerResponse, status: number, page: Page): void {
  setHeaders(response);
  response.writeHead(status).end(toHtml(page));
}

const STYLE = `
  body { margin: 15vh auto; max-width: 34rem; padding: 0 1.5rem; font: 1.1rem/1.6 system-ui, sans-serif; color: #1d1c1d; background: #fff; }
  a { display: inline-block; margin-top: 1rem; padding: .6rem 1.2rem; border-radius: .4rem; background: #1f3b57; color: #fff; text-decoration: none; }
  @media (prefers-color-scheme: dark) { body { color: #e8e8e8; background: #1a1d21; } a { background: #4a7ba6; } }`;

export function toHtml({ title, lines, link }: Page): string {
  const said = lines.map((line) => `<p>${escaped(line)}</p>`).join('\n');
  const button = link && `<a href="${escaped(link.href)}">${escaped(link.text)}</a>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>${STYLE}
</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${said}
${button ?? ''}
</body>
</html>
`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}
