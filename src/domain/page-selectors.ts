/**
 * Defines how the entries of a page without a feed are found: by CSS selectors, or by paths where the document is JSON.
 */

/** What can be read of an item; all seen from the item. */
export const pageFields = ['title', 'link', 'date', 'summary', 'image', 'author'] as const;

/** One of them. */
export type PageField = (typeof pageFields)[number];

/** The selectors of a page. `item` is seen from the document; a field without one is found by what pages usually have. */
export type PageSelectors = { readonly item: string } & { readonly [Field in PageField]?: string | undefined };

/** Whether these are paths into JSON. */
export function isJsonSelectors({ item }: PageSelectors): boolean {
  return item.trimStart().startsWith('$');
}

/** Selectors as they were given, without what is blank. */
export function tidySelectors(given: PageSelectors): PageSelectors {
  const page: { item: string } & { [Field in PageField]?: string } = { item: given.item.trim() };
  for (const field of pageFields) {
    const text = given[field]?.trim() ?? '';
    if (text !== '') page[field] = text;
  }
  return page;
}

/** The attribute that holds a selector in a subscription list, e.g. `pageItem`. */
export function opmlNameOf(field: string): string {
  return `page${field.slice(0, 1).toUpperCase()}${field.slice(1)}`;
}
