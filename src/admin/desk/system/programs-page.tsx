/**
 * Shows the addresses for programs: the MCP server, its private views, and the texts that language models read.
 */
import { AddressList } from '../../../page/address-field.tsx';
import type { DeskVisit } from '../frame/desk-visit.ts';

/** The page. */
export async function showPrograms({ ports, url: { origin }, page }: DeskVisit): Promise<Response> {
  const views = (await ports.archive.views()).filter(({ keyHash }) => keyHash !== undefined);
  const settings = { mcpServers: { tributary: { type: 'http', url: `${origin}/mcp` } } };
  const content = (
    <>
      <h1>For programs</h1>
      <p class="lede">
        A program that works with a language model reads this archive by the Model Context Protocol (MCP). It can
        search, list the newest entries and the tags, and get one entry. It changes nothing, and sees what everybody
        sees.
      </p>
      <section>
        <h2>MCP server</h2>
        <AddressList addresses={[['Address', `${origin}/mcp`]]} />
        <p>Many programs take it as settings:</p>
        <pre>
          <code>{JSON.stringify(settings, undefined, 2)}</code>
        </pre>
      </section>
      <section>
        <h2>Private views</h2>
        {views.length === 0 ? (
          <p class="soft">
            No view has a key. A view with one (<a href="/admin/views">Views</a>) lets a program see private sources.
          </p>
        ) : (
          <>
            <p class="soft">
              Put the key that you were shown in the place of KEY. A program that has it sees what the view shows, and
              nothing else that is private. With <a href="/admin/views">a new key</a> it sees nothing any more.
            </p>
            <ul class="entries">
              {views.map(({ name, title }) => (
                <li>
                  <h3>
                    <bdi>{title}</bdi>
                  </h3>
                  <code>{`${origin}/mcp?view=${encodeURIComponent(name)}&key=KEY`}</code>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
      <section>
        <h2>Texts</h2>
        <p>
          <a href="/llms.txt">/llms.txt</a> says in plain text what is here. Each entry’s page is Markdown with{' '}
          <code>?format=markdown</code>. <a href="/openapi.json">/openapi.json</a> describes every call.
        </p>
      </section>
      <p>
        <a href="/admin/system">System</a>
      </p>
    </>
  );
  return page('For programs', '/admin/system', content);
}
