/**
 * Tells a person's browser tab from a program.
 */

/**
 * Whether a browser tab sent the request. Feed readers accept `text/html`, too: at the address of a feed, only a tab
 * counts.
 */
export function isBrowserTab(request: Request): boolean {
  return request.headers.get('Sec-Fetch-Dest') === 'document';
}
