/**
 * The schema of a preview, and what it shares with the schema of a source.
 */
import { proposals, shownSelectors } from './page-members.ts';
import { z } from './zod.ts';

/** RFC 3339, or `null` for what is unknown. */
export const instant = z.iso.datetime().nullable();

/** A count that may be unknown. */
export const amount = z.int().optional();

/** What was wrong with a document. */
export const defect = z.object({
  kind: z.string(),
  detail: z.string(),
  line: amount,
  entryIndex: amount,
});

/** What `GET /admin/api/preview` answers. */
export const preview = z
  .object({
    url: z.string().meta({ description: 'The feed or page that was read.' }),
    kind: z.enum(['feed', 'page']),
    page: shownSelectors,
    proposals,
    discoveredFrom: z.string().nullable(),
    format: z.string(),
    title: z.string(),
    description: z.string(),
    siteUrl: z.string().nullable(),
    language: z.string().nullable(),
    entries: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        url: z.string().nullable(),
        published: instant,
        updated: instant,
        summary: z.string(),
        image: z.string().nullable(),
        tags: z.array(z.string()),
      }),
    ),
    defects: z.array(defect),
    dropped: z
      .array(z.object({ element: z.string(), count: z.int() }))
      .meta({ description: 'Elements that sanitizing takes out of these entries.' }),
    known: z.string().nullable().meta({ description: 'Id of the source that follows this feed already.' }),
  })
  .meta({ title: 'Preview' });
