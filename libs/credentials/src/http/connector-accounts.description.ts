import { shapes, type AdminDescription, type RouteDescription } from '@app/platform';
import { CONNECTOR_ACCOUNT_LISTING } from '../admin/listings';
import { ACCOUNT_CONNECTORS } from '../domain/connector-account';
import { ENVIRONMENTS } from '../domain/model';
import {
  ChangeConnectorAccountDto,
  CreateConnectorAccountDto,
  EditDto,
  ExpiryDto,
  ReasonDto,
  RotateConnectorAccountDto,
  WebhookKeyDto,
} from './admin.dto';

const { count, flag, id, listOf, oneOf, orNull, text, time, told, version, whole } = shapes;

const LINE = {
  id: id('connectorAccount'),
  merchant_id: id('merchant'),
  connector: oneOf(ACCOUNT_CONNECTORS),
  environment: oneOf(ENVIRONMENTS),
  name: text,
  status: oneOf(['active', 'disabled']),
  client_id: told('Of the newest credential', orNull(text)),
  expires_at: told('When the upstream ends the newest credential', orNull(time)),
  created_at: time,
  version,
};
const WHOLE = {
  ...LINE,
  api_url: text,
  token_url: text,
  scopes: listOf(text),
  upstream_channel_id: orNull(text),
  credentials: listOf(
    whole({
      client_id: text,
      version: count,
      valid_from: time,
      retires_at: orNull(time),
      last_used_at: orNull(time),
      expires_at: orNull(time),
    }),
  ),
  webhook_keys: listOf(whole({ created_at: time, retires_at: orNull(time) })),
};
const ADDRESS = { webhook_address: told('Where the upstream is to send its webhooks; shown this once', text) };

const change = (operationId: string, summary: string, body: RouteDescription['body']): RouteDescription => ({
  id: operationId,
  summary,
  ...(body && { body }),
  answer: 'ConnectorAccount',
  refusals: [409],
});

export const DESCRIPTION: AdminDescription = {
  tag: 'Connector accounts',
  schemas: {
    ConnectorAccountLine: whole({ ...LINE, valid_from: orNull(time), last_used_at: orNull(time) }),
    ConnectorAccount: whole(WHOLE),
    NewConnectorAccount: whole({ ...WHOLE, ...ADDRESS }),
    CredentialTrials: whole({ trials: listOf(whole({ client_id: text, works: flag, says: text })) }),
    WebhookAddress: whole(ADDRESS),
  },
  routes: {
    'GET connector-accounts': {
      id: 'listConnectorAccounts',
      summary: 'List connector accounts',
      list: CONNECTOR_ACCOUNT_LISTING,
      answer: 'ConnectorAccountLine',
    },
    'POST connector-accounts': {
      id: 'createConnectorAccount',
      summary: 'Store an account at an upstream, once its credential was tried',
      body: CreateConnectorAccountDto,
      answer: 'NewConnectorAccount',
      refusals: [404, 409],
    },
    'GET connector-accounts/:id': {
      id: 'getConnectorAccount',
      summary: 'Show a connector account',
      answer: 'ConnectorAccount',
    },
    'PATCH connector-accounts/:id': change(
      'changeConnectorAccount',
      'Change it; what is left out stays',
      ChangeConnectorAccountDto,
    ),
    'POST connector-accounts/:id/test': {
      id: 'testConnectorAccount',
      summary: 'Ask the upstream for a token with each credential that is valid now',
      body: ReasonDto,
      answer: 'CredentialTrials',
    },
    'POST connector-accounts/:id/rotate': change(
      'rotateConnectorAccount',
      'Add a credential, once it was tried; the present one stays valid for the overlap',
      RotateConnectorAccountDto,
    ),
    'PUT connector-accounts/:id/expiry': change(
      'setCredentialExpiry',
      'Say when the upstream ends the newest credential',
      ExpiryDto,
    ),
    'POST connector-accounts/:id/disable': change('disableConnectorAccount', 'Use it no more', EditDto),
    'POST connector-accounts/:id/enable': change('enableConnectorAccount', 'Use it again', EditDto),
    'POST connector-accounts/:id/webhook-keys': change(
      'addWebhookKey',
      'Add a key that webhooks may be signed with, beside the present one',
      WebhookKeyDto,
    ),
    'POST connector-accounts/:id/retire-webhook-key': change(
      'retireWebhookKey',
      'End every webhook key but the newest',
      EditDto,
    ),
    'POST connector-accounts/:id/replace-webhook-address': {
      id: 'replaceWebhookAddress',
      summary: 'Make a new address for webhooks; the old one ends',
      body: EditDto,
      answer: 'WebhookAddress',
      refusals: [409],
    },
  },
};
