import { Name, OneOf, OPERATOR_ROLES, Optional, Text, Version, Visible, type OperatorRole } from '@app/platform';
import { MAX_PASSWORD_LENGTH } from '../domain/password-rules';
import { GrantDto, ScopeDto } from './grant.dto';

/** `POST operators` */
export class InviteOperatorDto extends GrantDto {
  @Text(1, 254) email: string;
  @Name(100) name: string;
  @Optional() @Visible(500) reason?: string;
}

/** `PATCH operators/:id`: what is left out stays. */
export class ChangeOperatorDto extends ScopeDto {
  @Optional() @Name(100) name?: string;
  @Optional() @OneOf(OPERATOR_ROLES) role?: OperatorRole;
  @Optional() @Visible(500) reason?: string;
  @Version() version?: number;
}

/** Acts that need nothing but, if one likes, a reason. */
export class ReasonDto {
  @Optional() @Visible(500) reason?: string;
}

/** Acts that are about one version of somebody, where they name it. */
export class EditDto extends ReasonDto {
  @Version() version?: number;
}

/** `POST auth/invitations/accept` */
export class AcceptInvitationDto {
  @Text(1, 100) token: string;
  @Text(1, MAX_PASSWORD_LENGTH) password: string;
}

/** `POST service-accounts` */
export class CreateServiceAccountDto extends GrantDto {
  @Name(100) name: string;
  @Optional() @Visible(500) reason?: string;
}

/** `POST audit/verify`: an end of the chain that was noted elsewhere, `<number>:<hash in hex>`. */
export class VerifyAuditDto {
  @Optional() @Text(1, 90) anchor?: string;
}
