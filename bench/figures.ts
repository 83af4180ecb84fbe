/** One measured number, and the number that it should not pass. */
export interface Figure {
  readonly name: string;
  readonly unit: 'µs' | 'ms' | 's' | 'MB' | '×' | '%' | 'count';
  readonly value: number;
  readonly atMost?: number;
}

/** What one benchmark found. */
export interface Findings {
  readonly benchmark: string;
  /** Where the papers came from. */
  readonly data: string;
  /** How many of them, papers unless `of` says what. */
  readonly n: number;
  readonly of?: string;
  readonly figures: readonly Figure[];
}

/** Whether it passed what it should not. A number that could not be measured did. */
export function isMissed({ value, atMost }: Pick<Figure, 'value' | 'atMost'>): boolean {
  return atMost !== undefined && !(value <= atMost);
}

/** The findings as a table, numbers aligned at their ends. */
export function toTable({ benchmark, data, n, of = 'papers', figures }: Findings): string {
  const rows = figures.map(({ name, unit, value, atMost }) => [
    name,
    value.toFixed(2),
    unit,
    atMost === undefined ? '' : `at most ${atMost}`,
    atMost === undefined ? '' : isMissed({ value, atMost }) ? 'MISSED' : 'reached',
  ]);
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const lines = rows.map(([name = '', value = '', ...rest]) =>
    [
      name.padEnd(width(0)),
      value.padStart(width(1)),
      ...rest.map((cell, at) => cell.padEnd(width(at + 2))),
    ]
      .join('  ')
      .trimEnd(),
  );
  return `${benchmark}: ${n} ${of}, ${data}\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

/** The findings as one JSON object on one line. */
export function toJson({ figures, ...rest }: Findings): string {
  return `${JSON.stringify({ ...rest, figures })}\n`;
}

/** The middle one of some numbers (of two in the middle, the larger). */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The number that the given share of the numbers doesn't pass. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
