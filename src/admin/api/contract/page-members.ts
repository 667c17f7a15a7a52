/**
 * Defines the selectors of a page without a feed, in requests and answers.
 */
import { type PageField, pageFields, tidySelectors } from '../../../domain/page-selectors.ts';
import { checkSelectors } from '../../../feed/read/page-list/check-selectors.ts';
import { z } from './zod.ts';

const selector = z.string('must be text').max(400, 'must be at most 400 characters');

function optionalFields<Schema extends z.ZodType>(schema: Schema): Readonly<Record<PageField, z.ZodOptional<Schema>>> {
  return Object.fromEntries(pageFields.map((field) => [field, schema.optional()] as const)) as Record<
    PageField,
    z.ZodOptional<Schema>
  >;
}

/** Checked as a whole: every wrong selector is named. */
export const pageSelectors = z
  .strictObject({
    item: selector.meta({ description: 'CSS selector of an entry, or a path into JSON such as $.items[*].' }),
    ...optionalFields(selector),
  })
  .superRefine((page, context) => {
    for (const { field, detail } of checkSelectors(tidySelectors(page))) {
      context.addIssue({ code: 'custom', path: [field], message: detail });
    }
  })
  .meta({
    description:
      'How the entries of a page without a feed are found. All but item are seen from the item; time@datetime reads an attribute. ' +
      'Without it, what the page says for machines is read (JSON-LD, microformats, microdata).',
  });

/** Selectors as answers show them. */
const shown = z.object({ item: z.string(), ...optionalFields(z.string()) });
export const shownSelectors = shown.nullable().meta({
  description: 'The selectors of a page without a feed; null where it needs none.',
});

/** Proposed selectors. */
export const proposals = z
  .array(z.object({ page: shown, entries: z.int(), newest: z.array(z.string()) }))
  .optional()
  .meta({ description: 'Selectors that would read a page that has no feed, the likeliest first.' });
