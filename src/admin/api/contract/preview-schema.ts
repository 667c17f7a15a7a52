/**
 * Defines the schema of a preview, and the parts that it shares with the schema of a source.
 */
import { proposals, shownSelectors } from './page-members.ts';
import { z } from './zod.ts';

/** RFC 3339; `null` when unknown. */
export const instant = z.iso.datetime().nullable();

/** A count that may be unknown. */
export const amount = z.int().optional();

/** A defect of a document. */
export const defect = z.object({
  kind: z.string(),
  detail: z.string(),
  line: amount,
  entryIndex: amount,
});

/** The answer of `GET /admin/api/preview`. */
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
