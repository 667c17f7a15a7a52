/**
 * Finds known slugs that are close to an unknown one, for the "did you mean" of a 404.
 *
 * A slug that starts with the other, or contains it, is close; else the edit distance decides (optimal string alignment: a
 * swap of neighbours counts once), up to a third of the length. Cheap for ten thousand tags: lengths and a bit set of letters
 * exclude most of them before any distance is computed.
 */

/** Longer slugs are not typed by hand. Unit: UTF-16 units. */
const maxLength = 64;

/** Finds near slugs, nearest first, then in the order of `known`. */
export function nearSlugs(slug: string, known: readonly string[], max = 5): readonly string[] {
  const wanted = slug.slice(0, maxLength);
  const limit = Math.min(3, Math.max(1, Math.floor(wanted.length / 3)));
  const letters = letterBits(wanted);
  const near: { readonly slug: string; readonly distance: number }[] = [];
  for (const candidate of known) {
    const distance = candidate === slug ? undefined : nearness(wanted, letters, candidate, limit);
    if (distance !== undefined) near.push({ slug: candidate, distance });
  }
  return near
    .sort((a, b) => a.distance - b.distance)
    .slice(0, max)
    .map((candidate) => candidate.slug);
}

function nearness(wanted: string, letters: number, candidate: string, limit: number): number | undefined {
  if (wanted === '' || candidate === '') return undefined;
  // Half of all words contain one or two given letters, so only a word that starts with them can be meant.
  if (candidate.startsWith(wanted) || (candidate.length > 2 && wanted.startsWith(candidate))) return 0.5;
  if (wanted.length > 2 && candidate.includes(wanted)) return 1.5;
  if (Math.abs(candidate.length - wanted.length) > limit) return undefined;
  // Each edit changes at most two letters of the set: one disappears, one is added.
  if (countBits(letters ^ letterBits(candidate)) > 2 * limit) return undefined;
  const distance = editDistance(wanted, candidate);
  return distance <= limit && distance < wanted.length ? distance : undefined;
}

/** Which letters occur, as bits; letters that share a bit only make the filter weaker. */
function letterBits(text: string): number {
  let bits = 0;
  for (let at = 0; at < text.length; at += 1) bits |= 1 << (text.charCodeAt(at) & 31);
  return bits;
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** Insertions, deletions, substitutions and swaps of neighbours that turn one into the other. */
function editDistance(a: string, b: string): number {
  let twoAbove: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let best = Math.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        best = Math.min(best, (twoAbove[column - 2] ?? 0) + 1);
      }
      current.push(best);
    }
    twoAbove = above;
    above = current;
  }
  return above[b.length] ?? 0;
}
