/**
 * Decides what replaces an element that is removed: a link for a player, a mark for a box, words for a drawing.
 *
 * The replacements are passed on as tags and text and cleaned like the rest: nothing here makes markup safe.
 */

/** Receives the pieces in document order. `attributes` are raw: `name="value"` pairs, references not decoded. */
export interface TokenHandler {
  readonly onStart: (name: string, attributes: string) => void;
  readonly onEnd: (name: string) => void;
  readonly onText: (text: string) => void;
}

/** The replacement of an element. */
export type StandIn =
  | { readonly kind: 'frame'; readonly address: string }
  | { readonly kind: 'link'; readonly address: string; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string };

/** Passes a replacement on. */
export function writeStandIn(handler: TokenHandler, standIn: StandIn): void {
  switch (standIn.kind) {
    case 'frame':
      handler.onStart('iframe', ` src="${standIn.address}"`);
      return handler.onEnd('iframe');
    case 'link':
      handler.onStart('a', ` href="${standIn.address}"`);
      handler.onText(standIn.text);
      return handler.onEnd('a');
    case 'code':
      handler.onStart('code', '');
      handler.onText(standIn.text.replaceAll('&', '&amp;'));
      return handler.onEnd('code');
    case 'text':
      return handler.onText(standIn.text);
  }
}

function valueOf(attributes: string, name: string): string | undefined {
  const at = attributes.indexOf(` ${name}="`);
  if (at === -1) return undefined;
  const from = at + name.length + 3;
  return attributes.slice(from, attributes.indexOf('"', from));
}

/** Hosts whose embedded objects are worth a link, with or without a subdomain. */
const embedHosts =
  /^(?:https?:)?\/\/(?:[\w-]+\.)?(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|soundcloud\.com|spotify\.com|archive\.org|ted\.com|bandcamp\.com|mixcloud\.com|slideshare\.net|scribd\.com|issuu\.com|bilibili\.com|twitch\.tv)\//i;

