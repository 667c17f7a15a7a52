/**
 * Defines the schemas of the lines of a backup, which is data from outside. Unknown members are allowed.
 */
import { parseHttpUrl } from '../../../domain/http-url.ts';
import { moduleFieldsByKey } from '../../../domain/modules.ts';
import { parseMonth } from '../../../domain/month.ts';
import { isViewName } from '../../../domain/saved-view.ts';
import { webhookFormats } from '../../../pipeline/push/receiver.ts';
import { type DraftedRule, ruleProblems } from '../../../rules/rule.ts';
import { pageSelectors } from '../contract/page-members.ts';
import { ruleList } from '../contract/rule-schema.ts';
import { check, z } from '../contract/zod.ts';

const text = z.string().min(1);
const url = z.string().refine((value) => parseHttpUrl(value) !== undefined);
const count = z.int().min(0);
/** Within the range of `Date`. */
const instant = z.int().refine((value) => Math.abs(value) < 8.64e15);
const month = z.string().refine((value) => parseMonth(value) !== undefined);
const tags = z.array(z.looseObject({ slug: text, label: z.string() }));

/** The polling state of a source or of the page of an article. */
const state = z.looseObject({
  lastOutcome: z.enum(['never', 'updated', 'not-modified', 'failed']),
  consecutiveFailures: count,
  nextCheckAt: count,
  nextCheckWhy: z.string(),
  validators: z.looseObject({}),
  stopped: z.boolean(),
  history: z.string().optional(),
  defects: z.array(z.unknown()),
});

/** What a feed says about itself. */
const channel = z.looseObject({
  description: z.string().optional(),
  language: z.string().optional(),
  authors: z.array(z.looseObject({ name: z.string(), url: url.optional() })).optional(),
  categories: z.array(z.string()).optional(),
  image: url.optional(),
  icon: url.optional(),
  ttlMinutes: count.optional(),
  modules: z
    .array(z.looseObject({ name: z.string().refine((name) => moduleFieldsByKey.has(name.toLowerCase())) }))
    .optional(),
});

const source = z.looseObject({
  source: z.looseObject({
    id: text,
    kind: z.enum(['feed', 'page', 'site', 'newsletter']),
    page: pageSelectors.optional(),
    url,
    siteUrl: url.optional(),
    title: z.string(),
    tags,
    enabled: z.boolean(),
    fullText: z.boolean(),
    maxEntries: count,
    declaredBy: z.enum(['file', 'api', 'seeds']),
  }),
  state: state.optional(),
  removedAt: instant.optional(),
  rights: z.string().optional(),
  channel: channel.optional(),
});

const words = z.looseObject({
  id: text,
  guid: text,
  title: z.string(),
  summary: z.string(),
  titleHtml: z.string().optional(),
  content: z.string().optional(),
  language: z.string().optional(),
  rights: z.string().optional(),
  url: url.optional(),
  externalUrl: url.optional(),
  image: url.optional(),
  commentsUrl: url.optional(),
  published: instant.optional(),
  updated: instant.optional(),
  authors: z.array(z.looseObject({ name: z.string(), url: url.optional() })),
  categories: z.array(z.looseObject({ term: z.string() })),
  enclosures: z.array(z.looseObject({ url })),
});

const entry = z
  .looseObject({
    id: text,
    sourceId: text,
    guid: text,
    contentHash: text,
    url: url.optional(),
    archiveMonth: month.optional(),
    changedAt: instant.optional(),
    lateAt: instant.optional(),
    sortAt: instant,
    firstSeen: instant,
    modified: instant,
    sequence: count,
    revision: count,
    tags,
    ruleTags: z.array(text).optional(),
    isHidden: z.literal(true).optional(),
    entry: words.nullable(),
    leads: z.literal(true).optional(),
    retired: z.looseObject({ at: instant, why: text }).optional(),
    revisions: z.array(z.looseObject({ revision: count, contentHash: text, recordedAt: instant })),
    aliases: z.array(text).optional(),
    seed: z.looseObject({ contentHash: text, tags: jsonOf(tags), firstCheckAt: z.int().optional() }).optional(),
    check: state.optional(),
  })
  .refine((record) => (record.entry === null ? record.retired !== undefined : record.entry.id === record.id));

/** Text that must be JSON of this shape: the Archive parses it later. */
function jsonOf(schema: z.ZodType): z.ZodType {
  return z.string().refine((value) => {
    try {
      return schema.safeParse(JSON.parse(value)).success;
    } catch {
      return false;
    }
  });
}

/** Rules in JSON; a problem names the rule and says what would be right. */
const rules = z.string().superRefine((value, context) => {
  for (const message of problemsOfRules(value)) context.addIssue({ code: 'custom', message });
});

function problemsOfRules(value: string): readonly string[] {
  let given: unknown;
  try {
    given = JSON.parse(value);
  } catch {
    return ['its rules are no JSON'];
  }
  const checked = check(ruleList, given);
  if (!checked.ok) return checked.failure.map(({ field, detail }) => `its rules: ${field} ${detail}`);
  return (checked.value as readonly DraftedRule[]).flatMap((rule, at) =>
    ruleProblems(rule).map(({ field, detail }) => `its rules: ${at}.${field} ${detail}`),
  );
}

/** Values of the archive as a whole, by key; other keys are skipped. */
const metaValues: Readonly<Record<string, z.ZodType>> = {
  sequence: z.string().regex(/^\d{1,15}$/),
  closed_month: month,
  seed_digest: z.string().max(200),
  rules,
  own_rules: rules,
  declared_sources: jsonOf(z.array(text)),
};

const meta = z.looseObject({ key: text, value: z.string() }).superRefine(({ key, value }, context) => {
  const problems = Object.hasOwn(metaValues, key) ? (metaValues[key]?.safeParse(value).error?.issues ?? []) : [];
  for (const { message } of problems) context.addIssue({ code: 'custom', path: [key], message });
});

/** The webhook of a view. */
const webhook = z.looseObject({ url, format: z.enum(webhookFormats), secret: z.string().optional() });

/** The schema of each kind of line. */
export const backupSchemas: Readonly<Record<string, z.ZodType>> = {
  meta,
  tag: z.looseObject({ slug: text, label: text }),
  'saved-view': z.looseObject({
    view: z.looseObject({
      name: z.string().refine(isViewName),
      title: text,
      query: z.string(),
      tags,
      keyHash: z.string().optional(),
    }),
    webhook: webhook.optional(),
  }),
  source,
  entry,
};
