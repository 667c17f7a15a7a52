/**
 * Reads seeds/tags.json: rules, or every problem in them with its line.
 */
import { parseHttpUrl } from '../../src/domain/http-url.ts';
import { toSourceId } from '../../src/domain/source.ts';
import { toTag } from '../../src/feed/tag/tag-entry.ts';
import { type DraftedRule, type Rule, ruleMembers, ruleProblems, toRule } from '../../src/rules/rule.ts';

/** A line of a file that is wrong. */
export interface Problem {
  readonly line: number;
  readonly reason: string;
}

/** The valid rules, and the problems of the others. */
export interface RulesReading {
  readonly rules: readonly Rule[];
  readonly problems: readonly Problem[];
}

const known: ReadonlySet<string> = new Set(ruleMembers);

/** Reads the text of tags.json: a list of `{ "action", "query", "source"?, "tag"? }` and `{ "tag", "any": [...], "in"?, "source"? }`. */
export function readRules(text: string): RulesReading {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { rules: [], problems: [{ line: lineOfSyntaxError(message), reason: `it is not JSON: ${message}` }] };
  }
  if (!Array.isArray(json))
    return { rules: [], problems: [{ line: 1, reason: 'it must be a list of rules: [ ... ]' }] };
  const lines = linesOfItems(text);
  const rules: Rule[] = [];
  const problems: Problem[] = [];
  for (const [index, item] of json.entries()) {
    const reasons: string[] = [];
    const rule = readRule(item, reasons);
    if (rule !== undefined && reasons.length === 0) rules.push(rule);
    for (const reason of reasons) problems.push({ line: lines[index] ?? 1, reason: `rule ${index + 1}: ${reason}` });
  }
  return { rules, problems };
}

function readRule(item: unknown, reasons: string[]): Rule | undefined {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    reasons.push('it must be an object');
    return undefined;
  }
  const fields = new Map<string, unknown>(Object.entries(item));
  for (const name of fields.keys()) {
    if (!known.has(name)) reasons.push(`"${name}" is not known; known are ${[...known].join(', ')}`);
  }
  const wrong = new Set(
    Object.keys(types).filter((name) => fields.has(name) && !types[name]?.isRight(fields.get(name))),
  );
  for (const name of wrong) reasons.push(`"${name}" must be ${types[name]?.must}`);
  // Without its action, nothing else of a rule can be checked.
  if (wrong.has('action')) return undefined;
  const { source, ...members } = Object.fromEntries(
    [...fields].filter(([name]) => known.has(name) && !wrong.has(name)),
  ) as DraftedRule;
  const url = source === undefined ? undefined : parseHttpUrl(source);
  const drafted: DraftedRule = { ...members, ...(url === undefined ? {} : { source: toSourceId(url) }) };
  for (const { field, detail } of ruleProblems(drafted)) if (!wrong.has(field)) reasons.push(`"${field}" ${detail}`);
  return toRule(drafted);
}

const isText = (value: unknown): boolean => typeof value === 'string';

/** The types of members; further conditions are checked on the whole rule. */
const types: Readonly<Record<string, { readonly isRight: (value: unknown) => boolean; readonly must: string }>> = {
  action: {
    isRight: (value) => value === 'tag' || value === 'hide' || value === 'keep',
    must: '"tag", "hide" or "keep"',
  },
  query: { isRight: isText, must: 'text, as in q=' },
  source: {
    isRight: (value) => typeof value === 'string' && parseHttpUrl(value) !== undefined,
    must: 'the http(s) URL of a feed or of a site',
  },
  tag: {
    isRight: (value) => typeof value === 'string' && toTag(value) !== undefined,
    must: 'text with a letter or a number',
  },
  any: {
    isRight: (value) => Array.isArray(value) && value.every(isText),
    must: 'a list of keywords, none of them blank',
  },
  in: {
    isRight: (value) => value === 'title' || value === 'text' || value === 'both',
    must: '"title", "text" or "both"',
  },
};

function lineOfSyntaxError(message: string): number {
  return Number(/line (\d+)/.exec(message)?.[1] ?? 1);
}

/** The line on which each item of a top-level list starts. */
function linesOfItems(text: string): number[] {
  const lines: number[] = [];
  let line = 1;
  let depth = 0;
  let inString = false;
  let awaited = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '\n') line += 1;
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
      continue;
    }
    if (awaited && !/[\s,\]]/.test(character)) {
      lines.push(line);
      awaited = false;
    }
    if (character === '"') inString = true;
    if (character === '[' || character === '{') depth += 1;
    if (character === ']' || character === '}') depth -= 1;
    if (depth === 1 && (character === '[' || character === ',')) awaited = true;
  }
  return lines;
}
