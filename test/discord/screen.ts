import type { Json, Message } from '../fakes/discord-server/world.ts';
import { readMarkdown } from './markdown-reader.ts';

/** The words of a message as its readers see them, buttons and menus included. */
export function wordsOf({ content, components }: Pick<Message, 'content' | 'components'>): string {
  return [readMarkdown(content), ...components.map(wordsOfComponent)].join('\n').trim();
}

function wordsOfComponent(component: Json): string {
  const { content, label, placeholder } = component as Readonly<Record<string, string | undefined>>;
  const own = content === undefined ? (label ?? placeholder ?? '') : readMarkdown(content);
  const inner = (component['components'] ?? []) as readonly Json[];
  return [own, ...inner.map(wordsOfComponent)].filter((part) => part !== '').join('\n');
}

/** The custom id of the button or menu that says this. */
export function customIdOf(message: Message, label: string): string {
  const found = componentsOf(message.components).find(
    (each) => each['label'] === label || each['placeholder'] === label,
  );
  if (found === undefined) throw new Error(`The message has no ${label}.`);
  return String(found['custom_id']);
}

function componentsOf(components: readonly Json[]): Json[] {
  return components.flatMap((each) => [
    each,
    ...componentsOf((each['components'] ?? []) as readonly Json[]),
  ]);
}
