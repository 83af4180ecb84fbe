/**
 * How much of its 7-day votes a paper has at each age, in hours from 00:00 UTC of its list's day:
 * measured on the recorded replies of 2024 to 2026, the same papers' votes summed.
 */
const MEASURED: readonly (readonly [hours: number, share: number])[] = [
  [2.5, 0.1],
  [8, 0.42],
  [24, 0.67],
  [48, 0.78],
  [72, 0.85],
  [96, 0.91],
  [144, 0.94],
  [168, 1],
];

/**
 * The share of a paper's 7-day votes that it has at an age in hours: straight lines between the
 * measured points. Never under the first one, since a division by next to nothing would make a
 * single early vote the best paper; 1 from the seventh day on, and where the age is no number.
 */
export function shareReached(ageHours: number): number {
  if (Number.isNaN(ageHours)) return 1;
  const next = MEASURED.findIndex(([hours]) => ageHours <= hours);
  const [toHours, toShare] = MEASURED[next] ?? [Infinity, 1];
  const [fromHours, fromShare] = MEASURED[next - 1] ?? [toHours, toShare];
  if (fromHours === toHours || next === -1) return toShare;
  return fromShare + ((toShare - fromShare) * (ageHours - fromHours)) / (toHours - fromHours);
}

/** The votes that a paper will have after 7 days, going by those it has now. */
export function expectedVotes(upvotes: number, ageHours: number): number {
  return upvotes / shareReached(ageHours);
}
