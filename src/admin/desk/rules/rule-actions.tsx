/**
 * Handles the forms about rules: shows what a rule would change, saves, changes and removes it, and finds what rules hide.
 */
import type { HiddenEntries, RulesPreview } from '../../../pipeline/rule-book.ts';
import { gatherSubscriptions } from '../../../pipeline/source-list.ts';
import type { DraftedRule } from '../../../rules/rule.ts';
import type { ApiProblem } from '../frame/api-call.ts';
import { type DeskVisit, goTo } from '../frame/desk-visit.ts';
import { readDraft, toDraftedRule } from './rule-draft.ts';
import { RulesPage, type WrittenRule } from './rules-page.tsx';

/** Hidden entries that the page lists. */
const maxHidden = 50;

/** The rules; with a draft in the address, also the changes that it would make. */
export async function showRules(visit: DeskVisit): Promise<Response> {
  const { searchParams } = visit.url;
  const draft = readDraft((name) => searchParams.get(name)?.trim() ?? '');
  if (draft.query === '' && draft.words === '') {
    return show(visit, searchParams.has('source') ? { written: { draft } } : {});
  }
  const { rules } = await visit.ports.archive.ruleBook();
  return show(visit, { written: await look(visit, { draft }, [...rules, toDraftedRule(draft)]) });
}

/** Saves the draft: it replaces the rule that the form is about, or is added; or previews it. */
export async function saveRuleFromForm(visit: DeskVisit): Promise<Response> {
  const { form } = visit;
  const { rules, at } = await findRule(visit);
  const given = readDraft((name) => form?.text(name) ?? '');
  // A form without the field leaves the rule's sources as they are.
  const draft = form?.texts('source').length === 0 ? { ...given, source: rules[at]?.source ?? '' } : given;
  const former = at === -1 ? undefined : JSON.stringify(rules[at]);
  const next = at === -1 ? [...rules, toDraftedRule(draft)] : rules.with(at, toDraftedRule(draft));
  if (form?.isOn('look') === true) return show(visit, { written: await look(visit, { draft, former }, next) });
  const problem = await save(visit, next);
  return problem === undefined
    ? goTo('/admin/rules', 'rule-saved')
    : show(visit, { written: { draft, former, problem }, status: problem.status });
}

/** Removes the rule that the form is about, whatever its position is now. */
export async function removeRuleFromForm(visit: DeskVisit): Promise<Response> {
  const { rules, at } = await findRule(visit);
  if (at === -1) return goTo('/admin/rules', 'rule-removed');
  const problem = await save(visit, rules.toSpliced(at, 1));
  return problem === undefined
    ? goTo('/admin/rules', 'rule-removed')
    : show(visit, { problem, status: problem.status });
}

/** The owner's rules, and the position of the form's rule; -1 when it is gone. */
async function findRule({ ports, form }: DeskVisit): Promise<{ rules: readonly DraftedRule[]; at: number }> {
  const { rules } = await ports.archive.ruleBook();
  const wanted = form?.text('rule');
  return { rules, at: rules.findIndex((rule) => JSON.stringify(rule) === wanted) };
}

async function save({ api }: DeskVisit, rules: readonly DraftedRule[]): Promise<ApiProblem | undefined> {
  const answer = await api('PUT', '/admin/api/rules', { json: { rules } });
  return answer.ok ? undefined : answer.problem;
}

async function look({ api }: DeskVisit, written: WrittenRule, rules: readonly DraftedRule[]): Promise<WrittenRule> {
  const answer = await api('POST', '/admin/api/rules/preview', { json: { rules } });
  return answer.ok ? { ...written, preview: answer.json as RulesPreview } : { ...written, problem: answer.problem };
}

interface Shown {
  readonly written?: WrittenRule;
  readonly problem?: ApiProblem;
  readonly status?: number;
}

async function show(visit: DeskVisit, { written, problem, status }: Shown): Promise<Response> {
  const { url, ports, page, formToken } = visit;
  const [book, sources, hidden] = await Promise.all([
    ports.archive.ruleBook(),
    gatherSubscriptions(ports.archive.subscriptions),
    findHidden(visit),
  ]);
  const named = sources.map(({ id, title }) => ({ id, title }));
  const main = <RulesPage {...{ url, book, sources: named, hidden, formToken, written, problem }} />;
  return page('Rules', '/admin/rules', main, status);
}

async function findHidden({ api, url }: DeskVisit): Promise<HiddenEntries> {
  const words = url.searchParams.get('hidden') ?? '';
  const asked = new URLSearchParams({ limit: String(maxHidden), ...(words === '' ? {} : { q: words }) });
  const answer = await api('GET', `/admin/api/rules/hidden?${asked.toString()}`);
  return answer.ok ? (answer.json as HiddenEntries) : { entries: [], total: 0 };
}
