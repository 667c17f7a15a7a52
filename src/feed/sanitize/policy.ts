/**
 * Lists the elements and attributes that readers of feeds need: the sanitizer keeps nothing else.
 *
 * Elements that are not listed lose their tags but keep their content, unless `droppedWhole` names them. No listed
 * attribute styles (style, class, align), runs code (on*), or loads silently (ping, background). Ids that links of the
 * same text lead to stay, with a prefix.
 */

/** Formulas: the parts of MathML that are shown, without links and actions (`maction`). */
export const mathElements: ReadonlySet<string> = new Set(
  (
    'math mi mn mo ms mtext mspace mrow mfrac msqrt mroot mstyle merror mpadded mphantom msub msup msubsup munder mover ' +
    'munderover mmultiscripts mprescripts none mtable mtr mlabeledtr mtd menclose'
  ).split(' '),
);

/** Elements that survive. `table` and its parts, `iframe`, `source` and `track` have further conditions. */
export const allowedElements: ReadonlySet<string> = new Set(
  (
    'a abbr acronym address article aside audio b bdi bdo blockquote br caption cite code data dd del details dfn dir div ' +
    'dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i iframe img ins kbd li main mark menu nav ol p ' +
    'picture pre q rp rt ruby s samp section small source span strike strong sub summary sup table tbody td tfoot th thead ' +
    'time tr track tt u ul var video wbr'
  )
    .split(' ')
    .concat([...mathElements]),
);

/** Elements without content. */
export const voidElements: ReadonlySet<string> = new Set(
  'area base basefont br col embed frame hr img input link meta param source track wbr'.split(' '),
);

/**
 * Elements that readers do not know, or that act, with an equivalent; blocks become `div` so that words do not run
 * together. Old elements (`tt`, `strike`) stay as written: every browser shows them.
 */
export const renamedElements: Readonly<Record<string, string>> = {
  center: 'div',
  dialog: 'div',
  fieldset: 'div',
  form: 'div',
  image: 'img',
  legend: 'div',
  listing: 'pre',
  marquee: 'div',
  multicol: 'div',
  optgroup: 'div',
  rtc: 'rt',
  search: 'div',
  'amp-img': 'img',
  'amp-anim': 'img',
  'amp-video': 'video',
  'amp-audio': 'audio',
};

/** Elements that are removed with everything inside them: not text, or not text for this place. */
export const droppedWhole: ReadonlySet<string> = new Set(
  'annotation annotation-xml applet canvas datalist frameset head noembed noframes option script select style svg template textarea title xmp'.split(
    ' ',
  ),
);

/** Elements whose content HTML parsers take as text up to the end tag, whatever is in it. */
export const rawTextElements: ReadonlySet<string> = new Set(
  'iframe noembed noframes plaintext script style textarea title xmp'.split(' '),
);

/** Attributes any element may have. */
export const globalAttributes: readonly string[] = ['dir', 'lang', 'title'];

/** Attributes any element of a formula may have. */
export const mathAttributes: readonly string[] = (
  'display displaystyle mathvariant accent accentunder fence stretchy separator form largeop movablelimits minsize maxsize ' +
  'symmetric lspace rspace linethickness columnalign rowalign columnspan rowspan scriptlevel notation'
).split(' ');

/** The prefix of every id that stays, so that no publisher's id is one of ours. */
export const idPrefix = 'user-content-';

/** Holds the target anchor of a link until the last step. */
export const fragmentMark = 'data-fragment';

/** The `rel` of every link: the opened page learns neither the referrer nor gets the window. */
export const linkRelation = 'noopener noreferrer';

/** Elements that are cleaned even without attributes, because they are useless without them. */
export const judgedElements: ReadonlySet<string> = new Set(['a', 'audio', 'iframe', 'img', 'source', 'track', 'video']);

