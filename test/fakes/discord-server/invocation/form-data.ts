import type { Json } from '../world.ts';

/** The form's components with what was filled in, in the shape in which forms come back. */
export function filled(components: unknown, values: Readonly<Record<string, unknown>>): unknown {
  if (!Array.isArray(components)) return components;
  return (components as readonly Json[]).map((each) => ({
    ...each,
    ...('components' in each && { components: filled(each['components'], values) }),
    ...('component' in each && {
      component: (filled([each['component']], values) as unknown[])[0],
    }),
    ...('custom_id' in each && answerOf(each, values)),
  }));
}

function answerOf(field: Json, values: Readonly<Record<string, unknown>>): Json {
  const given = values[String(field['custom_id'])];
  return field['type'] === 4 ? { value: given ?? field['value'] ?? '' } : { values: given ?? [] };
}
