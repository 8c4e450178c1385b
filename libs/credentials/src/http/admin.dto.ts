import { AtMost, Flag, Integer, Name, OneOf, Optional, Text, Version, Visible, type JsonObject } from '@app/platform';
import { SCHEMES, type Scheme } from '@app/kernel';
import { ArrayMaxSize, IsArray, IsString } from 'class-validator';
import { ACCOUNT_CONNECTORS, type AccountConnector } from '../domain/connector-account';
import { ENVIRONMENTS, type Environment } from '../domain/model';

/** More of anything nobody has. */
const MAX_ITEMS = 50;
const MAX_OVERLAP_HOURS = 720;

const Names = (): PropertyDecorator => (target, name) => {
  for (const rule of [IsArray(), ArrayMaxSize(MAX_ITEMS), IsString({ each: true })]) rule(target, name);
};

/** Acts that need nothing but, if one likes, a reason. */
export class ReasonDto {
  @Optional() @Visible(500) reason?: string;
}

/** Edits and acts that are about one version of a thing, where they name it. */
export class EditDto extends ReasonDto {
  @Version() version?: number;
}

/** `POST merchants` */
export class CreateMerchantDto extends ReasonDto {
  @Name(100) name: string;
}

/** `PATCH merchants/:id` */
export class ChangeMerchantDto extends EditDto {
  @Name(100) name: string;
}

/** What can be decided of a channel; what is left out stays, or has its default. Rules are those of the settings. */
export class ChannelSettingsDto extends ReasonDto {
  @Optional() @Name(100) name?: string;
  @Optional() @Names() preferred_schemes?: Scheme[];
  @Optional() @Integer(5, 60) session_minutes?: number;
  @Optional() @Integer(0, 1440) card_retention_minutes?: number;
  @Optional() @Flag() auto_complete?: boolean;
}

/** `PATCH channels/:id`; `route` is read apart. */
export class ChangeChannelDto extends ChannelSettingsDto {
  @Version() version?: number;
}

/** `POST channels`; `route` is read apart. */
export class CreateChannelDto extends ChannelSettingsDto {
  @Text(1, 40) merchant_id: string;
  @OneOf(ENVIRONMENTS) environment: Environment;
}

/** `PUT channels/:id/acquirers`: who the merchant is to one scheme. */
export class AcquirerDto extends EditDto {
  @OneOf(SCHEMES) scheme: Scheme;
  @Text(1, 11) acquirer_bin: string;
  @Visible(35) acquirer_merchant_id: string;
  @Text(4, 4) mcc: string;
  @Text(3, 3) country_code: string;
  @Visible(40) merchant_name: string;
  @Visible(35) requestor_id: string;
  @Visible(40) requestor_name: string;
  @Text(1, 2048) requestor_url: string;
}

/**
 * `PATCH channels/:id/branding`: what is left out stays, what is empty is the page's own way again. The rules are those of the
 * settings, as on the command line.
 */
export class BrandingDto extends EditDto {
  @Optional() @AtMost(200) display_name?: string;
  @Optional() @AtMost(200) accent?: string;
  @Optional() @AtMost(200) locale?: string;
  @Optional() @Names() frame_ancestors?: string[];
  /** In base64. */
  @Optional() @AtMost(131_072) logo?: string;
}

/** `POST access-keys` */
export class IssueAccessKeyDto extends ReasonDto {
  @Text(1, 40) merchant_id: string;
  @OneOf(ENVIRONMENTS) environment: Environment;
  @Optional() @Text(1, 40) default_channel_id?: string;
  @Names() scopes: string[];
  @Optional() @Integer(1, 86_400) token_ttl_seconds?: number;
}

/** `POST access-keys/:id/rotate` */
export class RotateAccessKeyDto extends ReasonDto {
  @Optional() @Integer(0, MAX_OVERLAP_HOURS) overlap_hours?: number;
}

/** `POST public-keys` */
export class CreatePublicKeyDto extends ReasonDto {
  @Text(1, 40) channel_id: string;
  @Optional() @Names() allowed_origins?: string[];
}

/** What an upstream gave to a merchant. */
export class CredentialDto extends ReasonDto {
  @Text(1, 200) client_id: string;
  @Text(1, 500) client_secret: string;
  /** ISO 8601 with a zone; read apart. */
  @Optional() @Text(1, 40) expires_at?: string;
  /** False: taken without being tried at the upstream first. */
  @Optional() @Flag() test?: boolean;
}

/** `POST connector-accounts/:id/rotate` */
export class RotateConnectorAccountDto extends CredentialDto {
  @Optional() @Integer(0, MAX_OVERLAP_HOURS) overlap_hours?: number;
  @Version() version?: number;
}

/** `POST connector-accounts` */
export class CreateConnectorAccountDto extends CredentialDto {
  @Text(1, 40) merchant_id: string;
  @OneOf(ACCOUNT_CONNECTORS) connector: AccountConnector;
  @OneOf(ENVIRONMENTS) environment: Environment;
  @Name(100) name: string;
  @Text(1, 2048) api_url: string;
  @Text(1, 2048) token_url: string;
  @Optional() @Names() scopes?: string[];
  /** Empty: the upstream's default. */
  @Optional() @AtMost(40) upstream_channel_id?: string;
  @Optional() @Text(8, 500) webhook_key?: string;
}

/** `PATCH connector-accounts/:id`: what is left out stays. */
export class ChangeConnectorAccountDto extends EditDto {
  @Optional() @Name(100) name?: string;
  @Optional() @Text(1, 2048) api_url?: string;
  @Optional() @Text(1, 2048) token_url?: string;
  @Optional() @Names() scopes?: string[];
  /** Empty: the upstream's default. */
  @Optional() @AtMost(40) upstream_channel_id?: string;
  @Optional() @Flag() test?: boolean;
}

/** `PUT connector-accounts/:id/expiry`: without a time nothing is announced any more. */
export class ExpiryDto extends EditDto {
  @Optional() @Text(1, 40) expires_at?: string;
}

/** `POST connector-accounts/:id/webhook-keys` */
export class WebhookKeyDto extends EditDto {
  @Text(8, 500) key: string;
}

/** What somebody sent as a route: whatever it is, the administration checks it as a whole. */
export const routeIn = (body: unknown): unknown => (body as JsonObject | null)?.['route'];
