/**
 * Defines the schemas of rules, in requests and answers.
 */
import { title } from './schema.ts';
import { objectProblem, z } from './zod.ts';

const rule = z
  .strictObject(
    {
      action: z.enum(['tag', 'hide', 'keep'], 'must be tag, hide or keep').optional(),
      query: z.string('must be text').max(2000, 'must be at most 2000 characters').optional(),
      source: z.string('must be the id of a source').optional(),
      tag: title.optional(),
      any: z.array(title, 'must be a list of keywords').max(500, 'must be at most 500').optional(),
      in: z.enum(['title', 'text', 'both'], 'must be title, text or both').optional(),
    },
    { error: objectProblem },
  )
  .meta({ title: 'Rule' });

/** A list of rules in a backup. Members of other releases are allowed. */
export const ruleList = z.array(rule.loose(), 'must be a list');

/** `PUT /admin/api/rules`, and the preview of its changes. */
export const rulesToSave = z
  .strictObject({ rules: z.array(rule, 'must be a list').max(1000, 'must be at most 1000') }, { error: objectProblem })
  .meta({ title: 'RulesToSave' });

/** The answer of `GET /admin/api/rules`. */
export const ruleBook = z
  .object({ declared: z.array(rule), rules: z.array(rule), isRetagging: z.boolean() })
  .meta({ title: 'RuleBook' });

const namedEntry = z.object({ id: z.string(), title: z.string() });

/** The answer of `POST /admin/api/rules/preview`. */
export const rulesPreview = z
  .object({
    shown: z.array(namedEntry),
    hidden: z.array(namedEntry),
    tagged: z.array(namedEntry.extend({ added: z.array(z.string()), removed: z.array(z.string()) })),
    lookedAt: z.int(),
    counts: z.object({ shown: z.int(), hidden: z.int(), tagged: z.int() }),
  })
  .meta({ title: 'RulesPreview' });

/** The answer of `GET /admin/api/rules/hidden`. */
export const hiddenEntries = z
  .object({ entries: z.array(namedEntry.extend({ url: z.string().nullable(), rule })), total: z.int() })
  .meta({ title: 'HiddenEntries' });
