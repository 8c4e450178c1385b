import { InvalidRequest } from '@app/kernel';
import { settingProblems, type SettingProblem } from './domain/settings-rules';

/** Settings that break their rules; `problems` names each, `codes` has `{setting}_invalid` in snake case. */
export class InvalidSettings extends InvalidRequest {
  constructor(readonly problems: readonly SettingProblem[]) {
    super(
      problems.map(({ setting }) => `${snakeCase(setting)}_invalid`),
      problems.map(({ setting, says }) => `${setting} ${says}`).join('; '),
    );
  }
}

/** @throws InvalidSettings for those of the given settings that break their rules */
export function acceptSettings(settings: object): void {
  const problems = settingProblems(settings);
  if (problems.length > 0) throw new InvalidSettings(problems);
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
