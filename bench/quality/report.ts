import { createRandom } from '../../src/core/vectors/random.ts';
import { comparable, known, mean, type Samples } from './measures.ts';

/** What one quality benchmark found. */
export interface Quality {
  readonly benchmark: string;
  readonly data: string;
  /** How many queries, lists, weeks or days. */
  readonly n: number;
  readonly rankers: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly table: string;
}

type Nested = Record<string, unknown>;

const RESAMPLES = 2000;

/**
 * A benchmark's object and table: each measure's mean, its 95 % bootstrap interval over queries or
 * lists, and the means of both halves: those of even places in the file, on which everything was
 * tuned, and those of odd places, which only report.
 */
export function report(
  benchmark: string,
  data: string,
  n: number,
  told: Readonly<Record<string, Samples>>,
  notes: readonly string[] = [],
): Quality {
  const found = comparable(told);
  const rankers = Object.entries(found).map(([name, samples]) => {
    const measures = Object.entries(samples);
    const of = (what: (values: readonly number[]) => unknown) =>
      nest(measures.map(([measure, values]) => [measure, what(values)]));
    const means = of((values) => rounded(mean(known(values))));
    return [name, { ...means, interval: of(interval), halves: of(halvesOf) }] as const;
  });
  const lines = Object.entries(found).flatMap(([name, samples]) =>
    Object.entries(samples).map(([measure, values], at) => {
      const [low = 0, high = 0] = interval(values);
      const [even = 0, odd = 0] = halvesOf(values);
      return [
        `  ${(at === 0 ? name : '').padEnd(26)}${measure.padEnd(16)}${mean(known(values)).toFixed(3)}`,
        `[${low.toFixed(3)}, ${high.toFixed(3)}]`,
        `tuned half ${even.toFixed(3)}, other half ${odd.toFixed(3)}`,
        `n=${known(values).length}`,
      ].join('  ');
    }),
  );
  const head = `${benchmark}: ${n}, ${data}. Mean, 95 % bootstrap interval, halves by place in the file (even: tuned on).`;
  return {
    benchmark,
    data,
    n,
    rankers: Object.fromEntries(rankers),
    table: [head, ...lines, ...notes.map((note) => `  ${note}`), ''].join('\n'),
  };
}

/** `early.spearman` becomes `spearman` within `early`. */
function nest(entries: readonly (readonly [name: string, value: unknown])[]): Nested {
  const nested: Nested = {};
  for (const [name, value] of entries) {
    const [group = '', inner] = name.split('.');
    if (inner === undefined) nested[group] = value;
    else nested[group] = { ...(nested[group] as Nested | undefined), [inner]: value };
  }
  return nested;
}

/** One JSON object on one line. */
export function toJson({ benchmark, data, n, rankers }: Quality): string {
  return `${JSON.stringify({ benchmark, data, n, rankers })}\n`;
}

function halvesOf(values: readonly number[]): number[] {
  return [0, 1].map((half) => rounded(mean(known(values.filter((_, at) => at % 2 === half)))));
}

/** The middle 95 % of the means of resamples; the same ones in every run. */
function interval(samples: readonly number[]): number[] {
  const values = known(samples);
  const random = createRandom(1);
  const means = Array.from({ length: RESAMPLES }, () =>
    mean(values.map(() => values[Math.floor(random() * values.length)]!)),
  ).sort((a, b) => a - b);
  return [means[Math.floor(RESAMPLES * 0.025)]!, means[Math.floor(RESAMPLES * 0.975)]!].map(
    rounded,
  );
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
