/**
 * The one script of the public pages, served from our own path under its digest.
 */
import { digest } from '../../../domain/digest.ts';
import script from './page.client.js';

export { script };

/** Where it is served; another text, another address, so that it can be kept for ever. */
export const scriptPath = `/assets/page-${digest(script).slice(0, 12)}.js`;
