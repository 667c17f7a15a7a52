/**
 * The rules: those of seeds/tags.json and the owner's own, and how far a change of them is carried through the archive.
 */
import type { Rule } from '../../../rules/rule.ts';
import { noteUnpublished, readMeta, writeMeta } from '../ground/meta.ts';

/** A change of rules on its way through the archive. */
export interface RulesPass {
  /** The rules that tags of entries that a former release recorded may still be from. */
  readonly before: readonly Rule[];
  /** The last entry that is done; absent when all are. */
  readonly after?: string;
  /** Something that was shown was hidden on the way. */
  readonly hasHidden?: boolean;
}

/** Rules of seeds/tags.json. */
export function readDeclaredRules(sql: SqlStorage): readonly Rule[] {
  return JSON.parse(readMeta(sql, 'rules') ?? '[]');
}

/** Rules made through the admin API. */
export function readOwnRules(sql: SqlStorage): readonly Rule[] {
  return JSON.parse(readMeta(sql, 'own_rules') ?? '[]');
}

/** All rules that hold. */
export function readRules(sql: SqlStorage): readonly Rule[] {
  return [...readDeclaredRules(sql), ...readOwnRules(sql)];
}

/** The rules that tagged the entries which a change under way has not reached yet. */
export function readFormerRules(sql: SqlStorage): readonly Rule[] {
  const pass = readRulesPass(sql);
  return pass?.after === undefined ? readRules(sql) : pass.before;
}

/** Whether a change of rules is still on its way. */
export function isApplyingRules(sql: SqlStorage): boolean {
  return readRulesPass(sql)?.after !== undefined;
}

/** How many of so many entries still have to follow a change of rules: ids are digests, so they are spread evenly. */
export function countRetagging(sql: SqlStorage, entries: number): number {
  const { after } = readRulesPass(sql) ?? {};
  if (after === undefined) return 0;
  const [place, places] = [Number.parseInt(`${after}0000`.slice(0, 4), 32), 32 ** 4];
  return Math.max(1, Math.round(entries * (1 - (Number.isNaN(place) ? 0 : place) / places)));
}

/** Writes rules of one kind; entries follow in the background. Writes nothing when they are the same; says whether they are not. */
export function writeRules(sql: SqlStorage, kind: 'rules' | 'own_rules', rules: readonly Rule[]): boolean {
  const before = readRules(sql);
  writeMeta(sql, kind, JSON.stringify(rules));
  if (JSON.stringify(before) === JSON.stringify(readRules(sql))) return false;
  applyRulesAnew(sql, before);
  return true;
}

/** Begins to carry the rules through the whole archive. @param before the rules that held so far */
export function applyRulesAnew(sql: SqlStorage, before: readonly Rule[]): void {
  if (sql.exec('SELECT 1 FROM entry LIMIT 1').toArray().length === 0) return;
  const pending = readRulesPass(sql);
  const isPending = pending?.after !== undefined;
  const hasHidden = isPending && pending.hasHidden === true;
  writeRulesPass(sql, {
    before: isPending ? [...pending.before, ...before] : before,
    after: '',
    ...(hasHidden && { hasHidden }),
  });
  // So that an alarm is set, now and after a restart, until everything is done and published.
  noteUnpublished(sql);
}

/** The last change of rules; one that is done has no `after`. */
export function readRulesPass(sql: SqlStorage): RulesPass | undefined {
  const text = readMeta(sql, 'retagging');
  return text === undefined ? undefined : JSON.parse(text);
}

/** Notes how far a change of rules is. */
export function writeRulesPass(sql: SqlStorage, pass: RulesPass): void {
  writeMeta(sql, 'retagging', JSON.stringify(pass));
}
