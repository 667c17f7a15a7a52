/**
 * Rewrites markup so that its tags nest the way every HTML parser reads them.
 *
 * Elements off the policy lose their tags, deep nesting is cut, and elements that a browser would move or close by itself
 * (a paragraph at a list, a row outside a table) are closed or moved here. Sanitizing the result again changes nothing.
 * @see https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inbody
 */
import { endMark, literalLessThan, startMark } from './marks.ts';
import {
  allowedElements,
  noscriptBeside as beside,
  inLinkMark,
  judgedElements,
  mathElements,
  maxDepth,
  noscriptMark,
  renamedElements,
  voidElements,
} from './policy.ts';
import { tokenize } from './tokens.ts';

const set = (names: string): ReadonlySet<string> => new Set(names.split(' '));

const headings = set('h1 h2 h3 h4 h5 h6');
const closesParagraph = set(
  'address article aside blockquote dd details dir div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr ' +
    'li main menu nav ol p pre section summary table ul',
);
/** Elements that end tags and implied ends inside do not cross. */
const scopes = set('caption table td th');
const tableParts = set('caption tbody td tfoot th thead tr');
/** Where only table parts may be. */
const tableFrames = set('table tbody tfoot thead tr');
const rowGroups = set('tbody tfoot thead');
const media = set('audio picture video');
/** Whose end tags a browser supplies where a ruby annotation begins. */
const endImplied = set('dd dt li p rp rt');
/** An item ends at the next item unless one of these opened in between. */
const listScopes = set(
  'article aside blockquote caption details dir dl figure footer header main menu nav ol section table td th ul',
);

interface OpenElement {
  name: string;
  /** A paragraph that turned out to hold a block: now a `div`, still ended by `</p>`. */
  wasParagraph: boolean;
  /** Its attributes, and where its start tag is in the output, to rename it after the fact. */
  readonly attributes: string;
  readonly at: number;
}

