import type { ReactNode } from 'react';

/** A thing that has an id: a row of any list. */
export interface Item {
  readonly id: string;
}

/** A column of a list. */
export interface Column<Row extends Item> {
  readonly name: string;
  readonly label: string;
  readonly render: (row: Row) => ReactNode;
  /** Shown until the operator chooses otherwise. */
  readonly isUsual?: boolean;
  /** Of numbers, so that they can be compared. */
  readonly isRight?: boolean;
  /** The name of the sort that the server has for it. */
  readonly sort?: string;
  /** What is longer is cut, and more of it where there is no room for every column; in pixels. */
  readonly maxWidth?: number;
  /** So much of what is cut is left where there is no room; in pixels. */
  readonly minWidth?: number;
  /** Where it stands when a row is a card, on a telephone: first line, its right end, below, below after its label, or right of what is below. */
  readonly card?: 'lead' | 'side' | 'line' | 'labelled' | 'act';
}

/** The columns that are shown, in their own order: those that were chosen, or the usual ones. */
export function shownColumns<Row extends Item>(
  columns: readonly Column<Row>[],
  chosen: readonly string[] | null,
): readonly Column<Row>[] {
  const shown = columns.filter(({ name, isUsual = false }) => (chosen ? chosen.includes(name) : isUsual));
  return shown.length > 0 ? shown : columns.slice(0, 1);
}
