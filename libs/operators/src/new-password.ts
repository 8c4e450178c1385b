import { InvalidRequest, type Secret } from '@app/kernel';
import { passwordProblem } from './domain/password-rules';

/** @throws InvalidRequest with what is wrong with a new password of the person with this e-mail address */
export function assertPassword(password: Secret, email: string): void {
  const problem = passwordProblem(password.expose(), email);
  if (problem !== null) throw new InvalidRequest([problem], 'The password is not good enough');
}
