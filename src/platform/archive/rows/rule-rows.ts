/**
 * Reads and writes the rules of seeds/tags.json and the owner's own, and the progress of a change of rules through the
 * archive.
 */
import type { Rule } from '../../../rules/rule.ts';
import { noteUnpublished, readMeta, writeMeta } from '../ground/meta.ts';

/** A change of rules and its progress. */
export interface RulesPass {
  /** The former rules, which may have given tags to entries that a former release recorded. */
  readonly before: readonly Rule[];
  /** The last entry that is done; absent when all are. */
  readonly after?: string;
  /** The change hid something that was shown. */
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

/** All rules in force. */
export function readRules(sql: SqlStorage): readonly Rule[] {
  return [...readDeclaredRules(sql), ...readOwnRules(sql)];
}

/** The former rules, for entries that a change under way has not reached yet. */
export function readFormerRules(sql: SqlStorage): readonly Rule[] {
  const pass = readRulesPass(sql);
  return pass?.after === undefined ? readRules(sql) : pass.before;
}

/** Whether a change of rules is under way. */
export function isApplyingRules(sql: SqlStorage): boolean {
  return readRulesPass(sql)?.after !== undefined;
}

/** Estimates how many entries still have to follow a change of rules: ids are digests, so they are evenly spread. */
export function countRetagging(sql: SqlStorage, entries: number): number {
  const { after } = readRulesPass(sql) ?? {};
  if (after === undefined) return 0;
  const [place, places] = [Number.parseInt(`${after}0000`.slice(0, 4), 32), 32 ** 4];
  return Math.max(1, Math.round(entries * (1 - (Number.isNaN(place) ? 0 : place) / places)));
}

/**
 * Writes rules of one kind; entries follow in the background. Returns whether they changed; writes nothing when they did
 * not.
 */
export function writeRules(sql: SqlStorage, kind: 'rules' | 'own_rules', rules: readonly Rule[]): boolean {
  const before = readRules(sql);
  writeMeta(sql, kind, JSON.stringify(rules));
  if (JSON.stringify(before) === JSON.stringify(readRules(sql))) return false;
  applyRulesAnew(sql, before);
  return true;
}

/** Starts to apply the rules to the whole archive. @param before the former rules */
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
  // Schedules alarms, also after a restart, until everything is done and published.
  noteUnpublished(sql);
}

/** The last change of rules; one that is done has no `after`. */
export function readRulesPass(sql: SqlStorage): RulesPass | undefined {
  const text = readMeta(sql, 'retagging');
  return text === undefined ? undefined : JSON.parse(text);
}

/** Stores the progress of a change of rules. */
export function writeRulesPass(sql: SqlStorage, pass: RulesPass): void {
  writeMeta(sql, 'retagging', JSON.stringify(pass));
}
