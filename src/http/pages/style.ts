/**
 * The stylesheet of all pages, inline in each: a first visit is drawn from one response, and a page kept by a cache never
 * meets a stylesheet of another deploy. The policy lets exactly this text through, by its digest.
 */
import { integrity } from '../../domain/digest.ts';
import { fromSource, html } from '../../page/html.ts';
import { styleBase } from '../../page/style-base.ts';
import { styleProse } from './style-prose.ts';
import { styleRiver } from './style-river.ts';

const text = [styleBase, styleRiver, styleProse].join('').replaceAll('\n', '');

/** The style element. */
export const style = html`<style>${fromSource(text)}</style>`;

/** What the Content-Security-Policy names it by. */
export const styleIntegrity = integrity(text);
