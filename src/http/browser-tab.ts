/**
 * Who opens an address: a person in a browser's tab, or a program.
 */

/** Whether a browser's tab asks. Feed readers send `text/html` too: where feeds are served, only a tab counts. */
export function isBrowserTab(request: Request): boolean {
  return request.headers.get('Sec-Fetch-Dest') === 'document';
}