/** Attributes by element, beyond the global ones and the `rel` of links, which is never theirs. */
export const elementAttributes: Readonly<Record<string, readonly string[]>> = {
  a: ['href', 'hreflang'],
  audio: ['src', 'controls', 'loop', 'preload'],
  blockquote: ['cite'],
  data: ['value'],
  del: ['cite', 'datetime'],
  details: ['open'],
  iframe: ['src', 'width', 'height', 'allowfullscreen', 'loading', 'referrerpolicy', 'sandbox'],
  img: ['src', 'srcset', 'sizes', 'alt', 'width', 'height', 'loading'],
  ins: ['cite', 'datetime'],
  li: ['value'],
  ol: ['start', 'reversed', 'type'],
  q: ['cite'],
  source: ['src', 'srcset', 'sizes', 'media', 'type', 'width', 'height'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan', 'scope', 'abbr'],
  time: ['datetime'],
  track: ['src', 'kind', 'srclang', 'label', 'default'],
  video: ['src', 'poster', 'controls', 'loop', 'preload', 'width', 'height'],
};

/** Where lazy-loading scripts keep an image's real address, in the order they are believed. */
export const lazySources: readonly string[] = [
  'data-src',
  'data-original',
  'data-lazy-src',
  'data-lazy',
  'data-original-src',
  'data-actualsrc',
  'data-echo',
  'data-image',
  'data-url',
  'data-hi-res-src',
];

/** The same for `srcset`. */
export const lazySourceSets: readonly string[] = ['data-srcset', 'data-lazy-srcset', 'data-original-set'];

/** Marks an image that came out of `noscript`: the fallback of a lazy one before it. Never in the output. */
export const noscriptMark = 'data-in-noscript';

/** The value of that mark where nothing but tags part the two. */
export const noscriptBeside = 'beside';

/** Marks a frame inside a link: it cannot become a link itself. Never in the output. */
export const inLinkMark = 'data-in-link';

/** Every attribute that is passed to the sanitizer; others are dropped unread. */
export const readAttributes: ReadonlySet<string> = new Set([
  ...globalAttributes,
  ...Object.values(elementAttributes).flat(),
  ...mathAttributes,
  ...lazySources,
  ...lazySourceSets,
  noscriptMark,
  inLinkMark,
  'aria-hidden',
  'checked',
  'data',
  'data-videoid',
  'hidden',
  'style',
  'videoid',
]);

/** Attributes that are read only when the markup has links to anchors. */
export const placeNames: ReadonlySet<string> = new Set(['id', 'name']);

/** One pattern for all attributes of formulas: words and lengths. */
const mathValue = /^[\w.%+ -]{1,50}$/;

/** What an attribute's value must be, by name; values that are not are dropped with it. Patterns are linear. */
export const attributeValues: Readonly<Record<string, RegExp>> = {
  ...Object.fromEntries(mathAttributes.map((name) => [name, mathValue])),
  colspan: /^[1-9]\d{0,2}$/,
  datetime: /^[\dA-Za-z:.+\- ]{1,40}$/,
  dir: /^(?:ltr|rtl|auto)$/i,
  height: /^\d{1,5}%?$/,
  hreflang: /^[A-Za-z]{1,8}(?:-[A-Za-z\d]{1,8}){0,8}$/,
  kind: /^(?:subtitles|captions|descriptions|chapters|metadata)$/i,
  loading: /^lazy$/,
  lang: /^[A-Za-z]{1,8}(?:-[A-Za-z\d]{1,8}){0,8}$/,
  media: /^[\w\s:(),.\-/<>=]{1,200}$/,
  preload: /^(?:none|metadata)$/i,
  rowspan: /^[1-9]\d{0,2}$/,
  scope: /^(?:row|col|rowgroup|colgroup)$/i,
  sizes: /^[\w\s:(),.%\-+*/<>=]{1,500}$/,
  srclang: /^[A-Za-z]{1,8}(?:-[A-Za-z\d]{1,8}){0,8}$/,
  start: /^-?\d{1,9}$/,
  type: /^(?:[1aAiI]|(?:audio|video|image)\/[\w.+-]{1,60}(?:;\s?codecs=["']?[\w.,\s-]{1,100}["']?)?)$/,
  value: /^-?[\w.]{1,100}$/,
  width: /^\d{1,5}%?$/,
};

/** Attributes whose presence is their value. */
export const booleanAttributes: ReadonlySet<string> = new Set([
  'allowfullscreen',
  'controls',
  'default',
  'loop',
  'open',
  'reversed',
]);

/** Deepest nesting that survives; elements further in lose their tags, not their text. Real newsletters reach 60. */
export const maxDepth = 200;

/** Longest attribute value read, in UTF-16 units; a longer one is dropped (inline images are, in any case). */
export const maxAttributeLength = 16_384;

/** Replaces an element without content that the policy removes, until the last step. */
export const droppedElement = 'dropped';

/** The same for an element with content, which stays. */
export const unwrappedElement = 'unwrapped';

/** Holds the text of the link that replaces a frame, until the last step. */
export const frameText = 'data-frame-text';
