/**
 * Reads the front matter of an archived article: the YAML between two lines of `---` that Jekyll puts before it.
 *
 * It never refuses: exporters write titles with colons and quotes that are not YAML, so text that the parser refuses is
 * read line by line.
 * @see https://jekyllrb.com/docs/front-matter/
 */
import { FAILSAFE_SCHEMA, load } from 'js-yaml';

/** The fields, as written. */
export interface FrontMatter {
  readonly title?: string;
  /** The permalink. */
  readonly from?: string;
  readonly date?: string;
  readonly lang?: string;
  readonly authors: readonly string[];
  /** Tags and categories. */
  readonly labels: readonly string[];
}

const block = /^\s*---[ \t]*\n([^]*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|$)/;
/** Longer front matter is not read (UTF-16 units); real ones have a few hundred. */
const longest = 20_000;

/** Takes the front matter off a text with `\n` line ends; `lines` is how many lines it had. */
export function takeFrontMatter(
  text: string,
): { readonly front: FrontMatter; readonly rest: string; readonly lines: number } | undefined {
  const found = block.exec(text.slice(0, longest));
  const yaml = found?.[1];
  // A rule of three hyphens over an article that is no YAML is only a rule.
  if (found === null || yaml === undefined || !/^[\p{L}_-]+[ \t]*:/mu.test(yaml)) return undefined;
  const front = toFrontMatter(readFields(yaml));
  return { front, rest: text.slice(found[0].length), lines: found[0].split('\n').length - 1 };
}

type Fields = ReadonlyMap<string, unknown>;

function readFields(yaml: string): Fields {
  const whole = loadMapping(yaml);
  if (whole !== undefined) return whole;
  const fields = new Map<string, unknown>();
  // A field is a line with a name, and the indented or listed lines below it.
  for (const field of yaml.split(/\n(?=[\p{L}_-]+[ \t]*:)/u)) {
    const [, name, value = ''] = /^([\p{L}_-]+)[ \t]*:([^]*)$/u.exec(field) ?? [];
    if (name === undefined || fields.has(name)) continue;
    fields.set(name, loadMapping(field)?.get(name) ?? value.trim().replace(/^(["'])([^]*)\1$/, '$2'));
  }
  return fields;
}

/** Every value stays text: dates are read with the site's zone, not with YAML's. */
function loadMapping(yaml: string): Fields | undefined {
  try {
    const value = load(yaml, { schema: FAILSAFE_SCHEMA });
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return new Map(Object.entries(value));
  } catch {
    return undefined;
  }
}

function toFrontMatter(fields: Fields): FrontMatter {
  const texts: Readonly<Record<string, string | undefined>> = Object.fromEntries(
    [...fields].map(([name, value]) => [name, toTexts(value)[0]]),
  );
  const { title, from, date, lang } = texts;
  const tags = [...toTexts(fields.get('tags')), ...toTexts(fields.get('categories'))];
  return {
    ...(title === undefined ? {} : { title }),
    ...(from === undefined ? {} : { from }),
    ...(date === undefined ? {} : { date }),
    ...(lang === undefined ? {} : { lang }),
    authors: splitNames(toTexts(fields.get('author'))),
    labels: [...new Set(tags.flatMap((tag) => tag.split(/[,，、;；]/u).map((label) => label.trim())))].filter(Boolean),
  };
}

/** The texts of a value: one, or a list of them; empty ones and YAML's `null` are none. */
function toTexts(value: unknown): string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values
    .filter((one) => typeof one === 'string')
    .map((one) => one.replaceAll(/\s+/g, ' ').trim())
    .filter((one) => !/^(?:|null|~|\[\s*\])$/.test(one));
}

/** Names of a byline, each once: exporters repeat them. */
export function splitNames(lines: readonly string[]): string[] {
  const names = lines.flatMap((line) => line.split(/[,，、;；]/u)).map((name) => name.trim());
  return [...new Set(names)].filter((name) => name !== '');
}
