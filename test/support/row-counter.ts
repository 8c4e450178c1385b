/** How many rows the list has that a figure of the console leads to. */
import type { Locator } from 'playwright-core';
import type { ConsoleClient } from './console';

/** Asks the API for all of them, once for each address. */
export class RowCounter {
  private readonly known = new Map<string, number>();

  constructor(private readonly client: ConsoleClient) {}

  /** Of a link whose filter has nothing that is relative to now. */
  async behind(link: Locator): Promise<number> {
    const href = (await link.getAttribute('href')) ?? '';
    const rows = this.known.get(href) ?? (await this.count(href));
    this.known.set(href, rows);
    return rows;
  }

  private async count(href: string): Promise<number> {
    const { pathname, searchParams } = new URL(href, 'http://console');
    const query = `limit=100&filter=${encodeURIComponent(searchParams.get('filter') ?? '')}`;
    let rows = 0;
    for (let after: string | null = ''; after !== null;) {
      const answer = await this.client.get(
        `${pathname.split('/').at(-1)}?${query}${after === '' ? '' : `&after=${after}`}`,
      );
      const page = answer.body as unknown as { data: unknown[]; next: string | null };
      rows += page.data.length;
      after = page.next;
    }
    return rows;
  }
}
