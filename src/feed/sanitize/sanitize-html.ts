/**
 * Turns untrusted markup into HTML that runs, frames, restyles and tracks nothing. Only this file imports sanitize-html.
 *
 * Three steps: `nest` decides where elements begin and end; sanitize-html cleans attributes and text, with `cleanElement`
 * for each element that has attributes; `weave` puts both together. Idempotent and linear.
 */
import sanitize from 'sanitize-html';
import { restoreSafeHtml, type SafeHtml, type UntrustedHtml } from '../../domain/html.ts';
import { type CleaningContext, cleanElement } from './attributes.ts';
import { disarmReferences } from './marks.ts';
import { nest } from './nesting.ts';
import {
  allowedElements,
  booleanAttributes,
  droppedElement,
  elementAttributes,
  fragmentMark,
  frameText,
  globalAttributes,
  judgedElements,
  mathAttributes,
  unwrappedElement,
} from './policy.ts';
import { weave } from './weave.ts';

/** In the order of their frequency: sanitize-html looks each element up in a list, several times. */
const allowedTags = [...new Set([...judgedElements, droppedElement, unwrappedElement, ...allowedElements])];

/** Attributes that the steps around the sanitizer give, and those of formulas. */
const ownAttributes = ['id', frameText, fragmentMark, ...mathAttributes];

/** `allowedEmptyAttributes` is missing from the published types. */
const staticOptions: sanitize.IOptions & { allowedEmptyAttributes: string[] } = {
  allowedTags,
  // `cleanElement` has left to each element what is its own: lists by element would be copied for every text.
  allowedAttributes: {
    '*': [...new Set([...Object.values(elementAttributes).flat(), ...globalAttributes, ...ownAttributes])],
  },
  allowedEmptyAttributes: ['alt', ...booleanAttributes],
  allowedSchemes: ['http', 'https'],
  allowedSchemesByTag: { a: ['http', 'https', 'mailto'] },
  allowedSchemesAppliedToAttributes: ['href', 'src', 'cite', 'poster'],
  allowProtocolRelative: false,
  // To the sanitizer every element is empty: `nest` has decided where they end.
  selfClosing: allowedTags,
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
  const nested = nest(disarmReferences(dropUnwritable(html.markup)));
  const context: CleaningContext = {
    base: html.base,
    page: html.page ?? html.base,
    images: { seen: new Set(), wasRepaired: false },
    places: { ids: new Set(), wanted: new Set() },
    room: 2 * html.markup.length + roomOfSmall,
  };
  const judged = judge(nested, context);
  const safe = weave(judged, context.places);
  // Only references can bring back dropped characters.
  return restoreSafeHtml(html.markup.includes('&#') ? dropUnwritable(safe) : safe);
}

/** What addresses may add to a text however short it is: a few links. UTF-16 units. */
const roomOfSmall = 2_000;

/** Lets sanitize-html clean elements and escape text; without both, only `>` must be escaped. */
function judge(nested: string, context: CleaningContext): string {
  if (!/[<&]/.test(nested)) return nested.replaceAll('>', '&gt;');
  return sanitize(nested, {
    ...staticOptions,
    transformTags: { '*': (name, attribs) => cleanElement(name, attribs, context) },
  });
}
