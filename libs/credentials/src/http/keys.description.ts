import { shapes, type AdminDescription } from '@app/platform';
import { ACCESS_KEY_LISTING, PUBLIC_KEY_LISTING } from '../admin/listings';
import { ENVIRONMENTS } from '../domain/model';
import { CreatePublicKeyDto, IssueAccessKeyDto, ReasonDto, RotateAccessKeyDto } from './admin.dto';

const { count, id, listOf, oneOf, orNull, ref, text, time, told, whole } = shapes;

const KEY = {
  merchant_id: id('merchant'),
  environment: oneOf(ENVIRONMENTS),
  status: oneOf(['active', 'ending', 'ended']),
  created_at: time,
  last_used_at: orNull(time),
  ends_at: told('May be to come', orNull(time)),
};
const ACCESS_KEY = {
  id: id('accessKey'),
  ...KEY,
  default_channel_id: orNull(id('channel')),
  scopes: listOf(text),
  token_ttl_seconds: count,
};
const SECRET = { client_id: id('accessKey'), client_secret: told('Shown this once', text) };

export const DESCRIPTION: AdminDescription = {
  tag: 'Keys',
  schemas: {
    AccessKey: whole(ACCESS_KEY),
    IssuedAccessKey: whole({ ...ACCESS_KEY, ...SECRET }),
    RotatedAccessKey: whole({ ...ACCESS_KEY, ...SECRET, replaces: ref('AccessKey') }),
    PublicKey: whole({
      id: { type: 'string', pattern: '^pk_' },
      ...KEY,
      channel_id: id('channel'),
      allowed_origins: listOf(text),
    }),
  },
  routes: {
    'GET access-keys': {
      id: 'listAccessKeys',
      summary: 'List access keys',
      list: ACCESS_KEY_LISTING,
      answer: 'AccessKey',
    },
    'POST access-keys': {
      id: 'issueAccessKey',
      summary: 'Issue an access key to a merchant’s backend',
      body: IssueAccessKeyDto,
      answer: 'IssuedAccessKey',
      refusals: [404],
    },
    'GET access-keys/:id': { id: 'getAccessKey', summary: 'Show an access key', answer: 'AccessKey' },
    'POST access-keys/:id/rotate': {
      id: 'rotateAccessKey',
      summary: 'Issue another one in its place; the old one ends after the overlap',
      body: RotateAccessKeyDto,
      answer: 'RotatedAccessKey',
      refusals: [409],
    },
    'POST access-keys/:id/revoke': {
      id: 'revokeAccessKey',
      summary: 'End it and the tokens that it got, for good',
      body: ReasonDto,
      answer: 'AccessKey',
      refusals: [409],
    },
    'GET public-keys': {
      id: 'listPublicKeys',
      summary: 'List public keys',
      list: PUBLIC_KEY_LISTING,
      answer: 'PublicKey',
    },
    'POST public-keys': {
      id: 'createPublicKey',
      summary: 'Make a key that pages name a channel by',
      body: CreatePublicKeyDto,
      answer: 'PublicKey',
      refusals: [404],
    },
    'POST public-keys/:id/revoke': {
      id: 'revokePublicKey',
      summary: 'End it, for good',
      body: ReasonDto,
      answer: 'PublicKey',
      refusals: [409],
    },
  },
};
