/**
 * Defines the schemas of requests and answers of the admin API. They check requests, and /openapi.json is made from them.
 */
import { parsePastedUrl } from '../../../domain/http-url.ts';
import { toTag } from '../../../feed/tag/tag-entry.ts';
import { ownMembers, shownToOwner } from './own-members.ts';
import { pageSelectors, shownSelectors } from './page-members.ts';
import { amount, defect, instant } from './preview-schema.ts';
import { savedWebhook, webhookToSave } from './webhook-schema.ts';
import { objectProblem, z } from './zod.ts';

const url = z
  .string('must be text')
  .refine((text) => parsePastedUrl(text).length > 0, 'must be an http(s) URL such as https://example.org/feed.xml')
  .meta({ examples: ['https://example.org/feed.xml'] });
const tags = z
  .array(
    z.string('must be text').refine((label) => toTag(label) !== undefined, 'must hold at least one letter or number'),
    'must be a list of texts',
  )
  .max(64, 'must be at most 64 tags')
  .meta({ description: 'Tags that every entry of the source gets.', examples: [['news', 'world']] });
/** Text of one line. */
export const title = z.string('must be text').trim().max(500, 'must be at most 500 characters');
const fullText = z
  .boolean('must be true or false')
  .meta({ description: 'Read new entries out of their pages when the feed carries only a summary.' });
const maxEntries = z
  .int('must be a whole number')
  .min(0, 'must not be negative')
  .max(1_000_000, 'must be at most 1000000')
  .meta({ description: 'At most this many entries of the source are shown, the newest; 0 = no cap.' });

/** `POST /admin/api/sources` */
export const newSource = z
  .strictObject(
    {
      url: url.optional(),
      newsletter: z
        .string('must be text')
        .optional()
        .meta({
          description: 'Instead of url: the name of a newsletter, which gets a mail address.',
          examples: ['weekly'],
        }),
      title: title.min(1, 'must not be empty').optional(),
      tags: tags.optional(),
      fullText: fullText.optional(),
      maxEntries: maxEntries.optional(),
      page: pageSelectors.optional(),
      ...ownMembers,
    },
    { error: objectProblem },
  )
  .refine((given) => (given.url === undefined) !== (given.newsletter === undefined), {
    message: 'is missing: name the address of a feed or of its site, or a newsletter',
    path: ['url'],
  })
  .meta({ title: 'NewSource' });

/** `PATCH /admin/api/sources/{id}` */
export const sourceChange = z
  .strictObject(
    {
      url: url.optional(),
      title: title.min(1, 'must not be empty').optional(),
      tags: tags.optional(),
      enabled: z.boolean('must be true or false').optional(),
      fullText: fullText.optional(),
      maxEntries: maxEntries.optional(),
      page: pageSelectors.nullable().optional(),
      ...ownMembers,
    },
    { error: objectProblem },
  )
  .refine((change) => Object.keys(change).length > 0, 'must name at least one member to change')
  .meta({ title: 'SourceChange' });

/** `POST /admin/api/opml` as JSON. */
export const opmlImport = z
  .strictObject({ opml: z.string('must be the OPML document as text') }, { error: objectProblem })
  .meta({ title: 'OpmlImport' });

const pastCheck = z
  .object({ at: z.iso.datetime(), outcome: z.enum(['updated', 'not-modified', 'failed']) })
  .extend({ found: amount, added: amount, revised: amount, failure: z.string().optional(), status: amount })
  .meta({ description: 'Of a document: entries in it, new, revised. Of a failure: its kind, and the HTTP status.' });

/** A source as the API shows it. */
export const source = z
  .object({
    id: z.string(),
    kind: z.enum(['feed', 'page', 'site', 'newsletter']),
    page: shownSelectors,
    url: z.string(),
    title: z.string(),
    siteUrl: z.string().nullable(),
    tags: z.array(z.string()).meta({ description: 'Slugs, as in /tags/{tag}.' }),
    enabled: z.boolean(),
    fullText: z.boolean(),
    maxEntries: z.int(),
    declaredBy: z.enum(['file', 'api', 'seeds']),
    private: z.boolean(),
    secret: z.boolean(),
    deduplicate: z.boolean(),
    secretSuggested: z
      .literal(true)
      .optional()
      .meta({ description: 'Its address was taken for secret by a long random part of its path: say whether it is.' }),
    headers: z.record(z.string(), z.literal('set')),
    userAgent: z.string().nullable(),
    basicAuth: z.object({ user: z.string(), set: z.literal(true) }).nullable(),
    ...shownToOwner,
    state: z.object({
      lastCheckedAt: instant,
      lastOutcome: z.enum(['never', 'updated', 'not-modified', 'failed']),
      lastFailure: z.looseObject({ kind: z.string(), detail: z.string() }).nullable(),
      consecutiveFailures: z.int(),
      nextCheckAt: instant,
      nextCheckWhy: z.string(),
      stopped: z.boolean(),
      etag: z.string().nullable(),
      lastModified: z.string().nullable(),
      entries: z.int(),
      defects: z.array(defect),
      history: z
        .array(pastCheck)
        .optional()
        .meta({ description: 'The last 30 checks, newest first; not in the list of all sources.' }),
    }),
  })
  .meta({ title: 'Source' });

/** `PUT /admin/api/views/{name}` */
export const viewToSave = z
  .strictObject(
    {
      title: title.min(1, 'must not be empty'),
      query: z.string('must be text').max(8000, 'must be at most 8000 characters'),
      tags: tags.optional(),
      private: z.boolean('must be true or false').optional(),
      newKey: z.boolean('must be true or false').optional(),
      webhook: webhookToSave.nullable().optional().meta({ description: 'Left out = stays; null takes it away.' }),
    },
    { error: objectProblem },
  )
  .meta({ title: 'ViewToSave' });

const words = z.string();
/** A saved view as the API shows it. */
export const savedView = z
  .object({ name: words, title: words, query: words, tags: z.array(words), private: z.boolean() })
  .extend({
    page: words,
    rss: words,
    atom: words,
    json: words,
    key: words.optional(),
    webhook: savedWebhook.optional(),
  })
  .meta({ title: 'SavedView' });

/** The answer of `POST .../refresh`. */
export const enqueued = z.object({ enqueued: z.int() }).meta({ title: 'Enqueued' });

const rejectedLines = z.array(z.object({ line: z.int(), reason: z.string() }));

/** The answer of an import of OPML. */
export const opmlOutcome = z
  .object({ added: z.int(), updated: z.int(), unchanged: z.int(), rejected: rejectedLines })
  .meta({ title: 'OpmlOutcome' });

/** The answer of recording archived articles. */
export const articlesOutcome = z
  .object({ recorded: z.int(), unchanged: z.int() })
  .extend({ rejected: z.array(z.object({ file: z.string(), line: z.int(), reason: z.string() })) })
  .meta({ title: 'ArticlesOutcome' });

/** The answer of `POST /admin/api/import`. */
export const importOutcome = z
  .object({
    restored: z.int(),
    unchanged: z.int(),
    rejected: rejectedLines,
    complete: z.boolean().meta({ description: 'Whether the backup was whole: its last line says how many it has.' }),
  })
  .meta({ title: 'ImportOutcome' });

/** RFC 9457. */
export const problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    problems: z.array(z.object({ field: z.string(), detail: z.string() })).optional(),
  })
  .meta({ title: 'Problem' });

/** The answer of `GET /admin/api/alerts`. */
export const alertAddresses = z
  .object({ key: words, rss: words, atom: words, json: words })
  .meta({ title: 'AlertAddresses' });
