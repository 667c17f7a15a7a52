/**
 * Stands in for linkedom's CSS parser (`cssomnom/parse`) in the bundle: nobody here asks a page for its style sheets.
 *
 * linkedom parses a `<style>` only when its `sheet` is read. Half of linkedom's start-up time is this parser; the
 * build replaces it by this file (esbuild alias).
 */

/** An empty style sheet, whatever the CSS. */
export function parse(): { readonly cssRules: readonly never[] } {
  return { cssRules: [] };
}
