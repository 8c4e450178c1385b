import { InvalidRequest } from '@app/kernel';
import type { SettingProblem } from './domain/settings-rules';

/** Settings that break their rules; `problems` names each, `codes` has `{setting}_invalid` in snake case. */
export class InvalidSettings extends InvalidRequest {
  constructor(readonly problems: readonly SettingProblem[]) {
    super(
      problems.map(({ setting }) => `${snakeCase(setting)}_invalid`),
      problems.map(({ setting, says }) => `${setting} ${says}`).join('; '),
    );
  }
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
