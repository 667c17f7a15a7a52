/**
 * Shows and saves the owner's rules, previews their changes, and finds entries that rules hide. Rules of seeds/tags.json
 * are shown, too; they are changed in the file.
 */
import { fail, ok, type Result } from '../../domain/result.ts';
import { parseQuery } from '../../query/language/parse-query.ts';
import { type DraftedRule, type Rule, ruleProblems, toRule } from '../../rules/rule.ts';
import type { AdminPorts } from '../admin-ports.ts';
import { toInputProblem, toJsonResponse } from './admin-problem.ts';
import { rulesToSave } from './contract/rule-schema.ts';
import { readJson } from './request-body.ts';

/** `GET /admin/api/rules` */
export async function showRules({ archive }: AdminPorts): Promise<Response> {
  return toJsonResponse(await archive.ruleBook());
}

/** `PUT /admin/api/rules`: 202, because existing entries follow in the background. */
export async function saveRules({ archive }: AdminPorts, request: Request): Promise<Response> {
  const rules = await readRules(request);
  if (!rules.ok) return rules.failure;
  await archive.saveRules(rules.value);
  return toJsonResponse(await archive.ruleBook(), 202);
}

/** `POST /admin/api/rules/preview`: the changes that saving these rules would make. Changes nothing. */
export async function previewRules({ archive }: AdminPorts, request: Request): Promise<Response> {
  const rules = await readRules(request);
  return rules.ok ? toJsonResponse(await archive.previewRules(rules.value)) : rules.failure;
}

/** `GET /admin/api/rules/hidden`: entries that rules hide, the newest; `q` searches them. */
export async function findHidden({ archive }: AdminPorts, request: Request): Promise<Response> {
  const query = parseQuery(new URL(request.url).searchParams);
  if (!query.ok) return toInputProblem(query.failure.map(({ parameter, detail }) => ({ field: parameter, detail })));
  return toJsonResponse(await archive.hiddenEntries(query.value));
}

/** The rules of a request, or every problem in them. */
async function readRules(request: Request): Promise<Result<readonly Rule[], Response>> {
  const body = await readJson(request, rulesToSave);
  if (!body.ok) return body;
  const drafted = body.value.rules as readonly DraftedRule[];
  const problems = drafted.flatMap((rule, at) =>
    ruleProblems(rule).map(({ field, detail }) => ({ field: `rules.${at}.${field}`, detail })),
  );
  return problems.length > 0 ? fail(toInputProblem(problems)) : ok(drafted.map(toRule));
}
