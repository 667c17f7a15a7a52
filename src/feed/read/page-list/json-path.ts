/**
 * Reads paths into JSON: `$.items[*].title`, `author.name`, `data['a key'][0]`, `$.posts.*`.
 *
 * The dialect is small on purpose: names, numbers and "all of them". It neither searches nor computes, so a path costs
 * only what it selects.
 */

/** A member by its name, an element by its number, or all of them. */
export type PathStep = string | number | typeof all;

const all = Symbol('all');

/** Steps of one path. */
const maxSteps = 20;

/** Values that one path may select. */
const maxSelected = 5000;

const step =
  /(?:\.\s*)?(?:([\p{L}_$][\p{L}\p{N}_$-]*)|(\*)|\[\s*(?:(-?\d{1,6})|(\*)|'([^']{1,200})'|"([^"]{1,200})")\s*\])/uy;

/** Parses a path; a text says what is wrong with it. */
export function parseJsonPath(path: string): readonly PathStep[] | string {
  const text = path.trim();
  const steps: PathStep[] = [];
  let at = /^\$(?=$|[.[\s])/.test(text) ? 1 : 0;
  while (at < text.length) {
    step.lastIndex = at;
    const read = step.exec(text);
    // After the first step a name needs its dot.
    const isGlued = at > 0 && read?.[1] !== undefined && !read[0].startsWith('.');
    if (read === null || isGlued) {
      return `cannot be read from "${text.slice(at, at + 20)}" on: write names with dots, [0] for one element, [*] for all, ['a name'] for any other name`;
    }
    const [whole, name, star, index, starred, single, double] = read;
    steps.push(star !== undefined || starred !== undefined ? all : (name ?? single ?? double ?? Number(index)));
    at += whole.length;
  }
  return steps.length > maxSteps ? `has more than ${maxSteps} steps` : steps;
}

/** The values that a path selects, in document order. */
export function selectByPath(root: unknown, steps: readonly PathStep[]): readonly unknown[] {
  let values: readonly unknown[] = [root];
  for (const one of steps) {
    values = values.flatMap((value) => follow(value, one)).slice(0, maxSelected);
  }
  return values;
}

function follow(value: unknown, one: PathStep): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  if (one === all) return Array.isArray(value) ? value : Object.values(value);
  if (typeof one === 'number') {
    const found: unknown = Array.isArray(value) ? value.at(one) : undefined;
    return found === undefined ? [] : [found];
  }
  return Object.hasOwn(value, one) ? [(value as Readonly<Record<string, unknown>>)[one]] : [];
}
