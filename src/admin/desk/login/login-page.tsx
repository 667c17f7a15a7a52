/**
 * Shows the pages before the login: the form for the token, and notes when it cannot be used.
 */
import type { Markup } from '../../../page/markup.ts';
import { Field } from '../frame/desk-parts.tsx';

/** The form. `next` is the page to open afterwards; `problem` says why the last try failed. */
export function LoginPage({ next, problem }: { readonly next: string; readonly problem?: string | undefined }): Markup {
  const hint = (
    <>
      The ADMIN_TOKEN of this installation. <code>npm start</code> keeps it in .dev.vars.
    </>
  );
  return (
    <div class="login">
      <h1>Owner’s desk</h1>
      {problem !== undefined && (
        <p class="panel bad" role="alert">
          {problem}
        </p>
      )}
      <form class="panel" method="post" action="/admin/login">
        <input type="hidden" name="next" value={next} />
        <input type="hidden" name="username" value="owner" autocomplete="username" />
        <Field label="Admin token" hint={hint}>
          <input type="password" name="secret" required autocomplete="current-password" autofocus />
        </Field>
        <button>Log in</button>
      </form>
      <p class="soft">
        You are logged in, and came here by a link from elsewhere? <a href={next}>Open the page.</a>
      </p>
    </div>
  );
}

/** Shown to an owner who comes from another site: the same address, loaded from here, sends the cookie. */
export function ReturnPage({ next }: { readonly next: string }): Markup {
  return (
    <div class="login">
      <h1>Add a source</h1>
      <p>
        <a href={next}>Go on</a>
      </p>
    </div>
  );
}

/** Shown while no token is set. */
export function OffPage(): Markup {
  return (
    <div class="login">
      <h1>Owner’s desk</h1>
      <div class="panel">
        <h2>The desk is off</h2>
        <p>
          Set the secret ADMIN_TOKEN to switch it on: <code>npx wrangler secret put ADMIN_TOKEN</code> for a deployed
          Worker, a line <code>ADMIN_TOKEN="..."</code> in .dev.vars on this machine (<code>npm start</code> writes
          one).
        </p>
      </div>
    </div>
  );
}