/** Rewrites untrusted markup as marks, text, and empty elements with attributes, which are cleaned later. */
export function nest(markup: string): string {
  const out: string[] = [];
  const open: OpenElement[] = [];
  /** End tags to ignore because their start tag was too deep, by name. */
  const ignoredEnds = new Map<string, number>();
  /** How often each name is open: a name that is not open need not be searched for. */
  const counts = new Map<string, number>();
  let noscripts = 0;
  /**
   * Whether the last picture outside `noscript` was just before, without a word between: the picture in `noscript` is its
   * fallback.
   */
  let isBesideImage = false;

  const isOpen = (name: string) => (counts.get(name) ?? 0) > 0;
  const top = () => open.at(-1)?.name ?? '';

  function push(name: string, attributes: string): void {
    open.push({ name, wasParagraph: false, attributes, at: out.length });
    counts.set(name, (counts.get(name) ?? 0) + 1);
    out.push(startTag(name, attributes));
  }

  function closeTo(length: number): void {
    while (open.length > length) {
      const name = open.pop()?.name ?? '';
      counts.set(name, (counts.get(name) ?? 0) - 1);
      out.push(endMark(name));
    }
  }

  /** Index of the nearest open element that `wanted` accepts, not looking past one that `barrier` accepts. */
  function find(wanted: (name: string) => boolean, barrier: ReadonlySet<string>): number {
    for (let index = open.length - 1; index >= 0; index -= 1) {
      const name = open[index]?.name ?? '';
      if (wanted(name)) return index;
      if (barrier.has(name)) return -1;
    }
    return -1;
  }

  /** A block ends an open paragraph; inside inline elements, it shows that the paragraph was none. */
  function makeRoomForBlock(name: string): void {
    const paragraph = isOpen('p') ? find((it) => it === 'p', scopes) : -1;
    if (paragraph === -1) return;
    if (name === 'p' || paragraph === open.length - 1) return closeTo(paragraph);
    const element = open[paragraph];
    if (element === undefined) return;
    counts.set('p', (counts.get('p') ?? 0) - 1);
    counts.set('div', (counts.get('div') ?? 0) + 1);
    element.name = 'div';
    element.wasParagraph = true;
    out[element.at] = startTag('div', element.attributes);
  }

  /** Opens the cell that content directly in a table needs. */
  function enterCell(): void {
    if (!tableFrames.has(top())) return;
    if (top() !== 'tr') push('tr', '');
    push('td', '');
  }

  function makeRoomForTablePart(name: string): boolean {
    const table = isOpen('table') ? find((it) => it === 'table', noScopes) : -1;
    if (table === -1) return false;
    const wantsRow = name === 'td' || name === 'th';
    let keep = open.length;
    while (keep > table + 1) {
      const current = open[keep - 1]?.name ?? '';
      if ((wantsRow && current === 'tr') || ((wantsRow || name === 'tr') && rowGroups.has(current))) break;
      keep -= 1;
    }
    closeTo(keep);
    if (wantsRow && top() !== 'tr') push('tr', '');
    return true;
  }

  function closeImplied(name: string): void {
    if (name === 'li') {
      const item = find((it) => it === 'li', listScopes);
      if (item !== -1) closeTo(item);
    } else if (name === 'dd' || name === 'dt') {
      const item = find((it) => it === 'dd' || it === 'dt', listScopes);
      if (item !== -1) closeTo(item);
    } else if (headings.has(name)) {
      const heading = find((it) => headings.has(it), closesParagraphExceptHeadings);
      if (heading !== -1) closeTo(heading);
    } else if (name === 'a' && isOpen('a')) {
      const link = find((it) => it === 'a', noScopes);
      if (link !== -1) closeTo(link);
    } else if (name === 'rt' || name === 'rp') {
      const ends = (it: string) => (isOpen('ruby') ? endImplied.has(it) : it === 'rt' || it === 'rp');
      for (let ended = find(ends, rubyScopes); ended !== -1; ended = find(ends, rubyScopes)) closeTo(ended);
    }
  }

  function onStart(given: string, givenAttributes: string): void {
    if (given === 'noscript') noscripts += 1;
    const name = renamedElements[given] ?? given;
    if (!allowedElements.has(name)) return;
    if (mathElements.has(name) || isOpen('math')) return onFormula(name, givenAttributes);
    const isMedia = media.has(name);
    if (isMedia && (isOpen('audio') || isOpen('picture') || isOpen('video'))) return;
    if ((name === 'source' || name === 'track') && !media.has(top())) return;
    if (tableParts.has(name)) {
      if (!makeRoomForTablePart(name)) return;
    } else {
      if (closesParagraph.has(name)) makeRoomForBlock(name);
      closeImplied(name);
      enterCell();
    }
    let attributes = givenAttributes;
    if (name === 'img' && noscripts > 0) attributes += ` ${noscriptMark}="${isBesideImage ? beside : ''}"`;
    if (name === 'img') isBesideImage = noscripts === 0;
    if (name === 'iframe' && isOpen('a')) attributes += ` ${inLinkMark}=""`;
    if (voidElements.has(name)) {
      out.push(startTag(name, attributes));
    } else if (open.length >= maxDepth && !tableParts.has(name)) {
      // A table that stays gets its rows and cells, at most three levels deep: half a table would be repaired differently
      // the second time.
      ignoredEnds.set(name, (ignoredEnds.get(name) ?? 0) + 1);
    } else push(name, attributes);
  }

  /** Formulas hold their own elements and text; HTML tags inside one would end it in every browser. */
  function onFormula(name: string, attributes: string): void {
    const isInside = isOpen('math');
    if (!mathElements.has(name) || (name === 'math') === isInside) return;
    if (!isInside) enterCell();
    if (open.length >= maxDepth) ignoredEnds.set(name, (ignoredEnds.get(name) ?? 0) + 1);
    else push(name, attributes);
  }

  function onEnd(given: string): void {
    if (given === 'noscript') noscripts = Math.max(0, noscripts - 1);
    const name = renamedElements[given] ?? given;
    if (isOpen('math') && !mathElements.has(name)) return;
    if (name === 'br') return onStart('br', '');
    const ignored = ignoredEnds.get(name) ?? 0;
    if (ignored > 0) return void ignoredEnds.set(name, ignored - 1);
    const barrier = tableParts.has(name) ? onlyTable : scopes;
    const element = open.findLastIndex((it) => isEndedBy(it, name) || barrier.has(it.name));
    const found = open[element];
    if (found !== undefined && isEndedBy(found, name)) closeTo(element);
  }

  tokenize(markup, {
    onStart,
    onEnd,
    onText: (text) => {
      if (/\S/.test(text)) {
        isBesideImage = false;
        if (tableFrames.has(top())) enterCell();
      }
      out.push(text.includes('<') ? text.replaceAll('<', literalLessThan) : text);
    },
  });
  closeTo(0);
  return out.join('');
}

/** A start tag for the sanitizer: a mark, or an empty element with its attributes. */
function startTag(name: string, attributes: string): string {
  if (attributes === '' && !judgedElements.has(name)) return startMark(name);
  return voidElements.has(name) ? `<${name}${attributes} />` : `<${name}${attributes}></${name}>`;
}

function isEndedBy(element: OpenElement, name: string): boolean {
  return element.name === name || (name === 'p' && element.wasParagraph);
}

const noScopes: ReadonlySet<string> = new Set();
const onlyTable = set('table');
const rubyScopes = set('ruby caption table td th');
const closesParagraphExceptHeadings: ReadonlySet<string> = new Set(
  [...closesParagraph, ...scopes].filter((name) => !headings.has(name)),
);
