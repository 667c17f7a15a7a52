/**
 * The schemas of rules: what the API takes, and what it tells about them.
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

/** Rules as a list: what a backup holds. Members of other releases pass. */
export const ruleList = z.array(rule.loose(), 'must be a list');

/** `PUT /admin/api/rules`, and the question what would change. */
export const rulesToSave = z
  .strictObject({ rules: z.array(rule, 'must be a list').max(1000, 'must be at most 1000') }, { error: objectProblem })
  .meta({ title: 'RulesToSave' });

/** What `GET /admin/api/rules` answers. */
export const ruleBook = z
  .object({ declared: z.array(rule), rules: z.array(rule), isRetagging: z.boolean() })
  .meta({ title: 'RuleBook' });

const namedEntry = z.object({ id: z.string(), title: z.string() });

/** What `POST /admin/api/rules/preview` answers. */
export const rulesPreview = z
  .object({
    shown: z.array(namedEntry),
    hidden: z.array(namedEntry),
    tagged: z.array(namedEntry.extend({ added: z.array(z.string()), removed: z.array(z.string()) })),
    lookedAt: z.int(),
    counts: z.object({ shown: z.int(), hidden: z.int(), tagged: z.int() }),
  })
  .meta({ title: 'RulesPreview' });

/** What `GET /admin/api/rules/hidden` answers. */
export const hiddenEntries = z
  .object({ entries: z.array(namedEntry.extend({ url: z.string().nullable(), rule })), total: z.int() })
  .meta({ title: 'HiddenEntries' });
