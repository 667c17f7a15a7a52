/**
 * The one door to sanitize-html: untrusted markup in, HTML out that runs, frames, restyles and watches nothing.
 *
 * Three steps: `nest` writes plain, bounded, well-nested markup; sanitize-html decides what of it survives, asking
 * `cleanElement` for every element; players without anything to play are unwrapped. Idempotent and linear.
 */
import sanitize from 'sanitize-html';
import type { SafeHtml, UntrustedHtml } from '../../domain/html.ts';
import { restoreSafeHtml } from '../../domain/html.ts';
import { type CleaningContext, cleanElement } from './attributes.ts';
import { literalLessThan, nest } from './nesting.ts';
import {
  allowedElements,
  booleanAttributes,
  droppedElement,
  elementAttributes,
  globalAttributes,
  linkRelation,
  voidElements,
} from './policy.ts';

/** `allowedEmptyAttributes` is missing from the published types. */
const staticOptions: sanitize.IOptions & { allowedEmptyAttributes: string[] } = {
  allowedTags: [...allowedElements, droppedElement],
  allowedAttributes: {
    '*': [...globalAttributes],
    ...Object.fromEntries(Object.entries(elementAttributes).map(([name, list]) => [name, [...list]])),
  },
  allowedEmptyAttributes: ['alt', ...booleanAttributes],
  allowedSchemes: ['http', 'https'],
  allowedSchemesByTag: { a: ['http', 'https', 'mailto'] },
  allowedSchemesAppliedToAttributes: ['href', 'src', 'cite', 'poster'],
  allowProtocolRelative: false,
  selfClosing: [...voidElements, droppedElement],
  disallowedTagsMode: 'discard',
  parseStyleAttributes: false,
};

/** Control characters (but tab and line ends), lone surrogates and noncharacters: no output format may hold them. */
const unwritable =
  // oxlint-disable-next-line no-control-regex -- the controls are the point
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** What text without anything unwritable and without surrogates looks like: most of it, and it is tested faster. */
// oxlint-disable-next-line no-control-regex -- the controls are the point
const suspect = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]/;

function dropUnwritable(text: string): string {
  return suspect.test(text) ? text.replace(unwritable, '') : text;
}

/** Sanitizes one piece of HTML under the policy; relative addresses resolve against its base, or go. */
export function sanitizeHtml(html: UntrustedHtml): SafeHtml {
  const plain = html.markup.search(/[<&]/) === -1;
  if (plain) return restoreSafeHtml(dropUnwritable(html.markup).replaceAll('>', '&gt;'));
  let links = 0;
  const context: CleaningContext = {
    base: html.base,
    images: { seen: new Set(), wasRepaired: false },
    isInLink: () => links > 0,
  };
  const sanitized = sanitize(nest(dropUnwritable(html.markup)), {
    ...staticOptions,
    // Only a transformation by name may replace an element's content; the general one runs on what it returns.
    transformTags: {
      '*': (name, attribs) => cleanElement(name, attribs, context),
      iframe: (name, attribs) => cleanElement(name, attribs, context),
    },
    onOpenTag: (name) => {
      if (name === 'a') links += 1;
    },
    onCloseTag: (name) => {
      if (name === 'a') links -= 1;
    },
  });
  return restoreSafeHtml(unwrapEmptyPlayers(finish(sanitized)));
}

/**
 * Takes out the marks of the steps before, and what character references smuggled in.
 *
 * Every link that is left begins the same way, and gets its `rel` here: an attribute costs the engine ten times as much.
 */
function finish(sanitized: string): string {
  const unmarked = sanitized.replaceAll(`<${droppedElement} />`, '').replaceAll(literalLessThan, '&lt;');
  return dropUnwritable(unmarked).replace(/<a href="[^"]*"/g, `$& rel="${linkRelation}"`);
}

/** A player with neither `src` nor `source` plays nothing: its fallback is shown instead. */
function unwrapEmptyPlayers(html: string): string {
  if (!/<(?:audio|video)/.test(html)) return html;
  return html.replace(
    /<(audio|video)((?: [a-z]+="[^"]*")*)>((?:(?!<\/\1>|<source )[^])*)<\/\1>/g,
    (all: string, _name: string, attributes: string, content: string) =>
      attributes.includes(' src="') ? all : content.replace(/<track [^>]*>/g, ''),
  );
}
