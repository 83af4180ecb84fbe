import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { invalidForm, type FieldError } from './errors.ts';

/** A request body that Discord's own description of its API does not allow. */
export interface Violation {
  readonly request: string;
  readonly faults: readonly FieldError[];
  readonly body: unknown;
}

export interface OpenApi {
  /** False where the description is not at hand; nothing is checked then. */
  readonly available: boolean;
  readonly violations: readonly Violation[];
  /** Throws 50035, and notes the violation. */
  check(method: string, path: string, body: unknown): void;
}

const FILE = join(
  process.env['PAPERBOY_DATA'] ?? '../shared/data',
  '../specs/discord-openapi.json',
);

interface Spec {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> };
}

interface Compiled {
  readonly ajv: Ajv2020;
  readonly paths: readonly { readonly pattern: string; readonly matches: RegExp }[];
  readonly spec: Spec;
  readonly known: Map<string, ValidateFunction | undefined>;
}

// Read and compiled once a process: the description has 1.2 MB.
let compiled: Compiled | undefined;

export function createOpenApi(file = FILE): OpenApi {
  const available = existsSync(file);
  const violations: Violation[] = [];
  return {
    available,
    violations,
    check: (method, path, body) => {
      if (!available) return;
      compiled ??= load(file);
      const validate = validatorOf(compiled, method, path);
      if (!validate || validate(body)) return;
      const faults = (validate.errors ?? []).map(({ instancePath, message = '' }) => ({
        path: instancePath.split('/').slice(1),
        code: 'OPENAPI',
        message,
      }));
      violations.push({ request: `${method} ${path}`, faults, body });
      throw invalidForm(faults);
    },
  };
}

function load(file: string): Compiled {
  const spec = JSON.parse(readFileSync(file, 'utf8')) as Spec;
  const ajv = new Ajv2020({ strict: false, validateFormats: false, validateSchema: false });
  ajv.addSchema(spec, 'discord');
  const paths = Object.keys(spec.paths).map((pattern) => ({
    pattern,
    matches: new RegExp(`^${pattern.replace(/\{\w+\}/g, '[^/]+')}$`),
  }));
  // Fixed segments first, so that `@original` is not taken for an id.
  paths.sort((a, b) => a.pattern.split('{').length - b.pattern.split('{').length);
  return { ajv, paths, spec, known: new Map() };
}

function validatorOf(
  { ajv, paths, spec, known }: Compiled,
  method: string,
  path: string,
): ValidateFunction | undefined {
  const pattern = paths.find(({ matches }) => matches.test(path))?.pattern ?? '';
  const verb = method.toLowerCase();
  const key = `${verb} ${pattern}`;
  if (known.has(key)) return known.get(key);
  const content = spec.paths[pattern]?.[verb]?.requestBody?.content ?? {};
  const pointer = ['paths', pattern, verb, 'requestBody', 'content', 'application/json', 'schema']
    .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const validate =
    'application/json' in content ? ajv.compile({ $ref: `discord#/${pointer}` }) : undefined;
  known.set(key, validate);
  return validate;
}
