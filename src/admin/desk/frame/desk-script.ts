/**
 * The script of the desk, served from our own path under its digest. Anybody may load it: it holds nothing of the owner's.
 */
import { digest } from '../../../domain/digest.ts';
import script from './desk.client.js';

export { script as deskScript };

/** Where it is served. */
export const deskScriptPath = `/admin/assets/desk-${digest(script).slice(0, 12)}.js`;
