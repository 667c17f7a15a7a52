/**
 * What the owner does with tag rules at the desk: see what one would tag, save it, remove it.
 */
import type { TagRule } from '../../../feed/tag/rules.ts';
import type { Explanation } from '../../../pipeline/archive-owner.ts';
import type { ApiProblem } from '../frame/api-call.ts';
import { splitTags } from '../frame/desk-layout.ts';
import { type DeskVisit, goTo } from '../frame/desk-visit.ts';
import { type RuleDraft, type RuleFinding, renderRulesPage } from './rules-page.ts';

/** Words of a draft that are looked for: each is a question to the Archive. */
const maxWords = 5;

/** The rules; with a draft in the address, what it would tag. */
export async function showRules(visit: DeskVisit): Promise<Response> {
  const { searchParams } = visit.url;
  const draft = toDraft((name) => searchParams.get(name)?.trim() ?? '');
  if (draft.tag === '' || draft.words === '') return show(visit, undefined, []);
  const words = splitTags(draft.words).slice(0, maxWords);
  return show(visit, draft, await Promise.all(words.map((word) => find(visit, word))));
}

/** Saves the draft beside the other rules. */
export async function saveRuleFromForm(visit: DeskVisit): Promise<Response> {
  const { form, ports } = visit;
  const draft = toDraft((name) => form?.text(name) ?? '');
  const { rules } = await ports.archive.ruleBook();
  const rule: TagRule = { tag: draft.tag, any: splitTags(draft.words), in: draft.where };
  const problem = await save(visit, [...rules, rule]);
  return problem === undefined ? goTo('/admin/rules', 'rule-saved') : show(visit, draft, [], problem);
}

/** Removes the rule that is exactly the one the form names, wherever it stands now. */
export async function removeRuleFromForm(visit: DeskVisit): Promise<Response> {
  const { rules } = await visit.ports.archive.ruleBook();
  const at = rules.findIndex((rule) => JSON.stringify(rule) === visit.form?.text('rule'));
  if (at === -1) return goTo('/admin/rules', 'rule-removed');
  const problem = await save(
    visit,
    rules.filter((_, position) => position !== at),
  );
  return problem === undefined ? goTo('/admin/rules', 'rule-removed') : show(visit, undefined, [], problem);
}

async function save({ api }: DeskVisit, rules: readonly TagRule[]): Promise<ApiProblem | undefined> {
  const answer = await api('PUT', '/admin/api/rules', { json: { rules } });
  return answer.ok ? undefined : answer.problem;
}

async function find({ api }: DeskVisit, word: string): Promise<RuleFinding> {
  const phrase = `"${word.replaceAll('"', '')}"`;
  const answer = await api('GET', `/admin/api/explain?limit=5&q=${encodeURIComponent(phrase)}`);
  if (!answer.ok) return { word, titles: [], more: false };
  const { kept, more } = answer.json as Explanation;
  return { word, titles: kept.map(({ title }) => title), more };
}

async function show(
  { url, ports, page, formToken }: DeskVisit,
  draft: RuleDraft | undefined,
  findings: readonly RuleFinding[],
  problem?: ApiProblem,
): Promise<Response> {
  const book = await ports.archive.ruleBook();
  return page(
    'Rules',
    '/admin/rules',
    renderRulesPage({ url, book, formToken, draft, findings, problem }),
    problem?.status,
  );
}

function toDraft(text: (name: string) => string): RuleDraft {
  const where = text('where');
  return { tag: text('tag'), words: text('words'), where: where === 'title' || where === 'text' ? where : 'both' };
}
