import { createHash } from 'node:crypto';

const PARAMETER = /\$\d+(::[a-z_0-9]+(?:\[\])?)?/g;

/**
 * SQL of a hot path, whose text never changes; every value in it has its type: `$1::uuid`. On connections that allow it,
 * Postgres prepares it once, under its name, and keeps the plan (docs/decisions/0013-prepared-statements.md).
 */
export class Statement {
  /** Made of the text: a version of the server that says it differently never meets this one's plan. */
  readonly name: string;

  /**
   * What is prepared under the name: values come out of subqueries, where the planner does not see them. It would else make
   * a plan for the values at hand each time, because such a plan promises to read fewer partitions, or fewer rows of an
   * array, than one for any values; making it takes longer than carrying it out.
   */
  readonly prepared: string;

  constructor(readonly text: string) {
    this.prepared = text.replace(PARAMETER, (parameter, type?: string) => {
      if (type === undefined) throw new Error(`${parameter} has no type in: ${text}`);
      return `(SELECT ${parameter})`;
    });
    this.name = `countersign_${createHash('sha256').update(this.prepared).digest('hex').slice(0, 24)}`;
  }
}

/** What is sent for it without a name. */
export function textOf(sql: string | Statement): string {
  return typeof sql === 'string' ? sql : sql.text;
}
