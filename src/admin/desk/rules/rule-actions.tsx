/**
 * Handles the forms about tag rules: shows what a rule would tag, saves, changes and removes it.
 */
import type { TagRule } from '../../../feed/tag/rules.ts';
import type { Explanation } from '../../../pipeline/archive-owner.ts';
import type { ApiProblem } from '../frame/api-call.ts';
import { splitTags } from '../frame/desk-parts.tsx';
import { type DeskVisit, goTo } from '../frame/desk-visit.ts';
import { type RuleDraft, type RuleFinding, RulesPage } from './rules-page.tsx';

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

/** Saves the draft: in the place of the rule that the form was about, else beside the others. */
export async function saveRuleFromForm(visit: DeskVisit): Promise<Response> {
  const { form } = visit;
  const draft = toDraft((name) => form?.text(name) ?? '');
  const { rules, at } = await findRule(visit);
  const former = rules[at];
  const rule: TagRule = {
    tag: draft.tag,
    any: splitTags(draft.words),
    in: draft.where,
    ...(former?.source === undefined ? {} : { source: former.source }),
  };
  const problem = await save(visit, at === -1 ? [...rules, rule] : rules.with(at, rule));
  return problem === undefined ? goTo('/admin/rules', 'rule-saved') : show(visit, draft, [], problem);
}

/** Removes the rule that the form was about, wherever it stands now. */
export async function removeRuleFromForm(visit: DeskVisit): Promise<Response> {
  const { rules, at } = await findRule(visit);
  if (at === -1) return goTo('/admin/rules', 'rule-removed');
  const problem = await save(visit, rules.toSpliced(at, 1));
  return problem === undefined ? goTo('/admin/rules', 'rule-removed') : show(visit, undefined, [], problem);
}

/** The owner's rules, and the place of the one that the form was about; -1 when it is not there. */
async function findRule({ ports, form }: DeskVisit): Promise<{ rules: readonly TagRule[]; at: number }> {
  const { rules } = await ports.archive.ruleBook();
  const wanted = form?.text('rule');
  return { rules, at: rules.findIndex((rule) => JSON.stringify(rule) === wanted) };
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
  const main = <RulesPage {...{ url, book, formToken, draft, findings, problem }} />;
  return page('Rules', '/admin/rules', main, problem?.status);
}

function toDraft(text: (name: string) => string): RuleDraft {
  const where = text('where');
  return { tag: text('tag'), words: text('words'), where: where === 'title' || where === 'text' ? where : 'both' };
}
