import type { DataProvider, GetListParams } from 'react-admin';
import { call, pathTo } from './http';
import { listQuery, type ListFilter, type ListPage } from './list-query';

/** The two ends of the page, for the links to its neighbours. */
export interface PageEnds {
  readonly next: string | null;
  readonly prev: string | null;
}

/** Pages are reached from their neighbours (keyset): the cursor comes with the request, not a page number. */
const cursorOf = ({ meta }: GetListParams): string | undefined => (meta as { after?: string } | undefined)?.after;

/**
 * react-admin's way to the admin API: lists in our dialect, single things, and changes of them. What is no change of fields
 * is an act, and has a function of its own (`acts.ts`).
 */
export const dataProvider = {
  async getList(resource, params) {
    const { pagination, sort } = params;
    const query = listQuery(
      {
        filter: params.filter as ListFilter,
        sort: sort ?? { field: 'id', order: 'DESC' },
        limit: pagination?.perPage ?? 25,
        after: cursorOf(params),
      },
      new Date(),
    );
    const { data, next, prev } = await call<ListPage<never>>('GET', resource, { query, signal: params.signal });
    return {
      data: [...data],
      pageInfo: { hasNextPage: next !== null, hasPreviousPage: prev !== null },
      meta: { next, prev } satisfies PageEnds,
    };
  },

  async getOne(resource, { id, signal }) {
    return { data: await call('GET', `${resource}/${pathTo(String(id))}`, { signal }) };
  },

  async getMany(resource, { ids, signal }) {
    const pages = await Promise.all(
      portionsOf(ids).map((portion) =>
        call<ListPage<never>>('GET', resource, {
          query: { filter: JSON.stringify({ id: portion }), limit: portion.length },
          signal,
        }),
      ),
    );
    return { data: pages.flatMap(({ data }) => data) };
  },

  getManyReference: () => unsupported('getManyReference'),

  async create(resource, { data }) {
    return { data: await call('POST', resource, { body: data }) };
  },

  async update(resource, { id, data }) {
    return { data: await call('PATCH', `${resource}/${pathTo(String(id))}`, { body: data }) };
  },

  updateMany: () => unsupported('updateMany'),

  async delete(resource, { id }) {
    await call('DELETE', `${resource}/${pathTo(String(id))}`);
    return { data: { id } as never };
  },

  deleteMany: () => unsupported('deleteMany'),
  supportAbortSignal: true,
} satisfies DataProvider<string>;

/** More ids than these the server does not take in one filter, nor lines in one page. */
const MOST = 100;

const portionsOf = <Id>(ids: readonly Id[]): readonly (readonly Id[])[] =>
  Array.from({ length: Math.ceil(ids.length / MOST) }, (_, index) => ids.slice(index * MOST, (index + 1) * MOST));

/** Nothing in the console does this; if it ever does, it shall not fail in silence. */
function unsupported(verb: string): Promise<never> {
  return Promise.reject(new Error(`The admin API has no ${verb}`));
}
