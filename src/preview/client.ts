/**
 * The page's script. It inserts only HTML that this server rendered, and so escaped. Plain
 * JavaScript as text, since the browser gets it as it stands, without a build.
 */
export const client = `'use strict';
const find = (selector, within = document) => within.querySelector(selector);
const feed = find('#feed');
const notice = find('#notice');
const line = find('#line');
const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;

function toElement(html) {
  const template = document.createElement('template');
  template.innerHTML = html;
  const element = template.content.firstElementChild;
  localize(element);
  return element;
}

function localize(within) {
  for (const time of within.querySelectorAll('time')) {
    const at = new Date(time.dateTime);
    const today = at.toDateString() === new Date().toDateString();
    const day = today ? {} : { weekday: 'short', day: 'numeric', month: 'short' };
    time.title = time.dateTime;
    time.textContent = at.toLocaleString([], { ...day, hour: '2-digit', minute: '2-digit' });
  }
}

async function send(path, body) {
  notice.textContent = '';
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error);
    return answer;
  } catch (error) {
    notice.textContent = error instanceof TypeError ? 'Paperboy doesn’t answer. Is it running?' : error.message;
    return undefined;
  }
}

function show(answer) {
  if (answer === undefined) return;
  find('#private').replaceChildren(...(answer.private ? [toElement(answer.html)] : []));
  scrollTo({ top: 0, behavior: 'smooth' });
}

function replace(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  const focused = find('.save', old) === document.activeElement;
  old.replaceWith(fresh);
  if (focused) find('.save', fresh)?.focus();
}

function place(entry) {
  const fresh = toElement(entry.html);
  const old = document.getElementById('m-' + entry.id);
  if (old !== null) replace(old, fresh);
  else if (entry.thread === undefined) addThread(entry, fresh);
  else addReply(entry, fresh);
}

function addThread(entry, fresh) {
  const section = find('#thread').content.firstElementChild.cloneNode(true);
  section.id = 't-' + entry.id;
  find('article', section).replaceWith(fresh);
  feed.prepend(section);
}

function addReply(entry, fresh) {
  const section = document.getElementById('t-' + entry.thread);
  if (section === null) return;
  const details = find('details', section);
  details.hidden = false;
  find('summary', details).textContent = entry.label;
  find('.replies', details).append(fresh);
}

async function catchUp() {
  const response = await fetch('/api/messages');
  const { messages } = await response.json();
  for (const message of messages.reverse()) {
    place(message);
    message.replies.forEach(place);
  }
}

const asked = [];
let position = 0;

find('#ask').addEventListener('submit', async (event) => {
  event.preventDefault();
  const text = line.value.trim();
  if (text === '') return;
  asked.push(text);
  position = asked.length;
  line.value = '';
  const form = event.target;
  form.classList.add('busy');
  const answer = await send('/api/command', { text, timezone });
  form.classList.remove('busy');
  if (answer === undefined && line.value === '') line.value = text;
  show(answer);
});

line.addEventListener('keydown', (event) => {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const next = position + (step ?? 0);
  // While something else is typed, the arrows choose among the suggested commands.
  const recalled = line.value === (asked[position] ?? '');
  if (step === undefined || !recalled || next < 0 || next > asked.length) return;
  event.preventDefault();
  position = next;
  line.value = asked[position] ?? '';
});

addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.target === line) return;
  event.preventDefault();
  line.focus();
});

async function toggle(button) {
  const added = button.getAttribute('aria-pressed') !== 'true';
  const message = button.closest('article').dataset.id;
  const id = 'm-' + message;
  button.setAttribute('aria-pressed', String(added));
  const answer = await send('/api/react', { message, emoji: button.dataset.emoji, added });
  const shown = find('.save', document.getElementById(id));
  if (answer === undefined) shown.setAttribute('aria-pressed', String(!added));
}

async function press(button) {
  const { command, args } = button.dataset;
  button.disabled = true;
  show(await send('/api/press', { command, args: JSON.parse(args), timezone }));
  button.disabled = false;
}

addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (button === null) return;
  if (button.matches('.dismiss')) button.closest('article').remove();
  else if (button.matches('.save')) toggle(button);
  else if (button.dataset.command !== undefined) press(button);
});

addEventListener('change', async (event) => {
  const menu = event.target.closest('select[data-arg]');
  if (menu === null || menu.value === '') return;
  const { command, arg } = menu.dataset;
  show(await send('/api/press', { command, args: { [arg]: menu.value }, timezone }));
  menu.value = '';
});

// A picture that can't be had leaves no gap.
addEventListener('error', (event) => {
  if (event.target instanceof HTMLImageElement) event.target.hidden = true;
}, true);

localize(document);
const events = new EventSource('/api/events');
events.addEventListener('open', catchUp);
events.addEventListener('message', (event) => place(JSON.parse(event.data)));
`;
