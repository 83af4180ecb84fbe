import { readFileSync } from 'node:fs';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { parseDocument, visit } from 'yaml';
import { z } from 'zod';
import { loadConfig } from '../../src/config.ts';
import { Settings } from '../../src/config/settings.ts';

const EXAMPLE = 'config/paperboy.example.yaml';
const schema = z.toJSONSchema(Settings, { io: 'input' });

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly title?: string;
  readonly type?: string;
}

function paths(node: Node, path: readonly string[] = []): string[] {
  const children = Object.entries(node.properties ?? {});
  return children.flatMap(([key, child]) => [
    [...path, key].join('.'),
    ...paths(child, [...path, key]),
  ]);
}

function keysOf(yaml: string): { path: string; explained: boolean }[] {
  const document = parseDocument(yaml);
  const keys: { path: string; explained: boolean }[] = [];
  visit(document, {
    Pair(_, pair, ancestors) {
      const above = ancestors.flatMap((node) => ('key' in node ? [String(node.key)] : []));
      const text = yaml.slice(0, (pair.key as { range: [number] }).range[0]);
      keys.push({
        path: [...above, String(pair.key)].join('.'),
        explained: /(^|\n) *#[^\n]*\n *$/.test(text),
      });
    },
  });
  return keys;
}

describe('config/paperboy.schema.json', () => {
  it('is what the code’s schema says (npm run schema writes it)', async () => {
    const json = await format(JSON.stringify(schema, null, 2), { parser: 'json', printWidth: 100 });
    await expect(json).toMatchFileSnapshot('../../config/paperboy.schema.json');
  });

  it('gives every key a title', () => {
    const untitled = (node: Node, path: string): string[] =>
      Object.entries(node.properties ?? {}).flatMap(([key, child]) => [
        ...(child.title === undefined ? [`${path}${key}`] : []),
        ...untitled(child, `${path}${key}.`),
      ]);
    expect(untitled(schema as Node, '')).toEqual([]);
  });
});

describe(EXAMPLE, () => {
  const text = readFileSync(EXAMPLE, 'utf8');

  it('is a valid configuration', () => {
    expect(loadConfig({ PAPERBOY_CONFIG: EXAMPLE }).contact).toBe('papers@lab.example');
  });

  it('shows every key', () => {
    const shown = new Set(keysOf(text).map(({ path }) => path));
    expect(paths(schema as Node).filter((path) => !shown.has(path))).toEqual([]);
  });

  it('explains every key that holds a value', () => {
    const groups = new Set(paths(schema as Node).map((path) => path.replace(/\.?[^.]*$/, '')));
    const silent = keysOf(text).filter(({ path, explained }) => !explained && !groups.has(path));
    expect(silent.map(({ path }) => path)).toEqual(['ranking.weights.code']);
  });
});
