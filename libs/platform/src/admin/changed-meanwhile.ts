import { CountersignError } from '@app/kernel';

/** An edit that was about another version of a thing than the one that is there; nothing was changed. */
export class ChangedMeanwhile extends CountersignError {
  /**
   * @param subject wire id of the thing
   * @param since when it was changed last
   * @param details what is told of that change, where it is known
   */
  constructor(
    readonly subject: string,
    readonly since: Date,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super('conflict', ['changed_meanwhile'], 'It was changed by somebody else', { details });
  }
}
