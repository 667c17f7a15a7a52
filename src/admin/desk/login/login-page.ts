/**
 * The door of the desk: one field for the token, and words for when it does not open.
 */
import { html, type Markup } from '../../../page/html.ts';

/** The content; `problem` says why the last try did not open it. */
export function renderLoginPage(problem?: string): Markup {
  return html`<div class="login"><h1>Owner’s desk</h1>${problem !== undefined && html`<p class="panel bad" role="alert">${problem}</p>`}<form class="panel" method="post" action="/admin/login"><input type="hidden" name="username" value="owner" autocomplete="username"><label>Admin token<input type="password" name="secret" required autocomplete="current-password" autofocus><span class="hint">The ADMIN_TOKEN of this installation. <code>npm start</code> keeps it in .dev.vars.</span></label><button>Log in</button></form><p class="soft">You are logged in, and came here by a link from elsewhere? <a href="/admin">Open the desk.</a></p></div>`;
}

/** When no token is set. */
export function renderOffPage(): Markup {
  return html`<div class="login"><h1>Owner’s desk</h1><div class="panel"><h2>The desk is off</h2><p>Set the secret ADMIN_TOKEN to switch it on: <code>npx wrangler secret put ADMIN_TOKEN</code> for a deployed Worker, a line <code>ADMIN_TOKEN="..."</code> in .dev.vars on this machine (<code>npm start</code> writes one).</p></div></div>`;
}
