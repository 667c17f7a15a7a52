/**
 * The last step: what the sanitizer judged and what it did not need to see, put together again.
 *
 * Every start has its end, whatever came in between. Elements the policy took out lose their tags, players with
 * nothing to play are left out around their fallback, links get their `rel`.
 */
import { literalLessThan, markOrElement } from './marks.ts';
import { droppedElement, frameText, linkRelation, unwrappedElement, voidElements } from './policy.ts';

interface Open {
  /** The end tag, empty when the start tag was left out. */
  readonly end: string;
  /** Only for audio and video: what to take back when nothing can be played. */
  readonly player?: { readonly start: number; hasSource: boolean; readonly tracks: number[] };
}

/** Puts the sanitizer's output and the marks in it together. */
export function weave(sanitized: string): string {
  const out: string[] = [];
  const open: Open[] = [];
  let from = 0;

  const start = (name: string, attributes: string) => {
    const player =
      name === 'audio' || name === 'video'
        ? { start: out.length, hasSource: attributes.includes(' src="'), tracks: [] }
        : undefined;
    open.push({ end: `</${name}>`, ...(player === undefined ? {} : { player }) });
    out.push(`<${name}${attributes}>`);
  };

  const end = () => {
    const element = open.pop();
    if (element === undefined) return;
    if (element.player === undefined || element.player.hasSource) return void out.push(element.end);
    for (const index of [element.player.start, ...element.player.tracks]) out[index] = '';
  };

  const judged = (name: string, attributes: string) => {
    if (name === droppedElement) return;
    if (name === unwrappedElement) return void open.push({ end: '' });
    if (name === 'a') return startLink(attributes);
    if (!voidElements.has(name)) return start(name, attributes);
    const player = open.at(-1)?.player;
    if (player !== undefined && name === 'source') player.hasSource = true;
    if (player !== undefined && name === 'track') player.tracks.push(out.length);
    out.push(`<${name}${attributes} />`);
  };

  const startLink = (attributes: string) => {
    const text = attributes.indexOf(` ${frameText}="`);
    start('a', `${text === -1 ? attributes : attributes.slice(0, text)} rel="${linkRelation}"`);
    // Quotation marks are escaped in attributes only.
    if (text !== -1) out.push(attributes.slice(text + frameText.length + 3, -1).replaceAll('&quot;', '"'));
  };

  for (const found of sanitized.matchAll(markOrElement)) {
    out.push(sanitized.slice(from, found.index));
    from = found.index + found[0].length;
    const [mark, slash, name, element, attributes = ''] = found;
    if (mark === literalLessThan) out.push('&lt;');
    else if (element !== undefined) judged(element, attributes);
    else if (slash === '/') end();
    else if (name !== undefined && voidElements.has(name)) out.push(`<${name} />`);
    else if (name !== undefined) start(name, '');
  }
  out.push(sanitized.slice(from));
  while (open.length > 0) end();
  return out.join('');
}
