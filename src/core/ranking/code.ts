import type { RankSignal } from './signal.ts';

/** Stars beyond this add nothing: only 1 listed paper in 20 has more on its day. */
const MANY_STARS = 1000;

/**
 * Whether there is code to try. The weight is small on purpose: stars add nothing to how well a
 * list is ordered (docs/ranking.md), so code only parts papers that are otherwise alike.
 */
export const code: RankSignal = {
  id: 'code',
  defaultWeight: 0.06,
  prepare: () => (candidate) => {
    const { codeUrl, codeStars = 0 } = candidate.paper;
    if (codeUrl === undefined) return { value: 0 };
    const fame = Math.min(1, Math.log1p(Math.max(0, codeStars)) / Math.log1p(MANY_STARS));
    const reason = codeStars > 0 ? `code ★${shortCount(codeStars)}` : 'code';
    return { value: 0.5 + fame / 2, reason };
  },
};

/** `152`, `1.5k`, `23k`. */
function shortCount(count: number): string {
  if (count < 1000) return String(count);
  const thousands = count / 1000;
  return `${thousands < 10 ? Math.floor(thousands * 10) / 10 : Math.floor(thousands)}k`;
}
