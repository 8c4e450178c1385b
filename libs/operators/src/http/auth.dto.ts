import { Optional, Shape, Text } from '@app/platform';
import { MAX_PASSWORD_LENGTH } from '../domain/password-rules';

/** `POST auth/sign-in`; `totp` or `recovery_code` once they are asked for. */
export class SignInDto {
  @Text(1, 254) email: string;
  @Text(1, MAX_PASSWORD_LENGTH) password: string;
  @Optional() @Shape(/^\d{6}$/) totp?: string;
  @Optional() @Text(1, 40) recovery_code?: string;
}

/** `POST auth/oidc/second-factor`: one of the two. */
export class ShowFactorDto {
  @Optional() @Shape(/^\d{6}$/) totp?: string;
  @Optional() @Text(1, 40) recovery_code?: string;
}

/** `PUT auth/password` */
export class ChangePasswordDto {
  @Text(1, MAX_PASSWORD_LENGTH) current_password: string;
  @Text(1, MAX_PASSWORD_LENGTH) new_password: string;
}

/** `POST auth/second-factor`; the password and the present second factor, of those that there are. */
export class BeginSecondFactorDto {
  @Optional() @Text(1, MAX_PASSWORD_LENGTH) password?: string;
  @Optional() @Shape(/^\d{6}$/) totp?: string;
  @Optional() @Text(1, 40) recovery_code?: string;
}

/** `POST auth/second-factor/confirm` */
export class ConfirmSecondFactorDto {
  @Shape(/^\d{6}$/) totp: string;
}