/** Files that a browser plays or shows when a person opens them. */
const openableFile = /\/([^/?#]+\.(?:mp[34]|m4[av]|og[agv]|webm|pdf))(?:$|[?#])/i;

/** Pictures that WordPress and others use for a character, which is their `alt`. */
const emojiPicture = /\/\/s\.w\.org\/images\/core\/emoji\/|\btwemoji\b|\bnotoemoji\b/;

/** The replacement of an element without content, made from its start tag alone. */
export function standInFor(name: string, attributes: string): StandIn | undefined {
  switch (name) {
    case 'img': {
      if (!emojiPicture.test(attributes)) return undefined;
      const character = valueOf(attributes, 'alt') ?? '';
      return character === '' || character.length > 30 ? undefined : { kind: 'text', text: character };
    }
    case 'input':
      if (valueOf(attributes, 'type')?.toLowerCase() !== 'checkbox') return undefined;
      return { kind: 'text', text: attributes.includes(' checked="') ? '☑' : '☐' };
    case 'embed':
    case 'object': {
      const address = valueOf(attributes, name === 'embed' ? 'src' : 'data');
      if (address === undefined) return undefined;
      if (embedHosts.test(address)) return { kind: 'frame', address };
      const file = openableFile.exec(address)?.[1];
      return file === undefined ? undefined : { kind: 'link', address, text: file };
    }
    case 'amp-iframe': {
      const address = valueOf(attributes, 'src');
      return address === undefined ? undefined : { kind: 'frame', address };
    }
    case 'lite-youtube':
    case 'youtube-video':
    case 'amp-youtube': {
      const video = valueOf(attributes, 'videoid') ?? valueOf(attributes, 'data-videoid');
      if (video === undefined || !/^[\w-]{1,20}$/.test(video)) return undefined;
      return { kind: 'frame', address: `https://www.youtube-nocookie.com/embed/${video}` };
    }
    default:
      return undefined;
  }
}

/** Scripts that show something which has a page: the address of the script, and of the page. */
const scriptPages: readonly RegExp[] = [
  /^(https:\/\/gist\.github\.com\/[\w-]+\/[\da-f]+)(?:\.js|\.pibb)/i,
  /^(https:\/\/asciinema\.org\/a\/\w+)\.js/i,
  /^(https:\/\/gitlab\.com\/[\w./-]*snippets\/\d+)\.js/i,
];

/** The replacement of an element that is removed with its content. `isDouble`: a formula was shown just before. */
export function standInForWhole(
  name: string,
  attributes: string,
  inner: string,
  isDouble: boolean,
): StandIn | undefined {
  if (name === 'script') {
    const source = valueOf(attributes, 'src') ?? '';
    for (const pattern of scriptPages) {
      const page = pattern.exec(source)?.[1];
      if (page !== undefined) return { kind: 'link', address: page, text: page.replace('https://', '') };
    }
    const isFormula = /^(?:math\/tex|text\/tex|math\/asciimath)/i.test(valueOf(attributes, 'type') ?? '');
    const formula = isFormula && !isDouble ? inner.replace(/<\/script[\s\S]*$/i, '').trim() : '';
    return formula === '' ? undefined : { kind: 'code', text: formula.slice(0, 10_000) };
  }
  return name === 'svg' ? wordsOfDrawing(inner) : undefined;
}

/** A drawing leaves its title, its description and the words in it. */
function wordsOfDrawing(inner: string): StandIn | undefined {
  const sample = inner.slice(0, 50_000);
  const found = [...sample.matchAll(/<(?:title|desc|text|tspan)\b[^<>]*>([^<]{1,1000})/gi)];
  const words = found.map(([, text = '']) => text.trim()).filter((text) => text !== '');
  return words.length === 0 ? undefined : { kind: 'text', text: ` ${words.slice(0, 100).join(' ')} ` };
}

const hidingStyle =
  /display:none|visibility:hidden|mso-hide:all|opacity:0(?:\.0+)?(?:;|$|!)|font-size:0(?:px|pt|em|rem|%)?(?:;|$|!)/;
const firmlyHidden = /display:none|visibility:hidden/;

function styleOf(attributes: string): string {
  return (valueOf(attributes, 'style') ?? '').slice(0, 1_000).toLowerCase().replace(/\s/g, '');
}

const notText: ReadonlySet<string> = new Set([
  'img',
  'amp-img',
  'br',
  'hr',
  'source',
  'track',
  'wbr',
  'body',
  'html',
  'noscript',
]);

/** Whether an element hides its text, as newsletters do with the words that mail programs preview. */
export function hidesText(name: string, attributes: string, hasFormulas: boolean): boolean {
  if (attributes === '' || notText.has(name)) return false;
  if (attributes.includes(' hidden="') && valueOf(attributes, 'hidden') !== 'false') return true;
  if (hasFormulas && valueOf(attributes, 'aria-hidden') === 'true')
    return name === 'span' || name === 'nobr' || name.startsWith('mjx-');
  if (!attributes.includes(' style="')) return false;
  const style = styleOf(attributes);
  return hidingStyle.test(style) && !(name === 'a' && style.includes('mso-hide') && !firmlyHidden.test(style));
}

/**
 * Whether a hidden element shows its content all the same: layouts of mails set the font size to zero around columns that
 * set their own, and scripts fade pictures in.
 */
export function showsAnyway(attributes: string, inner: string): boolean {
  if (attributes.includes(' hidden="') || attributes.includes(' aria-hidden="')) return false;
  if (firmlyHidden.test(styleOf(attributes))) return false;
  return /<(?:img|picture|video|iframe)\b|font(?:-size)?\s*:/i.test(inner);
}

/** Whether what follows an unclosed script or style tag is its code, and not a sentence about it. */
export function looksLikeCode(text: string): boolean {
  return /[{};]\s*(?:$|[\n}])|\b(?:function|var|const|let|return|document|window)\b[\s.(=]|=>|^\s*(?:\/\/|\/\*|<!--)|\w\s*\(.*\)\s*;?\s*$/m.test(
    text,
  );
}

/** The offset behind the end tag of a raw text element. */
export function endOfRawText(markup: string, name: string, from: number): number {
  const endTag = new RegExp(`</${name}(?=[\\s/>])[^>]*>?`, 'gi');
  endTag.lastIndex = from;
  const found = endTag.exec(markup);
  return found === null ? markup.length : found.index + found[0].length;
}

/** The offset behind the end tag of an element, elements of the same name inside it counted; -1 when it has none of its own. */
export function endOfElement(markup: string, name: string, from: number): number {
  const tags = new RegExp(`<(/?)${name}(?=[\\s/>])[^>]*>?`, 'gi');
  tags.lastIndex = from;
  let depth = 1;
  for (let found = tags.exec(markup); found !== null; found = tags.exec(markup)) {
    if (found[1] === '/') depth -= 1;
    else if (!found[0].endsWith('/>')) depth += 1;
    if (depth === 0) return found.index + found[0].length;
  }
  return -1;
}
