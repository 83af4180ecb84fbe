import { isJson, objectsOf, textOf, type Json } from './json.ts';
import { Refusal } from './refusal.ts';
import type { World } from './world.ts';

/** Slack fetches a message's pictures before it takes it, and refuses it for one that it can't have. */
export function checkImages({ brokenImages }: World, blocks: unknown): void {
  objectsOf(blocks).forEach((block, index) => {
    const path = brokenIn(block, brokenImages, `/blocks/${index}`);
    if (path !== undefined) {
      const detail = `[ERROR] downloading image failed [json-pointer:${path}]`;
      throw new Refusal('invalid_blocks', [detail]);
    }
  });
}

function brokenIn(value: Json, broken: ReadonlySet<string>, path: string): string | undefined {
  if (broken.has(textOf(value['image_url']))) return `${path}/image_url`;
  for (const [key, each] of Object.entries(value)) {
    if (!isJson(each)) continue;
    const found = brokenIn(each, broken, `${path}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
