/**
 * The one door to htmlparser2 for reading: its tokenizer, which recovers from everything, as a few plain events.
 *
 * The tokenizer, not its `Parser`: that one keeps a stack without a limit (quadratic on deep documents), cannot tell
 * HTML's names from bare ampersands in XML, and makes an object of attributes for every tag.
 */
import { Tokenizer } from 'htmlparser2';

/** What happens in a document, in order. `at` are UTF-16 offsets. References in text and attributes are not decoded. */
export interface MarkupEvents {
  /** `attributes`: name, value, name, value ...; returning false ends the scan. */
  readonly open: (name: string, attributes: readonly string[], selfClosing: boolean, at: number) => boolean;
  readonly close: (name: string, at: number) => void;
  readonly text: (text: string, at: number) => void;
  /** Text without references: a CDATA section. */
  readonly cdata: (text: string, at: number) => void;
}

const noAttributes: readonly string[] = [];
const ignore = (): void => undefined;

/** Scans a document once, in linear time and constant depth. In mode `html`, script and style are raw text. */
export function scanMarkup(text: string, mode: 'xml' | 'html', events: MarkupEvents, maxAttributes: number): void {
  let name = '';
  let openedAt = 0;
  let attributes: string[] | undefined;
  let attribute = '';
  let value = '';
  let stopped = false;
  const open = (selfClosing: boolean): void => {
    if (stopped) return;
    if (events.open(name, attributes ?? noAttributes, selfClosing, openedAt) === false) {
      stopped = true;
      tokenizer.pause();
    }
    attributes = undefined;
  };
  const tokenizer = new Tokenizer(
    { xmlMode: mode === 'xml', decodeEntities: false },
    {
      ontext: (start, end) => {
        if (!stopped) events.text(text.slice(start, end), start);
      },
      ontextentity: ignore,
      onattribentity: ignore,
      oncdata: (start, end, offset) => {
        if (!stopped) events.cdata(text.slice(start, end - offset), start);
      },
      onopentagname: (start, end) => {
        name = text.slice(start, end);
        openedAt = start - 1;
      },
      onattribname: (start, end) => {
        attribute = text.slice(start, end);
        value = '';
      },
      onattribdata: (start, end) => {
        value += text.slice(start, end);
      },
      onattribend: () => {
        attributes ??= [];
        if (attributes.length < 2 * maxAttributes) attributes.push(attribute, value);
        value = '';
      },
      onopentagend: () => open(false),
      onselfclosingtag: () => open(true),
      onclosetag: (start, end) => {
        if (!stopped) events.close(text.slice(start, end), start - 2);
      },
      oncomment: ignore,
      ondeclaration: ignore,
      onprocessinginstruction: ignore,
      onend: ignore,
    },
  );
  tokenizer.write(text);
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
      ontext: () => {
        rest = true;
      },
      ontextentity: (codePoint) => {
        found += String.fromCodePoint(codePoint);
      },
      onattribdata: ignore,
      onattribentity: ignore,
      onattribend: ignore,
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
    },
  );
  tokenizer.write(`&${name};`);
  tokenizer.end();
  const character = rest || found === '' ? undefined : found;
  // Names come from outside: the memory of them is bounded, HTML has 2,231 of them.
  if (named.size < maxNamed) named.set(name, character);
  return character;
}
