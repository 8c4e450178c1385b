import { useState } from 'react';
import type { Item } from './column';

/** Rows of a page that were picked to do something with. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Every row of the page is among them. */
  readonly isAll: boolean;
  readonly toggle: (id: string) => void;
  readonly toggleAll: () => void;
  readonly clear: () => void;
}

/** Keeps what is picked of `rows`. What is no longer on the page is no longer picked. */
export function useSelection(rows: readonly Item[]): Selection {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const ids = new Set(rows.map(({ id }) => id).filter((id) => picked.has(id)));
  const isAll = rows.length > 0 && ids.size === rows.length;
  return {
    ids,
    isAll,
    toggle(id) {
      const next = new Set(ids);
      if (!next.delete(id)) next.add(id);
      setPicked(next);
    },
    toggleAll: () => setPicked(isAll ? new Set() : new Set(rows.map(({ id }) => id))),
    clear: () => setPicked(new Set()),
  };
}
