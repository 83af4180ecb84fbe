import type { CommandDefinition } from '../core/index.ts';
import type { Thread } from './feed.ts';
import { escapeHtml } from './html.ts';
import { renderThread } from './thread.ts';

/** A folded newspaper. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect x="3" y="5" width="26" height="22" rx="3" fill="#b4532a"/>
<g stroke="#fff" stroke-width="2.4" stroke-linecap="round"><path d="M8 11h16M17 17h7M17 22h7"/></g>
<rect x="8" y="16" width="6" height="7" rx="1" fill="#fff"/>
</svg>
`;

/** The whole page with all that stands on it. Style and script are files of their own. */
export function renderPage(
  threads: readonly Thread[],
  commands: readonly CommandDefinition[],
): string {
  // Only the newest thread is unfolded, so that older digests are one glance each.
  const feed = threads.map((thread, index) => renderThread(thread, index === 0)).join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Paperboy</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">
<script src="/app.js" defer></script>
</head>
<body>
${renderBar(commands)}
<main>
<p id="notice" role="status"></p>
<div id="private" aria-live="polite"></div>
<div id="feed" role="feed" aria-label="Messages, newest first">
${feed}
</div>
${renderEmpty(commands)}
</main>
<template id="thread">${renderThread(BLANK, true)}</template>
</body>
</html>
`;
}

const BLANK: Thread = {
  root: {
    type: 'posted',
    id: '',
    key: '',
    at: '',
    reactions: [],
    message: { summary: '', blocks: [] },
  },
  replies: [],
};

function renderBar(commands: readonly CommandDefinition[]): string {
  const options = commands.map(
    ({ name, summary }) => `<option value="${escapeHtml(name)}">${escapeHtml(summary)}</option>`,
  );
  return `<header class="bar">
<div>
<h1><img src="/icon.svg" alt="" width="22" height="22">Paperboy</h1>
<form id="ask" autocomplete="off">
<label for="line">/papers</label>
<input id="line" name="line" list="commands" required maxlength="2000" enterkeyhint="send"
 autocapitalize="off" spellcheck="false" aria-label="A command for Paperboy"
 placeholder='topic "video generation"'>
<button>Send</button>
<datalist id="commands">${options.join('')}</datalist>
</form>
</div>
</header>`;
}

function renderEmpty(commands: readonly CommandDefinition[]): string {
  const wished = ['today', 'trending', 'help'];
  const buttons = commands
    .filter(({ name }) => wished.includes(name))
    .map(
      ({ name, summary }) =>
        `<button type="button" data-command="${escapeHtml(name)}" data-args="{}" title="${escapeHtml(summary)}">/papers ${escapeHtml(name)}</button>`,
    );
  return `<div class="empty">
<p>No papers have arrived yet. Digests will appear here; until then, ask for some.</p>
<div class="actions">${buttons.join('')}</div>
</div>`;
}
