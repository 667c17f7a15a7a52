/**
 * seeds/tags.json: the owner's tag rules, or every problem in them with its line.
 */
import { parseHttpUrl } from '../../src/domain/http-url.ts';
import { toSourceId } from '../../src/domain/source.ts';
import type { TagRule } from '../../src/feed/tag/rules.ts';
import { toTag } from '../../src/feed/tag/to-tag.ts';

/** A line of a file that is wrong. */
export interface Problem {
  readonly line: number;
  readonly reason: string;
}

/** Rules that can be used, and what is wrong with the others. */
export interface RulesReading {
  readonly rules: readonly TagRule[];
  readonly problems: readonly Problem[];
}

const known = new Set(['tag', 'any', 'in', 'source']);

/** Reads the text of tags.json: a list of `{ "tag", "any": [...], "in"?, "source"? }`. */
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
  const rules: TagRule[] = [];
  const problems: Problem[] = [];
  for (const [index, item] of json.entries()) {
    const reasons: string[] = [];
    const rule = readRule(item, reasons);
    if (rule !== undefined && reasons.length === 0) rules.push(rule);
    for (const reason of reasons) problems.push({ line: lines[index] ?? 1, reason: `rule ${index + 1}: ${reason}` });
  }
  return { rules, problems };
}

function readRule(item: unknown, reasons: string[]): TagRule | undefined {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    reasons.push('it must be an object');
    return undefined;
  }
  const fields = new Map<string, unknown>(Object.entries(item));
  for (const name of fields.keys()) {
    if (!known.has(name)) reasons.push(`"${name}" is not known; known are ${[...known].join(', ')}`);
  }
  const tag = fields.get('tag');
  if (typeof tag !== 'string' || toTag(tag) === undefined) reasons.push('"tag" must be text with a letter or a number');
  const any = fields.get('any');
  if (!isKeywords(any)) reasons.push('"any" must be a list of keywords, none of them blank');
  const where = fields.get('in');
  if (where !== undefined && where !== 'title' && where !== 'text' && where !== 'both') {
    reasons.push('"in" must be "title", "text" or "both"');
  }
  const source = fields.get('source');
  const url = typeof source === 'string' ? parseHttpUrl(source) : undefined;
  if (source !== undefined && url === undefined)
    reasons.push('"source" must be the http(s) URL of a feed or of a site');
  if (typeof tag !== 'string' || !isKeywords(any)) return undefined;
  return {
    tag,
    any,
    ...(where === 'title' || where === 'text' || where === 'both' ? { in: where } : {}),
    ...(url === undefined ? {} : { source: toSourceId(url) }),
  };
}

function isKeywords(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every(isKeyword);
}

function isKeyword(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

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
