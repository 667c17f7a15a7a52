/**
 * Shows and saves the owner's tag rules. Rules of seeds/tags.json are shown, too; they are changed in the file.
 */
import type { SourceId } from '../../domain/source.ts';
import type { TagRule } from '../../feed/tag/rules.ts';
import { toTag } from '../../feed/tag/to-tag.ts';
import type { AdminPorts } from '../admin-ports.ts';
import { toInputProblem, toJsonResponse } from './admin-problem.ts';
import { rulesToSave } from './contract/schema.ts';
import { readJson } from './request-body.ts';

/** `GET /admin/api/rules` */
export async function showRules({ archive }: AdminPorts): Promise<Response> {
  return toJsonResponse(await archive.ruleBook());
}

/** `PUT /admin/api/rules`: 202, because entries that are there get their tags in the background. */
export async function saveRules({ archive }: AdminPorts, request: Request): Promise<Response> {
  const body = await readJson(request, rulesToSave);
  if (!body.ok) return body.failure;
  const problems = body.value.rules.flatMap(({ tag }, at) =>
    toTag(tag) === undefined ? [{ field: `rules.${at}.tag`, detail: 'must hold at least one letter or number' }] : [],
  );
  if (problems.length > 0) return toInputProblem(problems);
  const rules = body.value.rules.map(
    ({ tag, any, in: where, source }): TagRule => ({
      tag,
      any,
      ...(where === undefined ? {} : { in: where }),
      ...(source === undefined ? {} : { source: source as SourceId }),
    }),
  );
  await archive.saveRules(rules);
  return toJsonResponse(await archive.ruleBook(), 202);
}
