/**
 * Reads tags, knows HTML's names, and scans pages. Only this file imports htmlparser2 for reading.
 *
 * Its `Parser` is not used: that one keeps a stack without a limit (quadratic on deep documents), cannot tell HTML's
 * names from bare ampersands in XML, and looks at every character of text, which the engine's own search skips.
 */
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import { maxAttributes } from '../reading-limits.ts';

const ignore = (): void => undefined;

/** Ignores all events; each use overrides the ones that it needs. */
const deaf: TokenizerCallbacks = {
  onattribdata: ignore,
  onattribend: ignore,
  onattribentity: ignore,
  onattribname: ignore,
  oncdata: ignore,
  onclosetag: ignore,
  oncomment: ignore,
  ondeclaration: ignore,
  onend: ignore,
  onopentagend: ignore,
  onopentagname: ignore,
  onprocessinginstruction: ignore,
  onselfclosingtag: ignore,
  ontext: ignore,
  ontextentity: ignore,
};

/** A start tag as written. `attributes`: name, value, name, value ...; references are not decoded. */
export interface StartTag {
  readonly name: string;
  readonly attributes: readonly string[];
  readonly selfClosing: boolean;
  /** Offset after the tag. */
  readonly end: number;
}

const noAttributes: readonly string[] = [];

/** Makes a reader of the start tags of one XML text: given the offset of a `<`, the tag there; `undefined` when it never ends. */
export function createTagReader(text: string): (at: number) => StartTag | undefined {
  let name = '';
  let attributes: string[] | undefined;
  let attribute = '';
  let value = '';
  const tag = { ended: false, selfClosing: false };
  /** Offsets of the tokenizer count what it was given, which is only the tags. */
  let shift = 0;
  let given = 0;
  const end = (closed: boolean): void => {
    tag.ended = true;
    tag.selfClosing = closed;
  };
  const tokenizer = new Tokenizer(
    { xmlMode: true, decodeEntities: false },
    {
      ...deaf,
      onopentagname: (start, stop) => {
        name = text.slice(start + shift, stop + shift);
      },
      onattribname: (start, stop) => {
        attribute = text.slice(start + shift, stop + shift);
        value = '';
      },
      onattribdata: (start, stop) => {
        value += text.slice(start + shift, stop + shift);
      },
      onattribend: () => {
        attributes ??= [];
        if (attributes.length < 2 * maxAttributes) attributes.push(attribute, value);
        value = '';
      },
      onopentagend: () => end(false),
      onselfclosingtag: () => end(true),
    },
  );
  return (at) => {
    attributes = undefined;
    tag.ended = false;
    shift = at - given;
    let from = at;
    // A ">" inside quotes does not end the tag: the tokenizer says when it has.
    while (!tag.ended) {
      const close = text.indexOf('>', from);
      if (close === -1) return undefined;
      tokenizer.write(text.slice(from, close + 1));
      given += close + 1 - from;
      from = close + 1;
    }
    return { name, attributes: attributes ?? noAttributes, selfClosing: tag.selfClosing, end: from };
  };
}

/** Calls `visit` with every start tag of an HTML page, scripts and comments skipped, until it returns false. */
export function scanHtmlTags(html: string, visit: (name: string, attributes: readonly string[]) => boolean): void {
  let name = '';
  let attributes: string[] = [];
  let attribute = '';
  let value = '';
  let stopped = false;
  const end = (): void => {
    if (stopped || visit(name, attributes)) return;
    stopped = true;
    tokenizer.pause();
  };
  const tokenizer = new Tokenizer(
    { xmlMode: false, decodeEntities: false },
    {
      ...deaf,
      onopentagname: (start, stop) => {
        name = html.slice(start, stop);
        attributes = [];
      },
      onattribname: (start, stop) => {
        attribute = html.slice(start, stop);
        value = '';
      },
      onattribdata: (start, stop) => {
        value += html.slice(start, stop);
      },
      onattribend: () => {
        if (attributes.length < 2 * maxAttributes) attributes.push(attribute, value);
        value = '';
      },
      onopentagend: end,
      onselfclosingtag: end,
    },
  );
  tokenizer.write(html);
  tokenizer.end();
}

const named = new Map<string, string | undefined>();
const maxNamed = 4096;

/** The characters HTML names, e.g. `eacute`; `undefined` when it names none. Case counts (`Auml`, `auml`). */
export function namedCharacter(name: string): string | undefined {
  if (named.has(name)) return named.get(name);
  let found = '';
  let rest = false;
  const tokenizer = new Tokenizer(
    { xmlMode: false, decodeEntities: true },
    {
      ...deaf,
      ontext: () => {
        rest = true;
      },
      ontextentity: (codePoint) => {
        found += String.fromCodePoint(codePoint);
      },
    },
  );
  tokenizer.write(`&${name};`);
  tokenizer.end();
  const character = rest || found === '' ? undefined : found;
  // Names come from outside: the memory of them is bounded, HTML has 2,231 of them.
  if (named.size < maxNamed) named.set(name, character);
  return character;
}
