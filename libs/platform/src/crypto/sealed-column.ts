/** A column whose values a `CryptoBox` sealed: each lib names its own, so that a rotation finds them all. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** The columns of the table's primary key. */
  readonly key: readonly string[];
  /** Columns beside the key that the context is made of. */
  readonly about?: readonly string[];
  /** The context that the value of this row was sealed with; values of `key` and `about` columns as text, by name. */
  context(row: Readonly<Record<string, string>>): string;
}
