/**
 * Defines how the entries of a page without a feed are found: by CSS selectors, or by paths where the document is JSON.
 */

/** The fields of an item that selectors can find. */
export const pageFields = ['title', 'link', 'date', 'summary', 'image', 'author'] as const;

/** One of them. */
export type PageField = (typeof pageFields)[number];

/**
 * The selectors of a page. `item` starts at the document, the fields start at the item. A field without a selector is found
 * by common patterns of pages.
 */
export type PageSelectors = { readonly item: string } & { readonly [Field in PageField]?: string | undefined };

/** Whether these are paths into JSON. */
export function isJsonSelectors({ item }: PageSelectors): boolean {
  return item.trimStart().startsWith('$');
}

/** The given selectors without blank ones. */
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
