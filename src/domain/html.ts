/**
 * HTML before and after the sanitizer, kept apart by the type system.
 *
 * Only `feed/sanitize` makes `SafeHtml`; only `SafeHtml` can be recorded, rendered or shown. What comes back out of
 * the Archive was safe when it went in, and is restored with `restoreSafeHtml` at that one door.
 */
declare const untrusted: unique symbol;
declare const safe: unique symbol;

/** HTML as a publisher sent it; its URLs may be relative, its markup may run. */
export type UntrustedHtml = string & { readonly [untrusted]: true };

/** HTML that went through the sanitizer's policy: well-formed, absolute http(s) URLs, nothing that runs. */
export type SafeHtml = string & { readonly [safe]: true };

/** Marks outside text as HTML that nobody has looked at yet. */
export function toUntrustedHtml(text: string): UntrustedHtml {
  return text as UntrustedHtml;
}

/** Takes back HTML that the sanitizer wrote and storage or a build step kept; `tests/floors.test.ts` lists who may call this. */
export function restoreSafeHtml(text: string): SafeHtml {
  return text as SafeHtml;
}
