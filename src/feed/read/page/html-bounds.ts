/**
 * Bounds the nesting of a page, because linkedom's DOM works by recursion.
 *
 * 20,000 nested elements would overflow the stack when linkedom serialises or walks them. Start tags deeper than the
 * limit become `<wbr`, an element without content: their text stays where it is. One pass, no copy when nothing is too
 * deep.
 */

/** Deepest nesting of a page; real pages stay under 60, page builders reach 100. */
const maxPageDepth = 300;

const voids = new Set(
  'area base basefont br col embed frame hr img input keygen link meta param source track wbr'.split(' '),
);
const rawTexts = new Set('iframe noembed noframes script style textarea title xmp'.split(' '));
/** Elements that end where the next of their kind begins: unclosed ones do not nest. */
const siblings = new Set('a dd dt li option p td th tr'.split(' '));
const tag = /<(\/?)([A-Za-z][A-Za-z0-9:-]*)/g;

/** Most `<` that begin no tag; each makes a text node of its own, and the DOM is slow at siblings. Code has a few dozen. */
const maxStrays = 2000;

/** Drops the strays beyond `maxStrays`. */
export function boundStrays(html: string): string {
  let strays = 0;
  return html.replace(/<(?![A-Za-z/!?])/g, (stray) => {
    strays += 1;
    return strays > maxStrays ? '' : stray;
  });
}

/** The page with every element deeper than `maxDepth` made empty. */
export function boundNesting(html: string, maxDepth = maxPageDepth): string {
  const open: string[] = [];
  const openCounts = new Map<string, number>();
  const emptied = new Map<string, number>();
  const parts: string[] = [];
  let copied = 0;
  const replace = (at: number, length: number, text: string) => {
    parts.push(html.slice(copied, at), text);
    copied = at + length;
  };
  tag.lastIndex = 0;
  for (let found = tag.exec(html); found !== null; found = tag.exec(html)) {
    const name = (found[2] ?? '').toLowerCase();
    if (voids.has(name)) continue;
    if (found[1] === '/') {
      if ((emptied.get(name) ?? 0) > 0) {
        count(emptied, name, -1);
        replace(found.index, found[0].length, '</wbr');
      } else if ((openCounts.get(name) ?? 0) > 0) {
        for (let top = open.pop(); top !== undefined; top = open.pop()) {
          count(openCounts, top, -1);
          if (top === name) break;
        }
      }
      continue;
    }
    if (rawTexts.has(name)) {
      tag.lastIndex = endOfRawText(html, name, tag.lastIndex);
      continue;
    }
    if (siblings.has(name) && open.at(-1) === name) continue;
    if (open.length < maxDepth) {
      open.push(name);
      count(openCounts, name, 1);
    } else {
      count(emptied, name, 1);
      replace(found.index, found[0].length, '<wbr');
    }
  }
  if (copied === 0) return html;
  parts.push(html.slice(copied));
  return parts.join('');
}

function endOfRawText(html: string, name: string, from: number): number {
  const end = new RegExp(`</${name}`, 'gi');
  end.lastIndex = from;
  const found = end.exec(html);
  return found === null ? html.length : found.index;
}

function count(counts: Map<string, number>, name: string, by: number): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}
