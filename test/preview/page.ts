import { request } from 'node:http';
import type { Preview } from '../../src/preview/index.ts';
import type { Message } from '../../src/core/message.ts';

/** One message as `GET /api/messages` shows it. */
interface PageMessage {
  readonly id: string;
  readonly thread?: string;
  readonly asked?: string;
  readonly at: string;
  readonly message: Message;
  readonly reactions: readonly string[];
  readonly html: string;
  readonly label: string;
}

export type PageThread = PageMessage & { readonly replies: readonly PageMessage[] };

/** What stands on the page, newest thread first. */
export async function messagesOf(preview: Preview): Promise<PageThread[]> {
  const response = await fetch(`${preview.url}/api/messages`);
  const body = (await response.json()) as { messages: PageThread[] };
  return body.messages;
}

/** Sends what the page's script would send. */
export function send(preview: Preview, path: string, body: unknown): Promise<Response> {
  return fetch(preview.url + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: preview.url },
    body: JSON.stringify(body),
  });
}

/** The words that a browser would show of this HTML. */
export function textOf(html: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&#39;': "'",
    '&amp;': '&',
  };
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => entities[entity] ?? entity);
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A request with exactly these headers, as `fetch` won't send a foreign Host. */
export function rawRequest(
  preview: Preview,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  const { method = 'GET', headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    const sent = request(preview.url + path, { method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
