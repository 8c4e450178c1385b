import { shapes, type AdminDescription } from '@app/platform';
import { SERVICE_ACCOUNT_LISTING } from '../domain/listings';
import { GRANT } from './grant.schema';
import { CreateServiceAccountDto, ReasonDto } from './operator.dto';

const { id, orNull, text, time, told, whole } = shapes;

const ACCOUNT = {
  id: id('serviceAccount'),
  name: text,
  ...GRANT,
  created_at: time,
  last_used_at: orNull(time),
  revoked_at: orNull(time),
};

export const DESCRIPTION: AdminDescription = {
  tag: 'Service accounts',
  schemas: {
    ServiceAccount: whole(ACCOUNT),
    NewServiceAccount: whole({
      ...ACCOUNT,
      client_id: id('serviceAccount'),
      client_secret: told('Shown this once', text),
    }),
  },
  routes: {
    'GET service-accounts': {
      id: 'listServiceAccounts',
      summary: 'List service accounts',
      list: SERVICE_ACCOUNT_LISTING,
      answer: 'ServiceAccount',
    },
    'POST service-accounts': {
      id: 'createServiceAccount',
      summary: 'Make a service account',
      body: CreateServiceAccountDto,
      answer: 'NewServiceAccount',
    },
    'GET service-accounts/:id': {
      id: 'getServiceAccount',
      summary: 'Show a service account',
      answer: 'ServiceAccount',
    },
    'POST service-accounts/:id/revoke': {
      id: 'revokeServiceAccount',
      summary: 'End a service account and its tokens, for good',
      body: ReasonDto,
      answer: 'ServiceAccount',
      refusals: [409],
    },
  },
};
