/**
 * The stylesheet of the public pages.
 */
import { toInlineStyle } from '../../../page/inline-style.tsx';
import { styleProse } from './style-prose.ts';
import { styleRiver } from './style-river.ts';

export const style = toInlineStyle((styleRiver + styleProse).replaceAll('\n', ''));
